import type { LogReader } from '../panes/logs/log-reader.ts';

/** Longest time between two looks at keys, ms. */
const readSliceMs = 8;

/** Reads the rest of a log in slices, as after a new filter, so that keys are answered meanwhile. */
export class LogReading {
	readonly #reader: Pick<LogReader, 'isDone' | 'advance'>;
	readonly #signal: AbortSignal;
	readonly #onRead: () => void;
	#isReading = false;

	constructor(reader: Pick<LogReader, 'isDone' | 'advance'>, signal: AbortSignal, onRead: () => void) {
		this.#reader = reader;
		this.#signal = signal;
		this.#onRead = onRead;
	}

	readOn(): void {
		if (this.#isReading || this.#reader.isDone) return;
		this.#isReading = true;
		setImmediate(() => {
			this.#isReading = false;
			if (this.#signal.aborted) return;
			this.#reader.advance(readSliceMs);
			if (this.#reader.isDone) this.#onRead();
			else this.readOn();
		});
	}
}
