import fc from 'fast-check';
import { expect, test } from 'vitest';
import { byName, byNumberedName } from '../../../source/model/text/by-name.ts';
import { runs } from '../../random.ts';

const character = fc.constantFrom(...'_-.0019abz');
const plain = fc.string({ unit: character, maxLength: 8 });
const any = fc.oneof(plain, fc.string({ unit: fc.constantFrom(...'aAbé한Ω 1-'), maxLength: 6 }));

test.each([
	[byName, false],
	[byNumberedName, true],
] as const)('%o orders as a collator does', (order, numeric) => {
	const { compare } = new Intl.Collator('en', { numeric });
	fc.assert(
		fc.property(any, any, (a, b) => {
			expect(order(a, b), JSON.stringify([a, b])).toBe(compare(a, b));
		}),
		{ numRuns: runs(5000) },
	);
});

test('numbers in names', () => {
	const names = ['worker-10', 'worker-2', 'worker-02b', 'worker', 'a_1', 'a-1', 'a.1'];
	expect(names.toSorted(byNumberedName)).toEqual([
		'a_1',
		'a-1',
		'a.1',
		'worker',
		'worker-2',
		'worker-02b',
		'worker-10',
	]);
	expect(['worker-10', 'worker-2'].toSorted(byName)).toEqual(['worker-10', 'worker-2']);
});
