import { stopwatch } from './format.ts';

/** Steps between the marks of a time axis, ms: of a clock's face, and days. */
const steps = [
	...[1, 2, 5, 10, 15, 30].map(seconds => seconds * 1000),
	...[1, 2, 5, 10, 15, 30].map(minutes => minutes * 60_000),
	...[1, 2, 3, 6, 12].map(hours => hours * 3_600_000),
	...[1, 2, 7, 14, 28, 91, 364, 3640].map(days => days * 86_400_000),
];
/** Cells between two marks, so that their labels do not touch. */
const leastGap = 10;

/** The shortest of these steps that is at least this long, ms; undefined for more than ten years. */
export const timeStep = (leastMs: number): number | undefined => steps.find(ms => ms >= leastMs);

/** A moment's cell on an axis of this many cells, from 0 on; before and after the axis its first and its last one. */
export function cellAt(
	ms: number,
	{ from, to }: { readonly from: number; readonly to: number },
	cells: number,
): number {
	return Math.max(0, Math.min(cells - 1, Math.floor(((ms - from) / Math.max(1, to - from)) * cells)));
}

/** The labels of an axis in one row: `0:00      0:30      1:00`, time since its start. */
export function axisLabels(spanMs: number, cells: number): string {
	const step = timeStep((spanMs / Math.max(1, cells)) * leastGap) ?? spanMs;
	let row = '';
	for (let at = 0; at <= spanMs; at += step) {
		const label = stopwatch(at);
		const cell = cellAt(at, { from: 0, to: spanMs }, cells);
		// A day or more is wider than the gap.
		if ((row !== '' && cell <= row.length) || cell + label.length > cells) continue;
		row = `${row.padEnd(cell)}${label}`;
	}
	return row.padEnd(cells).slice(0, Math.max(0, cells));
}
