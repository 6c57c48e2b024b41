import fc from 'fast-check';
import { expect, test } from 'vitest';
import { difference, median, percentile, slope } from '../../bench/statistics.ts';

test('the median is the middle value, or the mean of the middle two', () => {
	expect(median([3, 1, 2])).toBe(2);
	expect(median([4, 1, 2, 3])).toBe(2.5);
	expect(median([7])).toBe(7);
	expect(median([])).toBeNaN();
});

test('a percentile is one of the values, the nearest rank', () => {
	const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
	expect(percentile(hundred, 0.99)).toBe(99);
	expect(percentile(hundred, 0.5)).toBe(50);
	expect(percentile([5], 0.99)).toBe(5);
	fc.assert(
		fc.property(
			fc.array(fc.integer(), { minLength: 1 }),
			fc.double({ min: 0, max: 1, noNaN: true }),
			(values, part) => {
				const value = percentile(values, part);
				expect(values).toContain(value);
				expect(values.filter(one => one <= value).length).toBeGreaterThanOrEqual(values.length * part);
			},
		),
	);
});

test('the slope is that of the line through the points', () => {
	expect(
		slope([
			[0, 100],
			[1, 102],
			[2, 104],
		]),
	).toBeCloseTo(2);
	expect(
		slope([
			[0, 5],
			[1, 5],
		]),
	).toBe(0);
});

test('a difference has the noise of both, and one by medians that an outlier does not move', () => {
	expect(difference([1, 2, 3], [3, 4, 5])).toEqual({
		more: 2,
		noise: expect.closeTo(Math.sqrt(2 / 3)),
		moreOfMedians: 2,
	});
	expect(difference([1, 1, 1], [1.5, 1.5, 1.5])).toEqual({ more: 0.5, noise: 0, moreOfMedians: 0.5 });
	const outlier = difference([1, 1, 1, 1, 1], [1, 1, 1, 1, 26]);
	expect(outlier).toEqual({ more: 5, noise: expect.closeTo(5), moreOfMedians: 0 });
});
