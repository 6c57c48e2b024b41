import { expect, test } from 'vitest';
import { duration, durationMs, inSeconds, memory } from '../../source/words/amounts.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

test.each([
	[-5, '0s', '0초'],
	[59_999, '59s', '59초'],
	[5 * minute, '5m 00s', '5분'],
	[3 * minute + 5000, '3m 05s', '3분 5초'],
	[2 * hour, '2h 00m', '2시간'],
	[2 * hour + 10 * minute, '2h 10m', '2시간 10분'],
	[5 * day + 3 * hour, '5d 3h', '5일 3시간'],
])('%s ms is written %s and %s', (ms, english, korean) => {
	expect(duration(ms)).toBe(english);
	expect(duration(ms, 'ko')).toBe(korean);
});

test('seconds within a sentence', () => {
	expect([inSeconds(5000), inSeconds(1500), inSeconds(2449, 1), inSeconds(2000, 1)]).toEqual([
		'5 s',
		'1.5 s',
		'2.4 s',
		'2.0 s',
	]);
});

test('sizes have three digits at the most, and the unit that fits', () => {
	expect([0, 999, 1023.6, 2 ** 20, 347 * 2 ** 20, 1.9 * 2 ** 30].map(memory)).toEqual([
		'0 B',
		'999 B',
		'1.0 KiB',
		'1.0 MiB',
		'347 MiB',
		'1.9 GiB',
	]);
});

test('what is written of a span is read back', () => {
	expect(['9s', '3m05s', '2h10m', '5d3h'].map(durationMs)).toEqual([
		9000,
		3 * minute + 5000,
		2 * hour + 10 * minute,
		5 * day + 3 * hour,
	]);
});
