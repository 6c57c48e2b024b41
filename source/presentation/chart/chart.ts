import type { Range } from '../../model/mlflow/metric-history.ts';
import { type ChartSeries, firstFrom, type MetricChart, rangeOf } from '../../selectors/mlflow-runs/metric-chart.ts';
import type { Glyphs } from '../glyphs.ts';
import { fit, type Line, type Span, textWidth } from '../text.ts';
import { Canvas, type Cell, dotAt } from './canvas.ts';
import { chartNotes } from './chart-notes.ts';
import { legendRows } from './legend.ts';
import { gapOf, type Plotted, plotLine } from './plot.ts';
import { linearScale, logScale, projection, type Scale } from './scale.ts';
import { type ChartLook, type ChartStyle, toneOf, type Visible } from './style.ts';
import { xLabels, xScale } from './x-axis.ts';

export type ChartRows = {
	readonly plot: readonly Line[];
	/** Values at the cursor, else the last ones: one row a series. */
	readonly legend: readonly Line[];
	readonly notes: readonly Line[];
	/** Columns of cells that the lines have. */
	readonly cells: number;
};

/** Fewer rows or cells than these show no line. */
const leastRows = 3;
const leastCells = 8;
/** Rows from one label of the values to the next. */
const rowsOfTick = 4;

/** Draws series over one axis. null: there is nothing to draw. */
export function chartRows(chart: MetricChart, look: ChartLook, style: ChartStyle): ChartRows | null {
	const whole = rangeOf(chart);
	if (whole === null) return null;
	const range = look.window ?? whole;
	const seen = chart.series.map(series => visible(series, range, look.isLog));
	const legendHeight = chart.series.length + 1;
	const notes = chartNotes(chart, seen, look, style);
	const rows = Math.max(leastRows, style.height - legendHeight - notes.length - 2);
	const y = yScale(seen, look.isLog, rows);
	const labels = y.ticks.map(y.label);
	const labelWidth = Math.max(1, ...labels.map(textWidth));
	const cells = Math.max(leastCells, style.width - labelWidth - 2);
	const x = xScale(chart, range, cells);
	const canvas = new Canvas(cells, rows, style.glyphs);
	const mark = (series: number) => seriesMark(series, chart.series.length, style.glyphs);
	// The first series is drawn last: where lines cross, its colour is seen.
	const plotted = chart.series.map(() => nothing);
	for (let series = chart.series.length - 1; series >= 0; series--) {
		const points = chart.series[series];
		if (points) plotted[series] = plotLine(canvas, points, { x, y }, series);
	}
	const grid = Array.from({ length: rows }, (_, row) => canvas.row(row, mark));
	if (chart.axis === 'runs') addPoints(grid, chart.series, canvas, { x, y });
	addMarks(grid, plotted, canvas, style.glyphs, mark);
	const cursorCell = look.cursor === null ? null : dotAt(projection(x)(look.cursor), cells);
	const tickRows = new Map(
		y.ticks.map((tick, index) => [canvas.rowOf(dotAt(1 - projection(y)(tick), canvas.height)), labels[index] ?? '']),
	);
	const { line } = style.glyphs;
	return {
		cells,
		plot: [
			...grid.map(
				(cellsOfRow, row): Line => [
					{
						text: `${fit(tickRows.get(row) ?? '', labelWidth, '', 'right')} ${tickRows.has(row) ? line.teeRight : line.vertical}`,
						tone: 'muted',
					},
					...spansOf(cellsOfRow, cursorCell),
				],
			),
			[{ text: `${' '.repeat(labelWidth)} ${line.bottomLeft}${axisLine(x, cells, style.glyphs)}`, tone: 'muted' }],
			[{ text: `${' '.repeat(labelWidth)}  ${xLabels(x, cells)}`, tone: 'muted' }],
		],
		legend: legendRows(chart, seen, look, { ...style, mark }),
		notes,
	};
}

const nothing: Plotted = { gaps: [], end: null };

/** The letter of a series beside its line; a single one needs none. */
export function seriesMark(series: number, count: number, glyphs: Glyphs): string {
	if (count > 1) return seriesLetter(series);
	return glyphs.name === 'ascii' ? '*' : glyphs.line.horizontal;
}

export function visible({ xs, ys }: ChartSeries, { from, to }: Range, isLog: boolean): Visible {
	const first = firstFrom(xs, from);
	let [lowest, highest, nans, infinities, unlogged] = [Number.NaN, Number.NaN, 0, 0, 0];
	const include = (value: number) => {
		if (!(value >= lowest)) lowest = value;
		if (!(value <= highest)) highest = value;
	};
	let end = first;
	for (; end < xs.length && (xs[end] ?? 0) <= to; end++) {
		const value = ys[end] ?? Number.NaN;
		if (gapOf(value, isLog) === null) include(value);
		else if (Number.isNaN(value)) nans++;
		else if (Number.isFinite(value)) unlogged++;
		else infinities++;
	}
	// Between two points there is only the line that joins them.
	if (first === end)
		for (const value of [ys[first - 1], ys[first]])
			if (value !== undefined && gapOf(value, isLog) === null) include(value);
	return { first, end, lowest, highest, nans, infinities, unlogged };
}

export function yScale(seen: readonly Visible[], isLog: boolean, rows: number): Scale {
	const known = seen.filter(({ lowest }) => !Number.isNaN(lowest));
	const count = Math.max(2, Math.floor(rows / rowsOfTick) + 1);
	if (known.length === 0) return isLog ? logScale(1, 10, count) : linearScale(0, 1, count);
	const low = Math.min(...known.map(({ lowest }) => lowest));
	const high = Math.max(...known.map(({ highest }) => highest));
	return isLog ? logScale(low, high, count) : linearScale(low, high, count);
}

/** A point for each run, where there is room between two of them. */
function addPoints(
	grid: Cell[][],
	series: readonly ChartSeries[],
	canvas: Canvas,
	{ x, y }: { readonly x: Scale; readonly y: Scale },
): void {
	const [toX, toY] = [projection(x), projection(y)];
	for (const [index, { xs, ys }] of series.entries()) {
		if (xs.length * 2 > (grid[0]?.length ?? 0)) continue;
		for (const [at, value] of ys.entries()) {
			const place = dotAt(toX(xs[at] ?? 0), canvas.width);
			if (gapOf(value, y.isLog) !== null || place < 0 || place >= canvas.width) continue;
			const row = grid[canvas.rowOf(dotAt(1 - toY(value), canvas.height))];
			if (row) row[canvas.cellOf(place)] = { text: series.length > 1 ? seriesLetter(index) : 'o', series: index };
		}
	}
}

const seriesLetter = (series: number): string => String.fromCodePoint(0x61 + series);

/** Marks values that no line can show, and the end of each line with its letter. */
function addMarks(
	grid: Cell[][],
	plotted: readonly Plotted[],
	canvas: Canvas,
	glyphs: Glyphs,
	mark: (series: number) => string,
): void {
	const gapMarks = { nan: glyphs.state.failed, above: glyphs.sort.ascending, below: glyphs.sort.descending };
	const last = grid.length - 1;
	for (const [series, { gaps, end }] of plotted.entries()) {
		for (const { x, kind } of gaps) {
			const row = grid[kind === 'above' ? 0 : last];
			if (row) row[canvas.cellOf(x)] = { text: gapMarks[kind], series };
		}
		if (end === null || plotted.length === 1) continue;
		const row = grid[canvas.rowOf(end.y)];
		let cell = canvas.cellOf(end.x);
		// Lines often end together: their letters stand beside each other.
		while (cell > 0 && /^[a-h]$/.test(row?.[cell]?.text ?? '')) cell--;
		if (row) row[cell] = { text: mark(series), series };
	}
}

/** Cells of one colour as one span; the cursor's is inverse. */
function spansOf(cells: readonly Cell[], cursor: number | null): Span[] {
	const spans: { text: string; tone: Span['tone']; inverse: boolean }[] = [];
	for (const [column, { text, series }] of cells.entries()) {
		const tone = series === -1 ? undefined : toneOf(series);
		const inverse = column === cursor;
		const before = spans.at(-1);
		if (before && before.tone === tone && before.inverse === inverse) before.text += text;
		else spans.push({ text, tone, inverse });
	}
	return spans;
}

function axisLine(x: Scale, cells: number, { line }: Glyphs): string {
	const row = Array.from({ length: cells }, () => line.horizontal);
	for (const tick of x.ticks) {
		const cell = dotAt(projection(x)(tick), cells);
		if (cell >= 0 && cell < cells) row[cell] = line.teeDown;
	}
	return row.join('');
}
