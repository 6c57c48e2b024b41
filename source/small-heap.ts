import { setFlagsFromString } from 'node:v8';

/** undici's HTTP parser is one function of WebAssembly: to optimise it takes 25 MB at once, which the C library keeps. */
const fromTheStart = ['--no-wasm-tier-up', '--no-wasm-dynamic-tiering'];

/**
 * What was just made is kept in what it takes to load the program, not in the 64 MB that V8 lets it grow to, and in 2 MB
 * after the first collection of the whole heap: most of it is a frame, and gone with the next one. In 2 MB from the
 * start on, the first screen would come a third later.
 */
const youngStaysSmall = '--semi-space-growth-factor=1';

/**
 * The whole heap is collected when it is by so much larger than what lived last time, %. V8 lets it grow to the fourfold
 * while it is busy: under a log that never stops, of which each line dies when it is old, that was 190 MB instead of 100,
 * for one percent of a core less.
 */
const oldStaysSmall = '--heap-growing-percent=40';
const loadedAfterMs = 100;

/** V8 that has these flags, by Node's major version: another one would complain on the screen about what it does not know. */
const tried = ['22', '24', '26'];

/**
 * Settings of V8 (`node --v8-options`) for a program that is left open all day beside the work itself: V8 reckons with
 * servers that have much to remember. Measured on the real stack with Node 24: 130 MB instead of 190.
 */
export function keepHeapSmall(): void {
	if (!tried.includes(process.versions.node.split('.')[0] ?? '')) return;
	for (const flag of fromTheStart) setFlagsFromString(flag);
	setTimeout(() => {
		for (const flag of [youngStaysSmall, oldStaysSmall]) setFlagsFromString(flag);
	}, loadedAfterMs).unref();
}
