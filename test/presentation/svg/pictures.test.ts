import fc from 'fast-check';
import { expect, test } from 'vitest';
import { taskStateLook } from '../../../source/model/airflow/task-state.ts';
import { metricHistory } from '../../../source/model/mlflow/metric-history.ts';
import { linearScale, logScale } from '../../../source/presentation/chart/scale.ts';
import { written } from '../../../source/presentation/markup.ts';
import { chartPicture, tracedLine } from '../../../source/presentation/svg/chart.ts';
import { ganttPicture } from '../../../source/presentation/svg/gantt.ts';
import { type Picture, svgOf } from '../../../source/presentation/svg/page.ts';
import type { Bar, RunGantt } from '../../../source/selectors/graph-grid-gantt/run-gantt.ts';
import { metricChart } from '../../../source/selectors/mlflow-runs/metric-chart.ts';
import { writer } from '../../../source/words/write.ts';
import { all, hasClass, numberOf, textOf, xmlOf } from '../../xml.ts';

const now = Date.UTC(2026, 0, 31, 12);
const rootOf = (picture: Picture) => xmlOf(written(svgOf(picture), '\n'));
const name = fc.oneof(
	fc.stringMatching(/^[a-z_]{1,60}$/),
	fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
);

/** A task that waited, was queued and ran, in this order. */
const barOf = fc
	.record({
		taskId: name,
		state: fc.constantFrom('success', 'failed', 'running', 'skipped', null),
		times: fc.array(fc.integer({ min: 0, max: 3_600_000 }), { minLength: 4, maxLength: 4 }),
		isCritical: fc.boolean(),
	})
	.map(({ taskId, state, times, isCritical }): Bar => {
		const [ready = 0, queued = 0, started = 0, ended = 0] = times.toSorted((a, b) => a - b).map(ms => now + ms);
		return {
			...{ taskId, isCritical, instances: 1, tryNumber: 1, isEarlier: false, look: taskStateLook(state) },
			...{ readyAt: ready, queuedAt: queued, startedAt: started, endedAt: ended },
		};
	});
const ganttOf = (bars: readonly Bar[]): RunGantt => ({
	...{ bars, from: now, waitMs: 1000, workMs: 2000 },
	to: Math.max(now + 1, ...bars.map(({ endedAt }) => endedAt ?? now)),
});

test('a Gantt chart of any tasks: each once, in order, and later is further right', () => {
	fc.assert(
		fc.property(fc.uniqueArray(barOf, { selector: ({ taskId }) => taskId, maxLength: 12 }), bars => {
			const gantt = ganttOf(bars);
			const root = rootOf(ganttPicture(gantt, { say: writer('en'), now: gantt.to, title: 'dag' }));
			const [width, height] = [numberOf(root, 'width'), numberOf(root, 'height')];
			const work = all(root, 'rect').filter(rect => all(rect, 'title').some(hint => / ran /.test(textOf(hint))));
			expect(work).toHaveLength(bars.length);
			const ordered = work
				.map((rect, index) => ({ x: numberOf(rect, 'x'), at: bars[index]?.startedAt ?? 0 }))
				.toSorted((a, b) => a.at - b.at);
			expect(ordered.map(({ x }) => x)).toEqual(ordered.map(({ x }) => x).toSorted((a, b) => a - b));
			for (const rect of all(root, 'rect')) {
				expect(numberOf(rect, 'width')).toBeGreaterThanOrEqual(0);
				expect(numberOf(rect, 'x') + numberOf(rect, 'width')).toBeLessThanOrEqual(width + 0.2);
				expect(numberOf(rect, 'y') + numberOf(rect, 'height')).toBeLessThanOrEqual(height + 0.2);
			}
		}),
		{ numRuns: 40 },
	);
});

const history = (values: readonly number[]) =>
	metricHistory(
		{ runId: 'a', key: 'loss' },
		values.map((value, step) => ({ step, at: now + step * 1000, value })),
	);
const run = { runId: 'a', runName: 'train', status: 'FINISHED', startedAt: now };
const chartOf = (values: readonly number[]) => metricChart([history(values)], [run], 'step', 0);

test('a metric of any values: a well-formed picture whose points go right and stay within the chart', () => {
	fc.assert(
		fc.property(fc.array(fc.double(), { maxLength: 60 }), fc.boolean(), (values, isLog) => {
			const picture = chartPicture(chartOf(values), { isLog, say: writer('ko'), now, title: 'loss' });
			expect(picture === null).toBe(values.length === 0);
			if (picture === null) return;
			const root = rootOf(picture);
			const paths = all(root, 'path').map(path => path.attributes.d ?? '');
			for (const d of paths) expect(d).toMatch(/^M[\d.]+ -?[\d.]+(?:L[\d.]+ -?[\d.]+)*$/);
			const points = paths.flatMap(d =>
				d
					.slice(1)
					.split('L')
					.map(point => point.split(' ').map(Number)),
			);
			const xs = points.map(([x = Number.NaN]) => x);
			expect(xs).toEqual(xs.toSorted((a, b) => a - b));
			for (const [, y = Number.NaN] of points) {
				expect(y).toBeGreaterThanOrEqual(15.9);
				expect(y).toBeLessThanOrEqual(16 + 320.1);
			}
			const shown = values.filter(value => Number.isFinite(value) && !(isLog && value <= 0));
			expect(paths.length + all(root, 'circle').length > 0).toBe(shown.length > 0);
		}),
		{ numRuns: 60 },
	);
});

test('of a hundred thousand points a line keeps what a pixel shows, with the highest and the lowest', () => {
	const xs = Float64Array.from({ length: 100_000 }, (_, index) => index);
	const ys = Float64Array.from(xs, x => (x === 51_234 ? 9.9 : x === 12_345 ? -9.9 : Math.sin(x / 7000)));
	const scales = { x: linearScale(0, 100_000, 10, true), y: linearScale(-10, 10, 5) };
	const { lines } = tracedLine({ xs, ys }, scales);
	expect(lines).toHaveLength(1);
	const points = lines[0] ?? [];
	expect(points.length).toBeLessThan(4 * 721);
	expect(Math.min(...points.map(({ y }) => y))).toBeLessThan(320 * 0.05 + 1);
	expect(Math.max(...points.map(({ y }) => y))).toBeGreaterThan(320 * 0.95 - 1);
});

test('what no line can show breaks it, and is marked', () => {
	const scales = { x: linearScale(0, 6, 4, true), y: linearScale(0, 10, 4) };
	const xs = Float64Array.from([0, 1, 2, 3, 4, 5, 6]);
	const ys = Float64Array.from([1, 2, Number.NaN, 3, Number.POSITIVE_INFINITY, 4, 5]);
	const { lines, gaps } = tracedLine({ xs, ys }, scales);
	expect(lines.map(line => line.length)).toEqual([2, 1, 2]);
	expect(gaps.map(({ kind }) => kind)).toEqual(['nan', 'above']);
	const logs = tracedLine(
		{ xs: xs.slice(0, 3), ys: Float64Array.from([1, 0, 10]) },
		{ ...scales, y: logScale(1, 10, 3) },
	);
	expect(logs.gaps.map(({ kind }) => kind)).toEqual(['below']);
});

test('light and dark pages have their colours, and a page that holds several pictures has them once', () => {
	const picture = ganttPicture(ganttOf([]), { say: writer('en'), now, title: 'a <b> & c' });
	const file = written(svgOf(picture));
	expect(file).toContain('@media (prefers-color-scheme:dark)');
	const part = xmlOf(written(svgOf(picture, 'page')));
	expect(all(part, 'style')).toEqual([]);
	expect(textOf(all(part, 'title')[0] ?? part)).toBe('a <b> & c');
	expect(all(part, 'rect').some(rect => hasClass(rect, 'page'))).toBe(true);
});
