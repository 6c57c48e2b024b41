/**
 * A small chart: one bar per value, the newest on the right, the oldest cut off beyond the width.
 * @param floor value of the lowest bar; by default the lowest shown value (a metric has no natural zero)
 * @param ceiling value of the highest bar; by default the highest shown value
 */
export function sparkline(
	values: readonly number[],
	width: number,
	bars: readonly string[],
	floor?: number,
	ceiling?: number,
): string {
	// slice(-0) returns everything.
	const shown = width > 0 ? values.slice(-width) : [];
	const finite = shown.filter(Number.isFinite);
	const low = floor ?? Math.min(...finite);
	const high = ceiling ?? Math.max(...finite);
	const top = bars.length - 1;
	return shown
		.map(value => {
			if (!Number.isFinite(value)) return ' ';
			// All values equal: a line in the middle, neither low nor high.
			const level = high > low ? ((value - low) / (high - low)) * top : top / 2;
			return bars[Math.min(top, Math.max(0, Math.round(level)))] ?? ' ';
		})
		.join('');
}
