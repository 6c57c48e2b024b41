import { expect, test } from 'vitest';
import { shortRunId } from '../../source/presentation/run-name.ts';

test.each([
	['scheduled__2026-11-29T02:00:00+00:00', '11-29T02:00'],
	['manual__2026-11-30T15:30:12.417249+00:00', '11-30T15:30'],
	['manual__2026-11-30T15:30:12.417+00:00_abc', '11-30T15:30'],
	['my__run', 'my__run'],
	['newest', 'newest'],
])('a column shows the time of %s', (id, shown) => {
	expect(shortRunId(id)).toBe(shown);
});
