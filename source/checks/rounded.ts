/** Rounds a free amount while there is plenty, so that small changes are no news. */
export function rounded(free: number, total: number): number {
	const step = free > total * 0.15 ? Math.max(1, Math.floor(total / 50)) : 1;
	return Math.floor(free / step) * step;
}
