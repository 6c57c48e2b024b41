const backoffStartMs = 1000;
const backoffLimitMs = 15_000;

/**
 * Pause after a number of consecutive failures, ms: doubling from one second to fifteen, ±20 %, so that several feeds
 * and several users' laketops do not return in step.
 */
export function backoffMs(failures: number, random: number): number {
	const base = Math.min(backoffLimitMs, backoffStartMs * 2 ** Math.min(10, failures - 1));
	return Math.round(base * (0.8 + 0.4 * random));
}
