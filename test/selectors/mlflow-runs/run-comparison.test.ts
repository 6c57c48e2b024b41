import { expect, test } from 'vitest';
import { glyphSets } from '../../../source/presentation/glyphs.ts';
import { compareRuns } from '../../../source/selectors/mlflow-runs/run-comparison.ts';
import { comparePage } from '../../../source/ui/actions/compare-page.ts';
import { training } from '../../given/charts.ts';
import { english } from '../../given/english.ts';

const run = (id: string, params: Record<string, string>, metrics: Record<string, number | 'NaN'>, startedAt = 0) =>
	training(id, {
		startedAt,
		params: Object.entries(params).map(([key, value]) => ({ key, value })),
		metrics: Object.entries(metrics).map(([key, value]) => ({ key, value, step: 0, loggedAt: 0 })),
	});
const first = run('a', { lr: '0.1', depth: '6' }, { loss: 0.4, accuracy: 0.9, rows: 5 });
const second = run('b', { lr: '0.3', depth: '6', warm: 'yes' }, { loss: 0.3, accuracy: 0.9, rows: 7 }, 1);
const third = run('c', { lr: '0.1', depth: '6' }, { loss: 'NaN', accuracy: 0.8 }, 2);

test('params that differ, also where one run has none; metrics against the first run, and the best', () => {
	const { params, sameParams, metrics } = compareRuns([first, second, third]);
	expect(sameParams).toBe(1);
	expect(params).toEqual([
		{ key: 'lr', values: ['0.1', '0.3', '0.1'] },
		{ key: 'warm', values: [null, 'yes', null] },
	]);
	expect(metrics).toEqual([
		{ key: 'accuracy', direction: 'higher', values: [0.9, 0.9, 0.8], verdicts: [null, 'equal', 'worse'], best: [0, 1] },
		{ key: 'loss', direction: 'lower', values: [0.4, 0.3, Number.NaN], verdicts: [null, 'better', null], best: [1] },
		{ key: 'rows', direction: null, values: [5, 7, null], verdicts: [null, null, null], best: [] },
	]);
});

test('the page names the oldest run first', () => {
	const page = comparePage([third, second, first], {
		say: english.say,
		glyphs: glyphSets.unicode,
		room: { width: 116, height: 36 },
	});
	const text = page.lines.map(line => line.text).join('\n');
	expect(text).toMatch(/train-a +train-b +train-c\n/);
	expect(text).toMatch(/loss +0\.4000 +0\.3000 better +NaN\n/);
	expect(text).toMatch(/warm +- +yes +-\n1 param is the same$/);
	expect(page.copies).toBe('laketop compare a b c');
});
