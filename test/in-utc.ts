import { afterAll } from 'vitest';

/**
 * For tests that expect times as laketop prints them, in the user's own zone: this is UTC for the rest of the file.
 * Called by each of them, since files share their modules.
 */
export function inUtc(): void {
	const before = process.env.TZ;
	process.env.TZ = 'UTC';
	afterAll(() => {
		process.env.TZ = before;
	});
}
