/**
 * One-sided 0.999 quantiles of Student's t distribution by degrees of freedom, from 1 (NIST/SEMATECH e-Handbook of
 * Statistical Methods, 1.3.6.7.2).
 */
const quantiles = [318.313, 22.327, 10.215, 7.173, 5.893, 5.208, 4.782, 4.499, 4.296];
/** More than ten values are no reason to be stricter: what is measured changes slowly too. */
const ofMore = 4.296;

/**
 * The value that the next one of a series does not fall below but once in a thousand times, if nothing has changed: the
 * lower prediction limit of a normal distribution of which only these values are known. A few values say little about
 * how far they spread, so that their own range is no limit. −Infinity for fewer than two.
 */
export function lowestExpected(values: readonly number[]): number {
	const count = values.length;
	if (count < 2) return Number.NEGATIVE_INFINITY;
	const mean = values.reduce((sum, value) => sum + value, 0) / count;
	const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1);
	return mean - (quantiles[count - 2] ?? ofMore) * Math.sqrt(variance * (1 + 1 / count));
}
