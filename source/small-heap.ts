import { setFlagsFromString } from 'node:v8';

/** undici's HTTP parser is one WebAssembly function: optimising it takes 25 MB at once, which the C library keeps. */
const fromTheStart = ['--no-wasm-tier-up', '--no-wasm-dynamic-tiering'];

/**
 * Limits new objects to the memory that loading the program takes, instead of 64 MB, and to 2 MB after the first
 * collection of the whole heap: most of them belong to a frame, and die with the next one. With 2 MB from the start,
 * the first screen would take a third longer.
 */
const youngStaysSmall = '--semi-space-growth-factor=1';

/**
 * Growth since the last collection after which the whole heap is collected again, %. By default V8 lets a busy heap
 * grow to four times its size: under an endless log, whose lines die old, that was 190 MB instead of 100, for one
 * percent of a core less.
 */
const oldStaysSmall = '--heap-growing-percent=40';
const loadedAfterMs = 100;

/**
 * Major versions of Node whose V8 has these flags: another one would print errors about unknown flags on the screen.
 */
const tried = ['22', '24', '26'];

/**
 * Settings of V8 (`node --v8-options`) for a program that stays open all day beside the user's work: V8's defaults suit
 * servers with much data. Measured on the real stack with Node 24: 130 MB instead of 190.
 */
export function keepHeapSmall(): void {
	if (!tried.includes(process.versions.node.split('.')[0] ?? '')) return;
	for (const flag of fromTheStart) setFlagsFromString(flag);
	setTimeout(() => {
		for (const flag of [youngStaysSmall, oldStaysSmall]) setFlagsFromString(flag);
	}, loadedAfterMs).unref();
}
