/** Summaries of measurements. Empty lists give NaN, which no page should show. */

/** The middle value; of an even number of values the mean of the middle two. */
export function median(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	const upper = sorted[middle] ?? Number.NaN;
	return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** The value that this share (0 to 1) of the values does not exceed: the nearest rank. */
export function percentile(values: readonly number[], part: number): number {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? Number.NaN;
}

/** Rise of y for each unit of x: the least-squares line through the points. */
export function slope(points: readonly (readonly [x: number, y: number])[]): number {
	const meanX = points.reduce((sum, [x]) => sum + x, 0) / points.length;
	const meanY = points.reduce((sum, [, y]) => sum + y, 0) / points.length;
	let [over, under] = [0, 0];
	for (const [x, y] of points) {
		over += (x - meanX) * (y - meanY);
		under += (x - meanX) ** 2;
	}
	return over / under;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Variance of a sample; of fewer than two values NaN. */
function variance(values: readonly number[]): number {
	const middle = mean(values);
	return values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1);
}

/** How much more the second values are than the first. */
export type Difference = {
	readonly more: number;
	/** Standard error of `more`. */
	readonly noise: number;
	/** The same by medians, which a single outlier does not move. */
	readonly moreOfMedians: number;
};

export function difference(before: readonly number[], after: readonly number[]): Difference {
	return {
		more: mean(after) - mean(before),
		noise: Math.sqrt(variance(before) / before.length + variance(after) / after.length),
		moreOfMedians: median(after) - median(before),
	};
}
