import type { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * After this time of reading without a pause, ms, other work gets its turn: a key press must not wait for a busy log.
 */
const turnMs = 8;

/**
 * The bytes of a stream in pieces of any size, read no faster than the caller takes them, with pauses for other work.
 * Ends with the stream; throws its error, also if it broke silently.
 */
export async function* readChunks(stream: Readable): AsyncGenerator<Buffer> {
	let wake: (() => void) | null = null;
	let failure: Error | null = null;
	let isOver = false;
	const go = () => wake?.();
	const fail = (error: Error) => {
		failure = error;
		go();
	};
	const end = () => {
		isOver = true;
		go();
	};
	const close = () => {
		if (!isOver) failure ??= Object.assign(new Error('the connection was closed'), { code: 'ECONNRESET' });
		go();
	};
	stream.on('readable', go).on('error', fail).on('end', end).on('close', close);
	let turnBeganAt = performance.now();
	try {
		for (;;) {
			const chunk: unknown = stream.read();
			if (chunk !== null) {
				yield Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
				if (performance.now() - turnBeganAt > turnMs) {
					await nextTurn();
					turnBeganAt = performance.now();
				}
				continue;
			}
			if (failure) throw failure;
			if (isOver) return;
			await new Promise<void>(resolve => {
				wake = resolve;
			});
			wake = null;
			turnBeganAt = performance.now();
		}
	} finally {
		stream.off('readable', go).off('error', fail).off('end', end).off('close', close);
		// After the reader has stopped, later errors do not matter.
		stream.on('error', () => undefined);
		stream.destroy();
	}
}
