import { beforeAll, expect, test } from 'vitest';
import { glyphSets } from '../../../source/presentation/glyphs.ts';
import { type ChartState, chartDialog } from '../../../source/ui/chart-state.ts';
import { loadCharts } from '../../../source/ui/dialogs/chart.ts';
import { type Dialog, drawDialog, pressInDialog } from '../../../source/ui/dialogs/dialogs.ts';
import { writer } from '../../../source/words/write.ts';
import { chartState, historyOf, training } from '../../given/charts.ts';

beforeAll(loadCharts);

const context = (columns = 100, rows = 30) => ({
	...{ actions: [], place: 'mlflow' as const, running: [], now: 0, isAnswerable: true, columns, rows },
	...{ glyphs: glyphSets.unicode, language: 'en' as const, say: writer('en') },
});
const drawn = (chart: ChartState, ...size: [number?, number?]) => drawDialog(chartDialog(chart), context(...size));
const textOf = (chart: ChartState, ...size: [number?, number?]) =>
	drawn(chart, ...size)
		.rows.map(row => row.map(span => span.text).join(''))
		.join('\n');

/** The chart after keys, and what the last one leads to. */
function pressed(chart: ChartState, ...keys: readonly string[]) {
	let dialog: Dialog | null = chartDialog(chart);
	let effect: unknown;
	for (const key of keys) {
		if (dialog?.kind !== 'chart') throw new Error('the chart is closed');
		const turn: ReturnType<typeof pressInDialog> = pressInDialog(dialog, key, drawn(dialog.chart));
		dialog = turn.dialog;
		effect = turn.effect;
	}
	return { chart: dialog?.kind === 'chart' ? dialog.chart : null, effect };
}

test('keys: axis, logarithm, smoothing, metrics; Esc closes', () => {
	const chart = chartState();
	expect(pressed(chart, ']').chart?.axis).toBe('time');
	expect(pressed(chart, '[', '[').chart?.axis).toBe('relative');
	expect(textOf(pressed(chart, '*', 'up', 'up', 'up', 'down').chart ?? chart)).toContain('log scale · smoothed 20%');
	expect(pressed(chart, 'down').chart?.smoothing).toBe(0);
	expect(pressed(chart, ...Array(12).fill('k')).chart?.smoothing).toBe(90);
	const next = pressed(chart, 'tab');
	expect(next.chart).toMatchObject({ shown: ['val_loss'], isLoading: true });
	expect(next.effect).toEqual({ kind: 'chart', chart: next.chart });
	expect(pressed(chart, 'shift-tab').chart?.shown).toEqual(['val_loss']);
	expect(pressed(chart, 'a').chart?.shown).toEqual(['loss', 'val_loss']);
	expect(pressed(chart, 'a', 'a').chart?.shown).toEqual(['loss']);
	expect(pressed(chart, 'esc').chart).toBeNull();
	expect(pressed(chart, 'y').effect).toMatchObject({ text: 'laketop chart loss a b' });
	expect(pressed(chart, '*', 'up', ']', 'y').effect).toMatchObject({
		text: 'laketop chart loss a b --x time --log --smooth 10',
	});
});

test('over runs: one point each, which follows the experiment; zoom and cursor ask for nothing', () => {
	const runs = ['a', 'b', 'c'].map((id, at) => training(id, { runName: 'train', startedAt: at * 86_400_000 }));
	const { chart = null, effect } = pressed(chartState({ runs: runs.slice(2), all: runs.toReversed() }), '[');
	expect(effect).toMatchObject({ kind: 'chart', chart: { axis: 'runs' } });
	if (chart === null) throw new Error('closed');
	const text = textOf({ ...chart, isLoading: false });
	expect(text).toContain('loss · by MLflow run');
	expect(text).toMatch(/loss +0\.10* +train /);
	expect(pressed(chart, 'y').effect).toMatchObject({ text: 'laketop chart loss c --x runs' });
	expect(pressed(chart, 'home', '+').effect).toBeUndefined();
	expect(pressed(chart, 'home').chart?.cursor).toBe(1);
});

test('the cursor moves by cells and shows the values there; zoom keeps it, and the shown part follows it', () => {
	const chart = chartState();
	expect(pressed(chart, 'home').chart?.cursor).toBe(0);
	expect(pressed(chart, 'left').chart?.cursor).toBeLessThan(39);
	const cursor = pressed(chart, 'left', 'pageup').chart;
	expect(textOf(cursor ?? chart)).toMatch(/step 3\d .*\n.*a +train-a +0\.05\d\d +3\d/);
	const near = pressed(chart, 'home', '+', '+').chart;
	expect(near).toMatchObject({ cursor: 0, window: { from: 0, to: 9.75 } });
	const panned = pressed(chart, 'home', '+', '+', 'end').chart;
	expect(panned?.window).toEqual({ from: 29.25, to: 39 });
	expect(pressed(chart, 'home', '+', '+', 'end', 'right').chart?.cursor).toBe(39);
	expect(pressed(chart, 'home', '+', '-').chart?.window).toBeNull();
	expect(pressed(chart, '+', '+', '0').chart).toMatchObject({ window: null, cursor: null });
	// No further than one step.
	const { from = 0, to = 0 } = pressed(chart, ...Array(30).fill('+')).chart?.window ?? {};
	expect(to - from).toBeCloseTo(1);
});

test('of a sample more points are asked for, and drawn where they cover what is shown', () => {
	const whole = Array.from({ length: 100 }, (_, index) => index);
	const runs = [training('a')];
	const chart = chartState({ runs, histories: [historyOf('a', 'loss', whole, 'spread')] });
	const zoomed = pressed(chart, 'home', '+');
	expect(zoomed.effect).toMatchObject({ kind: 'chart', chart: { isLoading: true, window: { from: 0, to: 49.5 } } });
	const detail = {
		window: { from: -30, to: 80 },
		histories: [
			historyOf(
				'a',
				'loss',
				whole.map(value => value + 7000),
			),
		],
	};
	const open = zoomed.chart ?? chart;
	expect(textOf({ ...open, detail })).toContain('7049');
	expect(textOf({ ...open, detail })).not.toContain('a sample of the points');
	expect(textOf({ ...open, detail: { ...detail, window: { from: 10, to: 20 } } })).toContain('a sample of the points');
	// All points of a run are here already.
	expect(pressed(chartState(), 'home', '+').effect).toBeUndefined();
});

test('it fills the screen, whatever its size, and says so when there are no points', () => {
	for (const [columns, rows] of [
		[80, 24],
		[120, 40],
		[200, 60],
		[30, 12],
	] as const) {
		const view = drawn(chartState(), columns, rows);
		// Below place and clock.
		expect(view.rectangle).toEqual({ x: 0, y: 1, width: columns, height: rows - 1 });
		expect(view.rows).toHaveLength(rows - 1);
	}
	const none = chartState({ histories: [] });
	expect(textOf(none)).toContain('No points yet');
	expect(pressed(none, '+', 'left', 'home', ']').chart?.window).toBeNull();
});
