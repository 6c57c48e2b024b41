import { setFlagsFromString } from 'node:v8';
import { flagsAreKnown } from './v8-flags.ts';

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

/**
 * Settings of V8 (`node --v8-options`) for a program that stays open all day beside the user's work: V8's defaults suit
 * servers with much data. Measured on the real stack with Node 24: 130 MB instead of 190.
 *
 * Call it when the code of the screen is loaded. V8 refuses code from Node's compile cache, and cached code of Node's own
 * modules, that was compiled with other flags (`FlagList::Hash`): what is loaded later is compiled again. The flags for
 * undici's parser are therefore set only while it is compiled (patches/undici/parser-as-compiled.ts).
 */
export function keepHeapSmall(): void {
	if (!flagsAreKnown()) return;
	for (const flag of [youngStaysSmall, oldStaysSmall]) setFlagsFromString(flag);
}
