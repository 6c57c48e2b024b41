import { expect, test } from 'vitest';
import { Busyness } from '../../source/terminal/optimizer.ts';

/** What is decided every two seconds, where the process takes these shares of a core. */
function decisions(...shares: readonly number[]): boolean[] {
	const busyness = new Busyness();
	let cpuMs = 0;
	return [0, ...shares].map((share, index) => {
		cpuMs += share * 2000;
		return busyness.see(index * 2000, cpuMs);
	});
}

const times = <Value>(count: number, value: Value): Value[] => Array.from({ length: count }, () => value);
const start = times(5, 0.9);

test('the work of the start, and a page that is opened, are not optimized', () => {
	expect(decisions(...start, 0.9, 0.02, 0.5, 0.02, 0.02)).toEqual(times(11, false));
});

test('work that goes on is optimized until it has been calm for a minute', () => {
	const taken = decisions(...start, 0.5, 0.5, ...times(35, 0.01));
	expect(taken.indexOf(true)).toBe(7);
	expect(taken.lastIndexOf(true)).toBe(37);
});

test('work between the two limits does not start it, and does not end it', () => {
	expect(decisions(...start, ...times(40, 0.07))).not.toContain(true);
	expect(decisions(...start, 0.5, 0.5, ...times(60, 0.07)).lastIndexOf(false)).toBe(6);
});

test('a key starts it at once, also in the first seconds', () => {
	const busyness = new Busyness();
	expect(busyness.see(0, 0)).toBe(false);
	busyness.expect(1000);
	expect(busyness.see(2000, 20)).toBe(true);
	expect(busyness.see(60_000, 600)).toBe(true);
	expect(busyness.see(62_000, 620)).toBe(false);
});
