import { OutOfTime, withinMs } from '../time/time-limit.ts';

/** Time limit of a slice of reading, ms. Only an expression that backtracks without end comes near it. */
const sliceLimitMs = 150;
/** A busy host may stop a fast expression, but hardly this often in a row. */
const maxStops = 5;

/** Distinguishes a slow expression from a busy host, by how often reading with a query was stopped. */
export class SlowQuery {
	#stops = 0;
	#usedMs = 0;

	/**
	 * Reads a slice that should end by itself after `budgetMs`. `stopped`: it did not, on a busy host; `slow`: the query is
	 * to blame. What it has read by then is incomplete.
	 *
	 * @param read returns whether everything is read
	 */
	slice(budgetMs: number, read: () => boolean): 'read' | 'stopped' | 'slow' {
		try {
			withinMs(sliceLimitMs + budgetMs, () => {
				if (read()) this.forget();
			});
			return 'read';
		} catch (error) {
			if (!(error instanceof OutOfTime)) throw error;
			return this.isSlow(error.usedMs - budgetMs) ? 'slow' : 'stopped';
		}
	}

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
