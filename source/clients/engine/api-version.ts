/** The newest API that this client supports; for an older engine its own version is used. */
export const newestApi = '1.51';

/** The lower of two API versions such as 1.41 and 1.9. */
export function olderApi(a: string, b: string): string {
	const [majorA = 0, minorA = 0] = a.split('.').map(Number);
	const [majorB = 0, minorB = 0] = b.split('.').map(Number);
	return majorA < majorB || (majorA === majorB && minorA <= minorB) ? a : b;
}

/** It becomes a part of every address. */
export const apiNumberForm = /^\d{1,4}\.\d{1,4}$/;

/**
 * The API to speak with an engine that supports those from `oldest` to `newest`: the newest that both know. An engine
 * that refuses ours as too old gets its oldest one, which differs least. An `oldest` that is no number is not used.
 */
export function apiFor(newest: string, oldest: string | null | undefined): string {
	const api = olderApi(newestApi, newest);
	return oldest && apiNumberForm.test(oldest) && olderApi(oldest, api) === api && oldest !== api ? oldest : api;
}
