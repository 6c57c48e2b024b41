/**
 * A little chart: one bar a value, the newest on the right, cut on the left to so many cells.
 * @param floor value of the lowest bar; without it the lowest value shown (a metric has no zero to stand on)
 * @param ceiling value of the highest bar; without it the highest value shown
 */
export function sparkline(
	values: readonly number[],
	width: number,
	bars: readonly string[],
	floor?: number,
	ceiling?: number,
): string {
	// slice(-0) is everything.
	const shown = width > 0 ? values.slice(-width) : [];
	const finite = shown.filter(Number.isFinite);
	const low = floor ?? Math.min(...finite);
	const high = ceiling ?? Math.max(...finite);
	const top = bars.length - 1;
	return shown
		.map(value => {
			if (!Number.isFinite(value)) return ' ';
			// All alike: a line in the middle, neither low nor high.
			const level = high > low ? ((value - low) / (high - low)) * top : top / 2;
			return bars[Math.min(top, Math.max(0, Math.round(level)))] ?? ' ';
		})
		.join('');
}
