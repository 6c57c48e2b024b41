/** The clock of the pictures: it starts at the same moment each time. */

/** The afternoon of the samples in the documentation. */
export const beginsAt = Date.UTC(2026, 10, 24, 14, 3, 21);

/**
 * Ms since the epoch, only from the monotonic clock: the host's date is never read.
 * @param startedAt of `performance.now()`
 * @param stopMs the clock stands still from then on
 */
export function fixedClock(startedAt: number, stopMs = Number.POSITIVE_INFINITY): () => number {
	return () => Math.floor(beginsAt + Math.min(performance.now() - startedAt, stopMs));
}
