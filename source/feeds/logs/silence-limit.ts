/**
 * Calls back when a consumer waits longer than this time, ms, for the next item. Time in which nobody waits does not
 * count.
 */
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
