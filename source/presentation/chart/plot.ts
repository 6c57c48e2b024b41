import { firstFrom } from '../../selectors/mlflow-runs/metric-chart.ts';
import { type Canvas, dotAt } from './canvas.ts';
import { projection, type Scale } from './scale.ts';

/** Points in ascending order of x, which is finite; y may be NaN or infinite. */
export type Points = { readonly xs: Float64Array; readonly ys: Float64Array };

/** Values that a line cannot show, by column of dots. */
export type GapKind = 'nan' | 'above' | 'below';
export type Gap = { readonly x: number; readonly kind: GapKind };
export type Plotted = {
	readonly gaps: readonly Gap[];
	/** Dot of the last shown value; null if none is. */
	readonly end: { readonly x: number; readonly y: number } | null;
};

/** Why a value is not on the line; null if it is. A logarithm of nothing or less is below everything. */
export function gapOf(value: number, isLog: boolean): GapKind | null {
	if (Number.isNaN(value)) return 'nan';
	if (value === Number.POSITIVE_INFINITY) return 'above';
	return value === Number.NEGATIVE_INFINITY || (isLog && value <= 0) ? 'below' : null;
}

/** So far outside that no difference is seen; larger numbers lose the line's slope to rounding. */
const farOutside = 1e6;

/**
 * Draws a line through the points of a window, with the neighbours outside it that it leads to. Of the points in one
 * column of dots the line needs the first, the lowest, the highest and the last (M4: Jugel, Jerzak, Hackenbroich, Markl,
 * VLDB 2014), so a hundred thousand points are one pass and no more dots than a thousand.
 */
export function plotLine(
	canvas: Canvas,
	{ xs, ys }: Points,
	{ x: xScale, y: yScale }: { readonly x: Scale; readonly y: Scale },
	series: number,
): Plotted {
	const [toX, toY] = [projection(xScale), projection(yScale)];
	const column = (value: number) => Math.max(-farOutside, Math.min(farOutside, dotAt(toX(value), canvas.width)));
	const row = (value: number) => Math.max(-farOutside, Math.min(farOutside, dotAt(1 - toY(value), canvas.height)));
	const from = Math.max(0, firstFrom(xs, xScale.low) - 1);
	const gaps: Gap[] = [];
	let end: Plotted['end'] = null;
	/** The column being collected, and where its line goes in and out. */
	let open: { x: number; top: number; bottom: number; last: number } | null = null;
	const flush = () => {
		if (open !== null) canvas.column(open.x, open.top, open.bottom, series);
	};
	for (let index = from; index < xs.length; index++) {
		const at = xs[index] ?? 0;
		const value = ys[index] ?? Number.NaN;
		const x = column(at);
		const kind = gapOf(value, yScale.isLog);
		const isShown = at >= xScale.low && at <= xScale.high;
		if (kind !== null) {
			flush();
			open = null;
			const before = gaps.at(-1);
			if (isShown && (before?.x !== x || before.kind !== kind)) gaps.push({ x, kind });
		} else {
			const y = row(value);
			if (isShown) end = { x, y };
			if (open === null) open = { x, top: y, bottom: y, last: y };
			else if (open.x === x) {
				open.top = Math.min(open.top, y);
				open.bottom = Math.max(open.bottom, y);
				open.last = y;
			} else {
				flush();
				connect(canvas, open, { x, y }, series);
				open = { x, top: y, bottom: y, last: y };
			}
		}
		if (at > xScale.high) break;
	}
	flush();
	return { gaps, end };
}

/** The line between two points of different columns: in each column the part that is within half a column of it. */
function connect(
	canvas: Canvas,
	from: { readonly x: number; readonly last: number },
	to: { readonly x: number; readonly y: number },
	series: number,
): void {
	const slope = (to.y - from.last) / (to.x - from.x);
	const at = (x: number) => Math.round(from.last + slope * (x - from.x));
	canvas.column(from.x, from.last, at(from.x + 0.5), series);
	for (let x = Math.max(from.x + 1, 0); x < Math.min(to.x, canvas.width); x++)
		canvas.column(x, at(x - 0.5), at(x + 0.5), series);
	canvas.column(to.x, at(to.x - 0.5), to.y, series);
}
