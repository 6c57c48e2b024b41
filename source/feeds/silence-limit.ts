/** Calls back when the next of a sequence is waited for longer than so many ms. Time in which nobody waits is none. */
export class SilenceLimit {
	readonly #ms: number;
	readonly #tooLong: () => void;

	constructor(ms: number, tooLong: () => void) {
		this.#ms = ms;
		this.#tooLong = tooLong;
	}

	async *over<Item>(items: AsyncGenerator<Item>): AsyncGenerator<Item> {
		try {
			for (;;) {
				const timer = setTimeout(this.#tooLong, this.#ms);
				const next = await items.next().finally(() => clearTimeout(timer));
				if (next.done) return;
				yield next.value;
			}
		} finally {
			await items.return(undefined);
		}
	}
}
