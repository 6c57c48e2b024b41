import type { MouseEvent } from './mouse.ts';

export type InputEvent =
	| { readonly kind: 'key'; readonly key: string }
	| { readonly kind: 'paste'; readonly text: string }
	| { readonly kind: 'mouse'; readonly mouse: MouseEvent };

/** Time, ms, after which signals, responses and drawing get their turn. */
const sliceMs = 8;
/** As many as a key held down for five minutes: nobody wants more to be carried out. */
const queueLimit = 10_000;

/**
 * Keys and pastes in order of arrival, handled in slices, so that any number of them leaves time for the rest of the
 * program.
 */
export class InputQueue {
	readonly #take: (event: InputEvent, arrival: number) => void;
	#events: { readonly event: InputEvent; readonly arrival: number }[] = [];
	#next = 0;
	#isTaking = false;
	#arrivals = 0;
	#isClosed = false;

	constructor(take: (event: InputEvent, arrival: number) => void) {
		this.#take = take;
	}

	/** The number of the last event. */
	get lastArrival(): number {
		return this.#arrivals;
	}

	/** Handles the event at once if none is waiting. */
	push(event: InputEvent): void {
		if (this.#isClosed) return;
		const arrival = ++this.#arrivals;
		if (this.#events.length - this.#next >= queueLimit) return;
		this.#events.push({ event, arrival });
		if (!this.#isTaking) this.#takeSlice();
	}

	/** Drops waiting events and accepts no more. */
	close(): void {
		this.#isClosed = true;
		this.#events = [];
		this.#next = 0;
	}

	#takeSlice(): void {
		const end = performance.now() + sliceMs;
		this.#isTaking = true;
		try {
			for (let one = this.#events[this.#next]; one; one = this.#events[this.#next]) {
				this.#next++;
				this.#take(one.event, one.arrival);
				if (performance.now() >= end) break;
			}
		} finally {
			if (this.#next >= this.#events.length) {
				this.#events = [];
				this.#next = 0;
				this.#isTaking = false;
			} else setImmediate(() => this.#takeSlice());
		}
	}
}
