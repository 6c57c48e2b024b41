/**
 * A key answers a question only if the question could be read before the key was pressed. People need at least 250 ms
 * to react, and type a prepared sequence at 60 to 200 ms a key: an earlier key was meant for the previous screen.
 */
export const readingMs = 300;

export type AnswerGateOptions = {
	/** Resolves when the terminal has received all output. */
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
	/** Counts the questions, so that a wait for an earlier question opens nothing. */
	#time = 0;
	/** Number of the last key that is no answer; null: no key is an answer yet. */
	#openedAt: number | null = null;

	constructor(options: AnswerGateOptions) {
		this.#options = options;
	}

	/** Takes the drawn question, or null for none. */
	asked(question: object | null): void {
		if (question === this.#question) return;
		this.#question = question;
		this.#openedAt = null;
		if (question !== null) void this.#open(++this.#time);
	}

	/** The screen is drawn again: the question has to be read again, starting from that drawing. */
	askAgain(): void {
		this.#question = null;
		this.#openedAt = null;
	}

	/**
	 * Whether a key answers that question; `arrival` is the key's number. Without a number: whether a key pressed now
	 * would.
	 */
	isOpen(question: object, arrival = Number.POSITIVE_INFINITY): boolean {
		return question === this.#question && this.#openedAt !== null && arrival > this.#openedAt;
	}

	async #open(time: number): Promise<void> {
		await this.#options.drawn();
		await this.#options.sleep(readingMs);
		// Keys that arrived while the program was busy are read first: in a turn of Node's loop timers precede input.
		await new Promise(resolve => setImmediate(resolve));
		if (time !== this.#time || this.#question === null) return;
		this.#openedAt = this.#options.lastArrival();
		this.#options.onOpen();
	}
}
