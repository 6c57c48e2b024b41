import type { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** After so many ms of reading without a pause others get their turn: a key press must not wait for a firehose. */
const turnMs = 8;

/**
 * The bytes of a stream in pieces as large as have arrived, read as fast as the caller takes them and no faster, with
 * pauses for others in between. Ends with the stream; throws what broke it, also where it was cut without a word.
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
		// Whoever stops reading has no use for the rest; what it still says of that is nobody's concern.
		stream.on('error', () => undefined);
		stream.destroy();
	}
}
