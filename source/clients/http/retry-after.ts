import type { HttpAnswer } from './http.ts';

/** More is no date of a server that is merely busy. */
const longestMs = 24 * 3_600_000;

/**
 * The wait of a response that may ask for one, ms: 429, and 503, whose `Retry-After` says how long the server expects to
 * be away (RFC 9110, section 10.2.3). With other statuses it is not about this request, as in a redirect.
 */
export function waitAsked({ status, headers }: Pick<HttpAnswer, 'status' | 'headers'>): number | undefined {
	return status === 429 || status === 503 ? retryAfterMs(headers['retry-after'], Date.now()) : undefined;
}

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
