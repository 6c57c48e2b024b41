import { expect, test } from 'vitest';
import { ago, moment, momentToSecond } from '../../source/presentation/format.ts';

const at = (year: number, month: number, day: number) => new Date(year, month - 1, day, 14, 2, 3).getTime();

test('a moment has the date where it is another day, and the year where it is another year', () => {
	const now = at(2026, 12, 31);
	expect(moment(at(2026, 12, 31), now)).toBe('14:02');
	expect(moment(at(2026, 11, 24), now)).toBe('11-24 14:02');
	expect(moment(at(2027, 1, 1), now)).toBe('2027-01-01 14:02');
	expect(moment(at(2025, 12, 31), now)).toBe('2025-12-31 14:02');
	expect(momentToSecond(at(2025, 12, 31), now)).toBe('2025-12-31 14:02:03');
	expect(momentToSecond(at(2026, 12, 31), now)).toBe('14:02:03');
});

test('what has not happened yet by this clock is no age', () => {
	expect(ago(3_700_000)).toBe('1h 01m ago');
	// The clocks of two machines differ by some seconds.
	expect(ago(-4000)).toBe('0s ago');
	expect([ago(-300_000), ago(-300_000, 'ko')]).toEqual(['5m ahead of this clock', '이 시계보다 5분 빠름']);
});
