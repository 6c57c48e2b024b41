import { expect, test } from 'vitest';
import { retryAfterMs } from '../../source/clients/http/retry-after.ts';

const now = Date.UTC(2026, 10, 24, 14, 0, 0);

test.each([
	['30', 30_000],
	[' 5 ', 5000],
	[['7', '9'], 7000],
	['Tue, 24 Nov 2026 14:01:30 GMT', 90_000],
	['999999999', 24 * 3_600_000],
	['Sat, 01 Jan 2101 00:00:00 GMT', 24 * 3_600_000],
	['0', undefined],
	['-5', undefined],
	['1.5', undefined],
	['Tue, 24 Nov 2026 13:00:00 GMT', undefined],
	['soon', undefined],
	['', undefined],
	['9'.repeat(5000), undefined],
	[undefined, undefined],
])('Retry-After: %s is a wait of %s ms', (header, ms) => {
	expect(retryAfterMs(header, now)).toBe(ms);
});
