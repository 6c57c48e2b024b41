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

/**
 * Why acknowledgements were not read or not saved.
 * - not a file, others may write, other owner, too large, unreadable: nothing of the file is believed
 * - garbled: lines of it were skipped, the others count
 * - locked, not written, name too long, no stack: one was not saved
 */
export const acknowledgementsProblems = [
	'not a file',
	'others may write',
	'other owner',
	'too large',
	'unreadable',
	'garbled',
	'locked',
	'not written',
	'name too long',
	'no stack',
] as const;
export const acknowledgementsProblemSchema = z.object({
	code: z.enum(acknowledgementsProblems),
	/** The file, or its lock; empty where it is about none. */
	path: z.string(),
	/** How many lines are garbled; 0 where it is about none. */
	lines: z.number(),
	/** The words of the operating system; empty where there are none. */
	detail: z.string(),
});
export type AcknowledgementsProblem = z.infer<typeof acknowledgementsProblemSchema>;

export function acknowledgementsProblem(
	code: AcknowledgementsProblem['code'],
	{ path = '', lines = 0, detail = '' }: Partial<Omit<AcknowledgementsProblem, 'code'>> = {},
): AcknowledgementsProblem {
	return { code, path, lines, detail };
}

/** What holds of a finding at this time; undefined where it is not acknowledged, or no longer. */
export function acknowledgementOf(
	all: readonly Acknowledgement[],
	findingId: string,
	now: number,
): Acknowledgement | undefined {
	return all.find(one => one.findingId === findingId && (one.until === null || one.until > now));
}
