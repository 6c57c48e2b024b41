import type { LogReader } from '../panes/logs/log-reader.ts';

/** So long, ms, a log is read on before keys are looked at. */
const readSliceMs = 8;

/** Reads on in slices in a log that is not all read, as after a new filter, so that keys are answered meanwhile. */
export class LogReading {
	readonly #reader: Pick<LogReader, 'isDone' | 'advance'>;
	readonly #signal: AbortSignal;
	readonly #onRead: () => void;
	#isReading = false;

	/** `onRead` is called when all is read. */
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
