/**
 * A quantile by linear interpolation between the two nearest values: Hyndman and Fan (1996), type 7, as
 * `numpy.percentile` and PostgreSQL's `percentile_cont` compute it. null without values.
 * @param share 0.5 for the median, 0.9 for the 90th percentile
 */
export function quantile(values: readonly number[], share: number): number | null {
	const sorted = values.toSorted((a, b) => a - b);
	const at = (sorted.length - 1) * share;
	const lower = sorted[Math.floor(at)];
	const upper = sorted[Math.ceil(at)];
	if (lower === undefined || upper === undefined) return null;
	return lower + (upper - lower) * (at - Math.floor(at));
}
