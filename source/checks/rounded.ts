/** Where there is plenty, what comes and goes all the time tells nothing. */
export function rounded(free: number, total: number): number {
	const step = free > total * 0.15 ? Math.max(1, Math.floor(total / 50)) : 1;
	return Math.floor(free / step) * step;
}
