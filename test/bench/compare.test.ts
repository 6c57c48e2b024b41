import { expect, test } from 'vitest';
import { parseArguments } from '../../bench/arguments.ts';
import { compare, comparison, moved } from '../../bench/compare.ts';

test('a figure moved where the medians differ and the rounds agree', () => {
	expect(compare([100, 102, 98, 101, 99], [70, 71, 69, 72, 68])).toEqual({ ratio: 0.7, verdict: 'lower' });
	expect(compare([10, 10, 10, 10, 10], [13, 13, 9, 13, 13])).toEqual({ ratio: 1.3, verdict: 'higher' });
	expect(compare([100, 101, 99], [102, 103, 100])).toMatchObject({ verdict: 'equal' });
	expect(compare([10, 30, 10, 30, 20], [20, 10, 30, 10, 30]).verdict).toBe('equal');
	expect(compare([10, 30, 10, 30, 20], [25, 10, 30, 25, 30]).verdict).toBe('unclear');
	expect(compare([0, 0, 0], [0, 0, 0]).verdict).toBe('equal');
	expect(compare([], []).verdict).toBe('unclear');
});

test('a round without a value of one build is left out, and what moved much is marked', () => {
	const text = comparison('keys', [
		{ older: { key: [10, 12, 11] }, newer: { key: [5, 6, 7] } },
		{ older: { key: [null] }, newer: { key: [900] } },
		{ older: { key: [12] }, newer: { key: [6] } },
	]);
	expect(text.split('\n').at(-1)).toBe('| key | 11.5 | 6 | 0.522 | lower * |');
});

test('what moved by more than a fifth is told, unless only other work on the machine says so', () => {
	const rounds = (older: readonly number[], newer: readonly number[]) =>
		older.map((value, round) => ({ older: { ms: [value] }, newer: { ms: [newer[round] ?? null] } }));
	expect(moved(rounds([100, 110, 105, 120, 100], [130, 150, 135, 160, 131]))).toEqual(['ms: 105 → 135 (× 1.29)']);
	expect(moved(rounds([100, 100, 100], [70, 72, 71]))).toEqual(['ms: 100 → 71 (× 0.71)']);
	expect(moved(rounds([100, 110, 105, 120, 100], [110, 120, 115, 130, 110]))).toEqual([]);
	// One round of the newer build without load beside it is as fast as those of the older one.
	expect(moved(rounds([100, 110, 105, 120, 104], [190, 180, 175, 101, 300]))).toEqual([]);
	expect(moved([])).toEqual([]);
});

test('compare wants two folders, and has scenarios of its own', () => {
	const known = ['start', 'rest-20', 'keys', 'soak'];
	expect(parseArguments(['compare', 'a', 'b', '--runs', '3'], known)).toMatchObject({
		compared: { older: 'a', newer: 'b' },
		scenarios: ['start', 'rest-20', 'keys'],
		runs: 3,
	});
	expect(parseArguments(['compare', 'a', 'b', 'soak'], known).scenarios).toEqual(['soak']);
	expect(parseArguments(['start'], known).compared).toBeNull();
	expect(parseArguments(['previous', '--runs', '2'], known)).toMatchObject({
		compared: 'previous',
		scenarios: ['embedded', 'embedded-rest'],
		runs: 2,
	});
	expect(parseArguments(['previous', 'keys'], known).scenarios).toEqual(['keys']);
	expect(() => parseArguments(['previous', '--only', 'ctop'], known)).toThrow(/--only/);
	expect(() => parseArguments(['compare', 'a'], known)).toThrow(/compare OLD NEW/);
	expect(() => parseArguments(['compare', 'a', 'b', '--only', 'ctop'], known)).toThrow(/--only/);
});
