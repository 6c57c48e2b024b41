import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { metricHistory } from '../../source/model/mlflow/metric-history.ts';
import { chartRows } from '../../source/presentation/chart/chart.ts';
import { linearScale, logScale, niceNumber, projection } from '../../source/presentation/chart/scale.ts';
import { plainLook } from '../../source/presentation/chart/style.ts';
import { xLabels, xScale } from '../../source/presentation/chart/x-axis.ts';
import { type Glyphs, glyphSets } from '../../source/presentation/glyphs.ts';
import { lineWidth } from '../../source/presentation/text.ts';
import { metricChart, smoothed } from '../../source/selectors/mlflow-runs/metric-chart.ts';
import { writer } from '../../source/words/write.ts';

const now = Date.UTC(2026, 0, 31, 12);
const run = { runId: 'a', runName: 'train', status: 'FINISHED', startedAt: now };
const historyOf = (values: readonly number[], runId = 'a') =>
	metricHistory(
		{ runId, key: 'loss' },
		values.map((value, step) => ({ step, at: now + step * 1000, value })),
	);
const chartOf = (...histories: readonly (readonly number[])[]) =>
	metricChart(
		histories.map((values, index) => historyOf(values, String.fromCodePoint(0x61 + index))),
		histories.map((_, index) => ({ ...run, runId: String.fromCodePoint(0x61 + index), runName: `train-${index}` })),
		'step',
		0,
	);
const style = { width: 60, height: 16, glyphs: glyphSets.unicode, say: writer('en'), now };
function drawn(values: readonly number[], look = plainLook, glyphs: Glyphs = glyphSets.unicode, height = 16) {
	const rows = chartRows(chartOf(values), look, { ...style, glyphs, height });
	if (rows === null) throw new Error('nothing was drawn');
	const text = (line: (typeof rows.plot)[number]) => line.map(span => span.text).join('');
	return { ...rows, plot: rows.plot.map(text), legend: rows.legend.map(text), notes: rows.notes.map(text) };
}
/** What of the plot is right of its vertical axis. */
const areaOf = (plot: readonly string[]) => plot.slice(0, -2).map(row => row.replace(/^[^│┤|+]*[│┤|+]/, ''));
const isDrawn = (character: string) => character !== ' ';

const anyNumber = fc.double();
const finite = fc.double({ noNaN: true, noDefaultInfinity: true });

describe('scale', () => {
	test('nice numbers are 1, 2 or 5 times a power of ten', () => {
		expect([0.9, 1.4, 1.6, 2.9, 3.1, 6.9, 7.1, 30].map(niceNumber)).toEqual([1, 1, 2, 2, 5, 5, 10, 50]);
	});

	test('ticks and their labels', () => {
		const labels = (scale: ReturnType<typeof linearScale>) => scale.ticks.map(scale.label);
		expect(labels(linearScale(0.12, 0.83, 5))).toEqual(['0', '0.2', '0.4', '0.6', '0.8', '1.0']);
		expect(labels(linearScale(-3, 12, 4))).toEqual(['-5', '0', '5', '10', '15']);
		expect(labels(linearScale(0, 2_400_000, 4))).toEqual(['0', '1e6', '2e6', '3e6']);
		expect(labels(logScale(0.003, 40, 6))).toEqual(['0.001', '0.01', '0.1', '1', '10', '100']);
	});

	test('any two values: finite ticks in order within a range that holds both', () => {
		fc.assert(
			fc.property(finite, finite, fc.integer({ min: 2, max: 20 }), fc.boolean(), (a, b, count, isTight) => {
				const scale = linearScale(Math.min(a, b), Math.max(a, b), count, isTight);
				expect(scale.low).toBeLessThan(scale.high);
				expect(scale.low).toBeLessThanOrEqual(Math.min(a, b));
				expect(scale.high).toBeGreaterThanOrEqual(Math.max(a, b));
				expect(scale.ticks.length).toBeLessThanOrEqual(3 * count + 3);
				for (const [index, tick] of scale.ticks.entries()) {
					expect(Number.isFinite(tick)).toBe(true);
					if (index > 0) expect(tick).toBeGreaterThan(scale.ticks[index - 1] ?? Number.NaN);
				}
				if (!isTight) expect(scale.ticks.length).toBeGreaterThan(1);
			}),
		);
	});

	test('a step of 2e308 would be infinite', () => {
		const scale = linearScale(-1.2e308, Number.MAX_VALUE, 2);
		expect(scale.low).toBeLessThanOrEqual(-1.2e308);
		expect(scale.high).toBe(Number.MAX_VALUE);
		expect(scale.ticks.every(Number.isFinite)).toBe(true);
	});

	test('positions grow with the values', () => {
		fc.assert(
			fc.property(finite, finite, finite, finite, (a, b, x, y) => {
				const at = projection(linearScale(Math.min(a, b), Math.max(a, b), 5));
				expect(at(Math.min(x, y))).toBeLessThanOrEqual(at(Math.max(x, y)));
			}),
		);
	});

	test('a logarithmic axis holds both values, and positions grow', () => {
		fc.assert(
			fc.property(
				fc.double({ min: 1e-320, max: 1e308, noNaN: true }),
				fc.double({ min: 1e-320, max: 1e308, noNaN: true }),
				(a, b) => {
					const [low, high] = [Math.min(a, b), Math.max(a, b)];
					const scale = logScale(low, high, 6);
					const at = projection(scale);
					expect(at(low)).toBeLessThanOrEqual(at(high));
					expect(at(low)).toBeGreaterThan(-0.01);
					expect(at(high)).toBeLessThan(1.01);
					expect(scale.ticks.length).toBeGreaterThan(0);
					expect(scale.ticks.length).toBeLessThan(20);
				},
			),
		);
	});
});

describe('chart', () => {
	test('one point, and equal points, are in the middle of a range around them', () => {
		const one = drawn([0.5]);
		expect(areaOf(one.plot).join('').split('').filter(isDrawn)).toHaveLength(1);
		expect(one.legend[1]).toMatch(/train-0 +0\.5000 +0 +0\.5000 +0\.5000/);
		const equal = areaOf(drawn([7, 7, 7, 7]).plot);
		expect(equal.filter(row => row.trim() !== '')).toHaveLength(1);
	});

	test('a rising line rises from the left to the right in every column', () => {
		const area = areaOf(drawn(Array.from({ length: 500 }, (_, index) => index)).plot);
		const lowestRow = (column: number) => area.findLastIndex(row => isDrawn(row[column] ?? ' '));
		const rows = Array.from({ length: area[0]?.length ?? 0 }, (_, column) => lowestRow(column));
		expect(rows).toEqual(rows.toSorted((a, b) => b - a));
		expect(rows.at(0)).toBe(area.length - 1);
		expect(rows).not.toContain(-1);
	});

	test('a steep line has no holes', () => {
		const area = areaOf(drawn([0, 0, 100, 100]).plot);
		for (const row of area) expect(row.trim()).not.toBe('');
	});

	test('NaN and infinities are gaps with a mark, and are counted', () => {
		const { plot, notes } = drawn([1, 2, Number.NaN, 2, Number.POSITIVE_INFINITY, 1, Number.NEGATIVE_INFINITY, 3]);
		const area = areaOf(plot);
		expect(area[0]).toContain('↑');
		expect(area.at(-1)).toMatch(/✖.*↓/);
		expect(notes.join()).toBe('✖ 1 NaN · ↑↓ 2 infinite');
		const nan = area.at(-1)?.indexOf('✖') ?? -1;
		expect(area.slice(0, -1).every(row => row[nan] === ' ')).toBe(true);
	});

	test('nothing but NaN', () => {
		expect(drawn([Number.NaN, Number.NaN]).notes.join()).toBe('✖ 2 NaN');
		expect(chartRows(chartOf([]), plainLook, style)).toBeNull();
	});

	test('a logarithmic axis shows each power of ten as far apart, and marks what has no logarithm', () => {
		const { plot, notes } = drawn([1000, 100, 10, 1, 0], { ...plainLook, isLog: true }, glyphSets.unicode, 24);
		expect(
			plot
				.map(row => /^ *(\d+)/.exec(row)?.[1])
				.filter(label => label !== undefined)
				.slice(0, 4),
		).toEqual(['1000', '100', '10', '1']);
		expect(notes.join()).toBe('↓ 1 at or below 0');
	});

	test('several series: a letter each at the end of its line and in the legend, in the plainest terminal too', () => {
		const chart = chartOf([1, 2, 3, 4], [4, 3, 2, 1]);
		for (const glyphs of Object.values(glyphSets)) {
			const rows = chartRows(chart, plainLook, { ...style, glyphs });
			const plot = areaOf((rows?.plot ?? []).map(line => line.map(span => span.text).join('')));
			expect(plot[0]?.trimEnd().at(-1)).toBe('a');
			expect(plot.join('')).toContain('b');
			expect(rows?.legend.slice(1).map(line => line[0]?.text)).toEqual(['a ', 'b ']);
		}
	});

	test('the cursor shows the values at the nearest points', () => {
		const { legend } = drawn([5, 6, 7, 8], { ...plainLook, cursor: 2.2 });
		expect(legend[0]).toContain('step 2');
		expect(legend[1]).toMatch(/train-0 +7 +2 /);
	});

	test('a window shows its part, with the line that comes in and goes out', () => {
		const values = Array.from({ length: 101 }, (_, index) => index);
		const { plot, legend } = drawn(values, { ...plainLook, window: { from: 40, to: 60 } });
		expect(legend[1]).toMatch(/train-0 +60 +60 +40 +60$/);
		const between = areaOf(drawn(values, { ...plainLook, window: { from: 40.2, to: 40.8 } }).plot);
		expect(between.join('').trim()).not.toBe('');
		expect(plot.at(-1)?.trim()).toMatch(/^40 .* 60$/);
	});

	test.each([
		['time', /12:00|\d\d:00/],
		['relative', /0:00.*0:30/],
	] as const)('the %s axis', (axis, label) => {
		const chart = metricChart([historyOf(Array.from({ length: 60 }, (_, index) => index))], [run], axis, 0);
		const rows = chartRows(chart, plainLook, style);
		expect(
			rows?.plot
				.at(-1)
				?.map(span => span.text)
				.join(''),
		).toMatch(label);
	});

	test('any values, size and window: rows of equal width, none too many', () => {
		fc.assert(
			fc.property(
				fc.array(anyNumber, { minLength: 1, maxLength: 40 }),
				fc.integer({ min: 20, max: 200 }),
				fc.integer({ min: 6, max: 60 }),
				fc.boolean(),
				fc.constantFrom('unicode', 'narrow', 'ascii'),
				fc.option(
					fc.tuple(fc.double({ min: -5, max: 45, noNaN: true }), fc.double({ min: 1e-9, max: 50, noNaN: true })),
					{ nil: null },
				),
				(values, width, height, isLog, name, window) => {
					const look = {
						isLog,
						cursor: 1,
						window: window === null ? null : { from: window[0], to: window[0] + window[1] },
					};
					const rows = chartRows(chartOf(values), look, {
						...style,
						width,
						height,
						glyphs: glyphSets[name as 'ascii'],
					});
					const plot = rows?.plot ?? [];
					expect(plot.length).toBeGreaterThan(3);
					for (const line of plot) expect(lineWidth(line)).toBe(lineWidth(plot[0] ?? []));
				},
			),
		);
	});

	test('a hundred thousand points zoom within 50 ms of CPU time a frame', () => {
		let seed = 1;
		const noise = () => {
			seed = (seed * 16807) % 2147483647;
			return seed / 2147483647;
		};
		const chart = chartOf(Array.from({ length: 100_000 }, (_, index) => Math.exp(-index / 20_000) + noise() / 10));
		const size = { ...style, width: 200, height: 60 };
		const costs = Array.from({ length: 20 }, (_, zoom) => {
			const half = 50_000 / 1.5 ** zoom;
			const before = process.cpuUsage();
			chartRows(
				chart,
				{ isLog: zoom % 2 === 1, cursor: 50_000, window: { from: 50_000 - half, to: 50_000 + half } },
				size,
			);
			const { user, system } = process.cpuUsage(before);
			return (user + system) / 1000;
		});
		// The first frames are drawn before the code is compiled.
		expect(costs.toSorted((a, b) => a - b)[15]).toBeLessThan(50);
	});
});

test('smoothing keeps constants, ends between the values, and leaves NaN alone', () => {
	expect([...smoothed(Float64Array.of(3, 3, 3), 0.9)].map(value => Math.round(value * 1e9) / 1e9)).toEqual([3, 3, 3]);
	expect([...smoothed(Float64Array.of(1, Number.NaN, 3), 0.5)]).toEqual([1, Number.NaN, 2.333_333_333_333_333_5]);
	const values = Float64Array.of(1, 2);
	expect(smoothed(values, 0)).toBe(values);
});

test('points of one moment have seconds around them, and thousands of years have years', () => {
	const at = Date.UTC(2026, 10, 30, 2, 1, 1);
	const one = xScale({ axis: 'time', runs: [] }, { from: at, to: at }, 60);
	expect([one.low, one.high]).toEqual([at - 5000, at + 5000]);
	expect(xLabels(one, 60)).toMatch(/\d\d:\d[01]:\d\d/);
	const ages = xScale({ axis: 'time', runs: [] }, { from: 0, to: 8.64e15 - 1 }, 60);
	expect(ages.ticks.length).toBeGreaterThan(1);
	expect(ages.ticks.map(ages.label).every(label => /^\d{4,6}$/.test(label))).toBe(true);
});
