/** Time limit of a slice of reading, ms. Only an expression that backtracks without end comes near it. */
export const sliceLimitMs = 150;
/** A busy host may stop a fast expression, but hardly this often in a row. */
const maxStops = 5;

/** Distinguishes a slow expression from a busy host, by how often reading with a query was stopped. */
export class SlowQuery {
	#stops = 0;
	#usedMs = 0;

	/**
	 * Notes that a slice was stopped. Returns whether the query is to blame.
	 *
	 * @param excessMs CPU time beyond that after which the slice should have ended by itself, ms
	 */
	isSlow(excessMs: number): boolean {
		this.#stops++;
		this.#usedMs += Math.max(0, excessMs);
		return this.#usedMs >= sliceLimitMs / 2 || this.#stops === maxStops;
	}

	forget(): void {
		this.#stops = 0;
		this.#usedMs = 0;
	}
}
