/** More is no date of a server that is merely busy. */
const longestMs = 24 * 3_600_000;

/**
 * The wait that a response asks for, ms: `Retry-After` in seconds or as a date (RFC 9110, section 10.2.3). Undefined
 * without one, or if it cannot be read.
 *
 * @param now ms since the epoch, for a date
 */
export function retryAfterMs(header: string | readonly string[] | undefined, now: number): number | undefined {
	const text = (typeof header === 'string' ? header : header?.[0])?.trim() ?? '';
	const ms = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : /[A-Za-z]/.test(text) ? Date.parse(text) - now : Number.NaN;
	return Number.isFinite(ms) && ms > 0 ? Math.min(longestMs, ms) : undefined;
}
