import * as z from 'zod/mini';

/** Somebody knows of a finding: it is listed, but neither counted nor notified. */
export const acknowledgementSchema = z.object({
	/** Id of the finding. */
	findingId: z.string(),
	/** Why, in the user's words; empty where nothing was written. */
	note: z.string(),
	/** Name of the user. */
	by: z.string(),
	/** ms since the epoch. */
	acknowledgedAt: z.number(),
	/** Until when it holds, ms since the epoch; null: until the finding clears. */
	until: z.nullable(z.number()),
});
export type Acknowledgement = z.infer<typeof acknowledgementSchema>;

/** What holds of a finding at this time; undefined where it is not acknowledged, or no longer. */
export function acknowledgementOf(
	all: readonly Acknowledgement[],
	findingId: string,
	now: number,
): Acknowledgement | undefined {
	return all.find(one => one.findingId === findingId && (one.until === null || one.until > now));
}
