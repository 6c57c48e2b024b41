import { expect, test } from 'vitest';
import { lowestExpected } from '../../source/diagnosis/lowest-expected.ts';

/** Numbers of a normal distribution, the same in each run (Box and Muller; Lehmer's generator of Park and Miller). */
function* normals(): Generator<number, never> {
	let seed = 20_261_130;
	const uniform = () => {
		seed = (seed * 48_271) % 2_147_483_647;
		return seed / 2_147_483_647;
	};
	for (;;) yield Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

test.each([2, 3, 5, 10, 12])(
	'of %i values that vary alike, the next is lower about once in a thousand times',
	count => {
		const numbers = normals();
		const next = () => numbers.next().value;
		const rounds = 20_000;
		let alarms = 0;
		for (let round = 0; round < rounds; round++) {
			const known = Array.from({ length: count }, next);
			if (next() < lowestExpected(known)) alarms++;
		}
		expect(alarms / rounds).toBeLessThan(0.003);
		expect(alarms).toBeGreaterThan(0);
	},
);

test('nothing is expected of one value, and no noise of equal ones', () => {
	expect(lowestExpected([])).toBe(Number.NEGATIVE_INFINITY);
	expect(lowestExpected([0.9])).toBe(Number.NEGATIVE_INFINITY);
	expect(lowestExpected([0.9, 0.9, 0.9])).toBeCloseTo(0.9, 9);
});
