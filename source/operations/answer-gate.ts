/**
 * A key is an answer only if the question could be read before it was pressed. People need 250 ms and more to react to
 * what they see, and type prepared keys 60 to 200 ms apart: what comes sooner was meant for the screen of before.
 */
export const readingMs = 300;

export type AnswerGateOptions = {
	/** Resolves when the terminal has taken all that was drawn. */
	readonly drawn: () => Promise<void>;
	readonly sleep: (ms: number) => Promise<void>;
	/** The number of the last key that arrived. */
	readonly lastArrival: () => number;
	/** Called when the question on the screen may be answered from now on. */
	readonly onOpen: () => void;
};

/** Knows whether the question on the screen has been there long enough to be answered. */
export class AnswerGate {
	readonly #options: AnswerGateOptions;
	#question: object | null = null;
	/** Counts how often something was asked: what waits for an earlier time opens nothing. */
	#time = 0;
	/** Keys that arrived up to this one are no answers; null: no key is yet. */
	#openedAt: number | null = null;

	constructor(options: AnswerGateOptions) {
		this.#options = options;
	}

	/** Takes the question that was drawn, or null for none. */
	asked(question: object | null): void {
		if (question === this.#question) return;
		this.#question = question;
		this.#openedAt = null;
		if (question !== null) void this.#open(++this.#time);
	}

	/** The screen is drawn anew: the question has to be read again, from the next time on that it is drawn. */
	askAgain(): void {
		this.#question = null;
		this.#openedAt = null;
	}

	/** Whether a key answers that question; `arrival` is the key's number. Without a key: whether one pressed now would. */
	isOpen(question: object, arrival = Number.POSITIVE_INFINITY): boolean {
		return question === this.#question && this.#openedAt !== null && arrival > this.#openedAt;
	}

	async #open(time: number): Promise<void> {
		await this.#options.drawn();
		await this.#options.sleep(readingMs);
		// Keys that came while the program was busy are read first: timers come before input in a turn of Node's loop.
		await new Promise(resolve => setImmediate(resolve));
		if (time !== this.#time || this.#question === null) return;
		this.#openedAt = this.#options.lastArrival();
		this.#options.onOpen();
	}
}
