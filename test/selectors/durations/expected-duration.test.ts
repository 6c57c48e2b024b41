import { describe, expect, test } from 'vitest';
import { expectation, factorOf, type Sample } from '../../../source/selectors/durations/expected-duration.ts';

const second = 1000;
const expectedMs = (samples: readonly Sample[], conf: Sample['conf']) => expectation(samples, conf)?.ms ?? null;
const sample = (ms: number, conf: Sample['conf'] = {}): Sample => ({ ms, conf });

describe('the duration to expect', () => {
	test('is the median where the conf says nothing', () => {
		expect(expectedMs([], {})).toBeNull();
		expect(expectedMs([sample(10), sample(30), sample(20)], {})).toBe(20);
		expect(expectedMs([sample(10, { pace: 1 }), sample(30, { pace: 1 })], { pace: 9 })).toBe(20);
	});

	test('follows a number of the conf that it has followed so far, also beyond what was seen', () => {
		const samples = [3, 9, 5, 12, 7].map(pace => sample(2000 + pace * second, { pace, seed: (pace * 7919) % 100 }));
		expect(expectedMs(samples, { pace: 2, seed: 5 })).toBeCloseTo(4000);
		expect(expectedMs(samples, { pace: 30, seed: 99 })).toBeCloseTo(32_000);
	});

	test('follows two numbers', () => {
		const pairs = [
			[3, 20],
			[9, 5],
			[5, 150],
			[12, 1],
			[2, 300],
			[7, 60],
			[4, 200],
			[10, 100],
		] as const;
		const confs = pairs.map(([pace, rows]) => ({ pace, rows }));
		const took = ({ pace, rows }: { pace: number; rows: number }) => 1000 + pace * second + rows * 50;
		const samples = confs.map(conf => sample(took(conf), conf));
		for (const conf of [
			{ pace: 6, rows: 250 },
			{ pace: 8, rows: 10 },
		])
			expect(Math.abs((expectedMs(samples, conf) ?? 0) - took(conf))).toBeLessThan(took(conf) * 0.05);
	});

	test('is not bent by a run that hung, nor by numbers that explain nothing', () => {
		const samples = [3, 9, 5, 12, 7, 4].map(pace => sample(pace * second, { pace }));
		expect(expectedMs([...samples, sample(3_600_000, { pace: 6 })], { pace: 8 })).toBeCloseTo(8000, -3);
		const noise = [10_400, 9100, 10_900, 9500, 10_100, 9800, 11_000, 9300];
		const seeds = [4, 1, 9, 16, 25, 36, 49, 64];
		const taken = noise.map((ms, index) => sample(ms, { seed: seeds[index] ?? 0 }));
		expect(Math.abs((expectedMs(taken, { seed: 1_000_000 }) ?? 0) - 10_000)).toBeLessThan(1000);
	});

	test('is never negative, and needs the number in all of them', () => {
		const samples = [6, 8, 10, 12].map(pace => sample((pace - 5) * second, { pace }));
		expect(expectedMs(samples, { pace: 1 })).toBe(0);
		expect(expectedMs([...samples, sample(4000)], { pace: 1 })).toBe(4000);
	});

	test('says how far off it is', () => {
		const paced = [3, 9, 5, 12, 7].map(pace => sample(2000 + pace * second, { pace }));
		expect(expectation(paced, { pace: 2 })?.errorMs).toBeCloseTo(0);
		const varied = [8, 12, 9, 11, 10].map(each => sample(each * second));
		const errorMs = expectation(varied, {})?.errorMs ?? 0;
		expect(errorMs).toBeGreaterThan(500);
		expect(errorMs).toBeLessThan(2500);
	});

	test('of a switch', () => {
		const samples = [0, 1, 0, 0, 1, 0].map(full => sample(full === 1 ? 60_000 : 10_000, { full }));
		expect(expectedMs(samples, { full: 1 })).toBeCloseTo(60_000);
		expect(expectedMs(samples, { full: 0 })).toBeCloseTo(10_000);
	});
});

describe('how much longer than expected the tasks of a run take', () => {
	const took = (...ratios: number[]) => ratios.map(ratio => ({ expectedMs: 60_000, ms: 60_000 * ratio }));

	test('one alone may be a chance, several are not', () => {
		expect(factorOf([])).toBe(1);
		expect(factorOf(took(2))).toBeCloseTo(1.5, 1);
		expect(factorOf(took(2, 2))).toBeCloseTo(2, 1);
		expect(factorOf(took(0.5, 0.5, 0.5))).toBeCloseTo(0.5, 1);
		expect(factorOf(took(1, 1, 50))).toBe(1);
	});

	test('short tasks say nothing about long ones, and nothing is beyond all measure', () => {
		expect(factorOf([...took(1), { expectedMs: 20, ms: 400 }, { expectedMs: 20, ms: 400 }])).toBeCloseTo(1, 1);
		expect(factorOf(took(100, 100, 100))).toBe(5);
	});
});
