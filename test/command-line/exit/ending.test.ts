import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { endWhereUnread } from '../../../source/command-line/exit/ending.ts';

let exits: number[] = [];
beforeEach(() => {
	vi.useFakeTimers();
	exits = [];
	vi.spyOn(process, 'exit').mockImplementation(code => {
		exits.push(Number(code));
		throw new Error('exit');
	});
});
afterEach(() => {
	vi.useRealTimers();
	vi.restoreAllMocks();
});

/** Whether the process was ended within a second. */
function second(): boolean {
	try {
		vi.advanceTimersByTime(1000);
	} catch {
		return true;
	}
	return false;
}

test('output that nobody reads ends the process after a second', () => {
	const stream = { writableLength: 500 };
	endWhereUnread(143, [stream]);
	// What restores the terminal comes on top.
	stream.writableLength = 700;
	expect([second(), exits]).toEqual([true, [143]]);
});

test('a slow line may take what is left, but not for ever', () => {
	// One chunk, of which libuv writes a part at a time.
	const stream = { writableLength: 90_000, _handle: { writeQueueSize: 90_000 } };
	endWhereUnread(143, [stream]);
	for (let turn = 1; turn < 8; turn++) {
		stream._handle.writeQueueSize -= 10_000;
		expect(second(), String(turn)).toBe(false);
	}
	stream._handle.writeQueueSize -= 10_000;
	expect([second(), exits]).toEqual([true, [143]]);
});

test('a line that stops in between ends it, and one that has taken all does not', () => {
	const stream = { writableLength: 50_000 };
	endWhereUnread(130, [stream]);
	stream.writableLength = 20_000;
	expect(second()).toBe(false);
	expect(second()).toBe(true);
	const done = { writableLength: 0 };
	vi.clearAllTimers();
	endWhereUnread(130, [done]);
	expect([second(), second(), exits]).toEqual([false, false, [130]]);
});
