import * as z from 'zod/mini';

/**
 * The numbers of responses that are counted, added up and multiplied: no server holds larger ones, and what a broken one
 * sends would add up to Infinity on the screen.
 */

/** Airflow's columns are integers of 32 bits (airflow-core/src/airflow/models/taskinstance.py). */
const largest = 2 ** 31 - 1;

/** A whole number of 32 bits; null without one, or for anything that is no such number. */
export const optionalCount = z.pipe(
	z.nullish(z.number()),
	z.transform(count => (Number.isInteger(count) && Math.abs(count ?? 0) <= largest ? (count ?? null) : null)),
);

/** How many there are of something; 32 bits at most. */
export const total = z.pipe(
	z.number(),
	z.transform(count => Math.min(largest, Math.max(0, Math.trunc(count)))),
);

/** A duration in seconds, 68 years at most; null without one, or for a longer or negative one. */
export const optionalSeconds = z.pipe(
	z.nullish(z.number()),
	z.transform(seconds => (seconds != null && seconds >= 0 && seconds <= largest ? seconds : null)),
);
