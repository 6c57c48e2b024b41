import { afterAll } from 'vitest';

/** Imported by tests whose expectations hold times as laketop prints them, in the user's own zone: this is UTC for them. */
const before = process.env.TZ;
process.env.TZ = 'UTC';
afterAll(() => {
	process.env.TZ = before;
});
