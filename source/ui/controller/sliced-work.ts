/** Longest time between two looks at keys, ms. */
const sliceMs = 8;

/** Work that may take long: reading the rest of a log, as after a new filter, or laying out a large graph. */
export type Work = { readonly isDone: boolean; advance(ms: number): void };

/** Does it in slices, so that keys are answered meanwhile. */
export class SlicedWork {
	readonly #work: Work;
	readonly #signal: AbortSignal;
	readonly #onDone: () => void;
	#isWorking = false;

	constructor(work: Work, signal: AbortSignal, onDone: () => void) {
		this.#work = work;
		this.#signal = signal;
		this.#onDone = onDone;
	}

	goOn(): void {
		if (this.#isWorking || this.#work.isDone) return;
		this.#isWorking = true;
		setImmediate(() => {
			this.#isWorking = false;
			if (this.#signal.aborted) return;
			this.#work.advance(sliceMs);
			if (this.#work.isDone) this.#onDone();
			else this.goOn();
		});
	}
}
