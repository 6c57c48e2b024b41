import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chosenSeed, runs, seed } from './random.ts';

test('random input is the same on every run', () => {
	expect(fc.readConfigureGlobal()).toMatchObject({ seed, numRuns: runs(100) });
	const first = fc.sample(fc.double());
	expect(fc.sample(fc.double())).toEqual(first);
	expect(chosenSeed(undefined)).toBe(chosenSeed(''));
});

test('a search chooses its seed, or has a new one', () => {
	expect(chosenSeed('4711')).toBe(4711);
	expect(new Set(Array.from({ length: 20 }, () => chosenSeed('random'))).size).toBeGreaterThan(10);
	expect(() => chosenSeed('randm')).toThrow('FUZZ_SEED is no whole number: "randm"');
	expect(() => chosenSeed('9999999999')).toThrow('FUZZ_SEED');
});
