import { type ChartSeries, type MetricChart, rangeOf } from '../../selectors/mlflow-runs/metric-chart.ts';
import type { Writer } from '../../words/write.ts';
import { seriesMark, visible, yScale } from '../chart/chart.ts';
import { chartNotes } from '../chart/chart-notes.ts';
import { legendRows } from '../chart/legend.ts';
import { type GapKind, gapOf } from '../chart/plot.ts';
import { projection, type Scale } from '../chart/scale.ts';
import { plainLook, toneOf } from '../chart/style.ts';
import { xScale } from '../chart/x-axis.ts';
import { glyphSets } from '../glyphs.ts';
import { type Element, element } from '../markup.ts';
import { textWidth } from '../text.ts';
import { cellHeight, cellWidth, margin, type Picture, rule, textLine, word } from './page.ts';

/** Pixels. */
const chartWidth = 720;
const chartHeight = 320;
/** Rows of text that the height takes, by which the ticks are chosen. */
const rows = 18;
/** The legend's row. */
const legendCells = 96;

const glyphs = glyphSets.unicode;
const gapMarks = { nan: glyphs.state.failed, above: glyphs.sort.ascending, below: glyphs.sort.descending };

/** Series over one axis; null: there is nothing to draw. */
export function chartPicture(
	chart: MetricChart,
	{
		isLog,
		say,
		now,
		title,
	}: { readonly isLog: boolean; readonly say: Writer; readonly now: number; readonly title: string },
): Picture | null {
	const range = rangeOf(chart);
	if (range === null) return null;
	const seen = chart.series.map(series => visible(series, range, isLog));
	const y = yScale(seen, isLog, rows);
	const x = xScale(chart, range, Math.floor(chartWidth / cellWidth));
	const labels = y.ticks.map(y.label);
	const left = margin + (Math.max(1, ...labels.map(textWidth)) + 1) * cellWidth;
	const top = margin;
	const bottom = top + chartHeight;
	const look = { ...plainLook, isLog };
	const area = { left, top, bottom, x, y, hasPoints: chart.axis === 'runs' };
	const mark = (series: number) => seriesMark(series, chart.series.length, glyphs);
	const lines = [
		...legendRows(chart, seen, look, { glyphs, say, now, width: legendCells, height: rows, mark }),
		...chartNotes(chart, seen, look, { glyphs, say }),
	];
	const foot = bottom + 2 * cellHeight;
	return {
		title,
		width: Math.max(left + chartWidth, margin + legendCells * cellWidth) + margin,
		height: foot + lines.length * cellHeight + margin,
		shapes: [
			...yAxis(area, labels),
			...xAxis(area),
			// The first series is drawn last: where lines cross, its colour is seen.
			...chart.series
				.map((series, index) => seriesShapes(series, index, area, mark(index)))
				.toReversed()
				.flat(),
			...lines.map((line, index) => textLine({ x: margin, y: foot + index * cellHeight }, line)),
		].filter(shape => shape !== null),
	};
}

type Area = {
	readonly left: number;
	readonly top: number;
	readonly bottom: number;
	readonly x: Scale;
	readonly y: Scale;
	/** Whether each point is drawn, not only the line. */
	readonly hasPoints: boolean;
};

function yAxis({ left, bottom, y }: Area, labels: readonly string[]): Element[] {
	const at = projection(y);
	return y.ticks.flatMap((tick, index) => {
		const height = bottom - at(tick) * chartHeight;
		return [
			rule({ x: left, y: height }, { x: left + chartWidth, y: height }, 'muted faint'),
			word({ x: left - cellWidth, y: height - cellHeight / 2 }, labels[index] ?? '', { tone: 'muted', anchor: 'end' }),
		];
	});
}

function xAxis({ left, bottom, x }: Area): Element[] {
	const at = projection(x);
	let free = Number.NEGATIVE_INFINITY;
	const ticks = x.ticks.flatMap(tick => {
		const place = left + at(tick) * chartWidth;
		const label = x.label(tick);
		const half = (textWidth(label) * cellWidth) / 2;
		const line = rule({ x: place, y: bottom }, { x: place, y: bottom + 5 }, 'muted');
		if (place - half < free) return [line];
		free = place + half + 2 * cellWidth;
		return [line, word({ x: place, y: bottom + 6 }, label, { tone: 'muted', anchor: 'middle' })];
	});
	return [rule({ x: left, y: bottom }, { x: left + chartWidth, y: bottom }, 'muted'), ...ticks];
}

/** The line of a series with its letter at the end, and marks for values that no line can show. */
function seriesShapes(series: ChartSeries, index: number, area: Area, letter: string): Element[] {
	const { left, top, bottom } = area;
	const { lines, gaps } = tracedLine(series, area);
	const tone = toneOf(index) ?? 'plain';
	const marks = gaps.map(({ x, kind }) =>
		word({ x: left + x, y: kind === 'above' ? top : bottom - cellHeight }, gapMarks[kind], { tone, anchor: 'middle' }),
	);
	const end = lines.at(-1)?.at(-1);
	const circle = ({ x, y }: { readonly x: number; readonly y: number }) =>
		element('circle', { class: tone, cx: tenth(left + x), cy: tenth(top + y), r: 2.5 });
	const dots = area.hasPoints ? lines.flat().map(circle) : [];
	const paths = lines.map(points =>
		points.length === 1 && points[0]
			? circle(points[0])
			: element('path', {
					class: `line thick ${tone}`,
					d: points.map(({ x, y }, at) => `${at === 0 ? 'M' : 'L'}${tenth(left + x)} ${tenth(top + y)}`).join(''),
				}),
	);
	const isNamed = /^[a-h]$/.test(letter);
	const name = end && isNamed ? [word({ x: left + end.x + 4, y: top + end.y - cellHeight / 2 }, letter, { tone })] : [];
	return [...paths, ...dots, ...marks, ...name];
}

const tenth = (pixels: number) => Math.round(pixels * 10) / 10;

export type Traced = {
	/** Unbroken parts of the line; pixels within the area of the chart. */
	readonly lines: readonly (readonly { readonly x: number; readonly y: number }[])[];
	readonly gaps: readonly { readonly x: number; readonly kind: GapKind }[];
};

/**
 * The points that a line needs: of those in one column of pixels the first, the lowest, the highest and the last (M4:
 * Jugel, Jerzak, Hackenbroich, Markl, VLDB 2014). A hundred thousand points then take no more room than a thousand.
 */
export function tracedLine(
	{ xs, ys }: Pick<ChartSeries, 'xs' | 'ys'>,
	{ x: xAxisScale, y: yAxisScale }: { readonly x: Scale; readonly y: Scale },
): Traced {
	const [toX, toY] = [projection(xAxisScale), projection(yAxisScale)];
	const lines: { x: number; y: number }[][] = [];
	const gaps: { x: number; kind: GapKind }[] = [];
	let open: { x: number; y: number }[] | null = null;
	let column: { x: number; y: number }[] = [];
	const flush = () => {
		if (column.length === 0) return;
		open ??= [];
		if (open.length === 0) lines.push(open);
		open.push(...fewest(column));
		column = [];
	};
	for (const [index, at] of xs.entries()) {
		const value = ys[index] ?? Number.NaN;
		const x = toX(at) * chartWidth;
		const kind = gapOf(value, yAxisScale.isLog);
		if (kind !== null) {
			flush();
			open = null;
			const before = gaps.at(-1);
			if (before?.kind !== kind || x - before.x >= 1) gaps.push({ x, kind });
			continue;
		}
		if (column.length > 0 && Math.floor(column[0]?.x ?? 0) !== Math.floor(x)) flush();
		column.push({ x, y: (1 - toY(value)) * chartHeight });
	}
	flush();
	return { lines, gaps };
}

/** First, lowest, highest and last of a column, in their order. */
function fewest(points: readonly { x: number; y: number }[]): { x: number; y: number }[] {
	if (points.length <= 4) return [...points];
	let [low, high] = [0, 0];
	for (const [index, { y }] of points.entries()) {
		if (y < (points[low]?.y ?? 0)) low = index;
		if (y > (points[high]?.y ?? 0)) high = index;
	}
	const kept = [...new Set([0, low, high, points.length - 1])].toSorted((a, b) => a - b);
	return kept.flatMap(index => points[index] ?? []);
}
