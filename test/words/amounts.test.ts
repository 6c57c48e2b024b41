import { expect, test } from 'vitest';
import { duration, durationMs, memory, precise } from '../../source/words/amounts.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

test.each([
	[-5, '0s', '0초'],
	[59_999, '59s', '59초'],
	[5 * minute, '5m', '5분'],
	[3 * minute + 5000, '3m 05s', '3분 5초'],
	[2 * hour, '2h', '2시간'],
	[2 * hour + 10 * minute, '2h 10m', '2시간 10분'],
	[5 * day + 3 * hour, '5d 3h', '5일 3시간'],
])('%s ms is written %s and %s', (ms, english, korean) => {
	expect(duration(ms)).toBe(english);
	expect(duration(ms, 'ko')).toBe(korean);
});

test.each([
	[-5, '0ms', '0ms'],
	[249.6, '250ms', '250ms'],
	[5000, '5s', '5초'],
	[2449, '2.4s', '2.4초'],
	[59_949, '59.9s', '59.9초'],
	[59_960, '1m', '1분'],
	[125_000, '2m 05s', '2분 5초'],
])('a measured %s ms is written %s and %s', (ms, english, korean) => {
	expect([precise(ms), precise(ms, 'ko')]).toEqual([english, korean]);
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
	const spans = [9000, 3 * minute + 5000, 2 * hour + 10 * minute, 5 * day + 3 * hour];
	expect(spans.map(ms => durationMs(duration(ms)))).toEqual(spans);
	expect(['3m05s', '2h10m', '2h  10m', ' 2h', '2h ', '2 h'].map(durationMs)).toEqual([
		...spans.slice(1, 3),
		null,
		null,
		null,
		null,
	]);
});
