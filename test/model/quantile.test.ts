import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quantile } from '../../source/model/quantile.ts';

test('the values that numpy.percentile gives', () => {
	expect(quantile([], 0.5)).toBeNull();
	expect(quantile([7], 0.9)).toBe(7);
	expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
	// numpy.percentile([15, 20, 35, 40, 50], [40, 90]) = [29, 46]
	expect(quantile([50, 15, 40, 20, 35], 0.4)).toBeCloseTo(29);
	expect(quantile([50, 15, 40, 20, 35], 0.9)).toBeCloseTo(46);
});

test('property: it lies between the extremes, and grows with the share', () => {
	const values = fc.array(fc.integer({ min: 0, max: 1e9 }), { minLength: 1, maxLength: 60 });
	const share = fc.double({ min: 0, max: 1, noNaN: true });
	fc.assert(
		fc.property(values, share, share, (all, one, other) => {
			const [low, high] = [Math.min(one, other), Math.max(one, other)].map(at => quantile(all, at) ?? Number.NaN);
			expect(low).toBeGreaterThanOrEqual(Math.min(...all));
			expect(high).toBeLessThanOrEqual(Math.max(...all));
			expect(low).toBeLessThanOrEqual((high ?? 0) + 1e-6);
			expect(quantile(all, 1)).toBe(Math.max(...all));
		}),
	);
});
