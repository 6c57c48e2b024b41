/**
 * Answers to questions about images: of the Kitty graphics protocol, the size of a cell (`CSI 6 ; h ; w t`) and device
 * attributes (`CSI ? … c`). None is a key of any keyboard.
 */
const answers = /\u001B_G[^\u001B]{0,200}\u001B\\|\u001B\[6;\d{1,5};\d{1,5}t|\u001B\[\?[\d;]{0,100}c/g;

/** The beginning of an answer at the end of a read; a lone Escape is a key. */
const begun = /\u001B(?:_(?:G[^\u001B]{0,200}\u001B?)?|\[(?:\?[\d;]{0,100}|6;[\d;]{0,10}))$/;

/** A distant terminal may take this long to answer, ms. */
const answerTimeoutMs = 1000;

/** Takes a terminal's answers out of the input, so that they are no keys. Before the first question it does nothing. */
export class TerminalAnswers {
	#hasAsked = false;
	#held = '';
	#heard: ((answer: string) => void) | null = null;

	/** The input without answers. */
	rest(input: string): string {
		if (!this.#hasAsked) return input;
		const whole = this.#held + input;
		this.#held = '';
		let rest = whole.replaceAll(answers, answer => {
			this.#heard?.(answer);
			return '';
		});
		// Only while an answer is awaited: a key is never held back otherwise.
		const start = this.#heard === null ? -1 : rest.search(begun);
		if (start >= 0) {
			this.#held = rest.slice(start);
			rest = rest.slice(0, start);
		}
		return rest;
	}

	/** Writes a question; resolves with the answers so far once they are complete, or after a second. */
	ask(question: string, write: (text: string) => void, isComplete: (answer: string) => boolean): Promise<string> {
		this.#hasAsked = true;
		return new Promise(resolve => {
			let answer = '';
			const done = () => {
				clearTimeout(timer);
				this.#heard = null;
				this.#held = '';
				resolve(answer);
			};
			const timer = setTimeout(done, answerTimeoutMs);
			this.#heard = one => {
				answer += one;
				if (isComplete(answer)) done();
			};
			write(question);
		});
	}
}
