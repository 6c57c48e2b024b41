import { expect, test } from 'vitest';
import type { MlflowRun } from '../../../source/model/mlflow/experiment.ts';
import { chartRows } from '../../../source/presentation/chart/chart.ts';
import { plainLook } from '../../../source/presentation/chart/style.ts';
import { glyphSets } from '../../../source/presentation/glyphs.ts';
import { chartOverRuns, isForRuns, runsOver } from '../../../source/selectors/mlflow-runs/metric-over-runs.ts';
import { writer } from '../../../source/words/write.ts';
import { historyOf, training } from '../../given/charts.ts';

const day = 86_400_000;
const began = (days: number) => new Date(2026, 10, 1 + days, 12).getTime();
/** A run of the day that logged one value. */
const evaluated = (runId: string, days: number, value: number | 'NaN', more: Partial<MlflowRun> = {}): MlflowRun =>
	training(runId, {
		runName: 'evaluation',
		startedAt: began(days),
		metrics: [{ key: 'accuracy', value, step: 0, loggedAt: began(days) }],
		...more,
	});
/** Newest first, as MLflow lists them. */
const all = [
	evaluated('e', 4, 0.9),
	evaluated('d', 3, 0.1, { status: 'FAILED' }),
	training('other', { startedAt: began(3) }),
	evaluated('c', 2, 'NaN'),
	evaluated('b', 1, 0.7),
	evaluated('a', 0, 0.5),
];
const [newest, failed] = all;
const ids = (runs: readonly MlflowRun[]) => runs.map(({ runId }) => runId);

test('of one run all of its series, the oldest first, without failed ones; of several only these', () => {
	if (!newest || !failed) throw new Error('no runs');
	expect(ids(runsOver(['accuracy'], [newest], all))).toEqual(['a', 'b', 'c', 'e']);
	// The chosen one is shown in any case.
	expect(ids(runsOver(['accuracy'], [failed], all))).toEqual(['a', 'b', 'c', 'd', 'e']);
	expect(ids(runsOver(['accuracy'], [newest, failed], all))).toEqual(['d', 'e']);
	expect(ids(runsOver(['loss'], [newest], all))).toEqual([]);
	expect(runsOver(['accuracy'], [], all)).toEqual([]);
});

test('one value a run is a line over the runs; a run without the metric has no point', () => {
	const runs = all.toReversed();
	const { axis, series } = chartOverRuns(['accuracy', 'loss', 'nosuch'], runs, 0);
	expect(axis).toBe('runs');
	expect(series.map(({ label, xs, ys }) => [label, [...xs], [...ys]])).toEqual([
		['accuracy', [1, 2, 3, 5, 6], [0.5, 0.7, Number.NaN, 0.1, 0.9]],
		['loss', [4], [0.1]],
	]);
});

test('it is drawn with a point a run, the days below, and the run at the cursor by its name', () => {
	if (!newest) throw new Error('no runs');
	const chart = chartOverRuns(['accuracy'], runsOver(['accuracy'], [newest], all), 0);
	const style = { width: 60, height: 14, glyphs: glyphSets.unicode, say: writer('en'), now: began(4) + day };
	const rows = (cursor: number | null) => {
		const drawn = chartRows(chart, { ...plainLook, cursor }, style);
		return [...(drawn?.plot ?? []), ...(drawn?.legend ?? [])].map(line => line.map(({ text }) => text).join(''));
	};
	// Without the two rows of the legend.
	expect(rows(null).slice(0, -2).join('').match(/o/g)).toHaveLength(3);
	expect(rows(null).join('\n')).toContain('✖');
	expect(rows(null).join('\n')).toMatch(/11-01 .*11-02 .*11-03 .*11-05/);
	expect(rows(2).join('\n')).toContain('evaluation 11-02 12:00');
});

test('a chart over runs is for metrics that every run logged once', () => {
	const [one, many] = [historyOf('a', 'x', [1]), historyOf('b', 'x', [1, 2])];
	expect(isForRuns([one], all)).toBe(true);
	expect([isForRuns([one, many], all), isForRuns([one], all.slice(0, 1)), isForRuns([], all)]).toEqual([
		false,
		false,
		false,
	]);
});
