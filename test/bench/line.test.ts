import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Line } from '../../bench/line.ts';

beforeEach(() => {
	vi.useFakeTimers();
});
afterEach(() => {
	vi.useRealTimers();
});

/** A line of 1,000 bytes a second that takes 200 ms in each direction and holds 2,000 bytes. */
function made() {
	const arrived: { at: number; bytes: number }[] = [];
	const full: { at: number; isFull: boolean }[] = [];
	const begun = performance.now();
	const at = () => Math.round(performance.now() - begun);
	const line = new Line(
		{ bytesASecond: 1000, roundTripMs: 400, bufferBytes: 2000 },
		{
			deliver: data => arrived.push({ at: at(), bytes: data.length }),
			setFull: isFull => full.push({ at: at(), isFull }),
		},
	);
	return { line, arrived, full, at };
}

test('bytes arrive at the rate of the line, after its delay, in order', () => {
	const { line, arrived } = made();
	line.send(Buffer.alloc(1200));
	line.send(Buffer.alloc(100));
	vi.advanceTimersByTime(5000);
	expect(arrived).toEqual([
		{ at: 700, bytes: 500 },
		{ at: 1200, bytes: 500 },
		{ at: 1500, bytes: 300 },
	]);
	line.send(Buffer.alloc(10));
	vi.advanceTimersByTime(5000);
	expect(arrived.at(-1)).toEqual({ at: 5210, bytes: 10 });
});

test('a full line lets the program wait until packets have left', () => {
	const { line, full } = made();
	line.send(Buffer.alloc(1999));
	expect(full).toEqual([]);
	line.send(Buffer.alloc(1));
	expect(full).toEqual([{ at: 0, isFull: true }]);
	vi.advanceTimersByTime(5000);
	expect(full).toEqual([
		{ at: 0, isFull: true },
		{ at: 500, isFull: false },
	]);
});

test('keys take the delay in the other direction, beside what is on its way', () => {
	const { line, at } = made();
	line.send(Buffer.alloc(1900));
	const arrived: number[] = [];
	line.sendBack(() => arrived.push(at()));
	vi.advanceTimersByTime(5000);
	expect(arrived).toEqual([200]);
});
