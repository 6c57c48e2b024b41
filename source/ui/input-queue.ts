import type { MouseEvent } from './mouse.ts';

export type InputEvent =
	| { readonly kind: 'key'; readonly key: string }
	| { readonly kind: 'paste'; readonly text: string }
	| { readonly kind: 'mouse'; readonly mouse: MouseEvent };

/** Time, ms, after which signals, answers of servers and the screen get their turn again. */
const sliceMs = 8;
/** A key held down for five minutes. Nobody wants more than that carried out afterwards. */
const queueLimit = 10_000;

/** Keys and pastes in the order in which they came, taken in slices: no amount of them keeps the program from anything else. */
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

	/** The number of the last event that came. */
	get lastArrival(): number {
		return this.#arrivals;
	}

	/** Takes the event at once where none waits. */
	push(event: InputEvent): void {
		if (this.#isClosed) return;
		const arrival = ++this.#arrivals;
		if (this.#events.length - this.#next >= queueLimit) return;
		this.#events.push({ event, arrival });
		if (!this.#isTaking) this.#takeSlice();
	}

	/** Forgets what waits, and takes nothing any more. */
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
