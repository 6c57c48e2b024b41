import * as z from 'zod/mini';
import { messageSchema } from '../words/message.ts';

/** The user acknowledges a finding: it is listed, but neither counted nor notified. */
export const acknowledgementSchema = z.object({
	/** Id of the finding. */
	findingId: z.string(),
	/** The reason, in the user's words; may be empty. */
	note: z.string(),
	/** Name of the user. */
	by: z.string(),
	/** ms since the epoch. */
	acknowledgedAt: z.number(),
	/** When it expires, ms since the epoch; null: when the finding clears. */
	until: z.nullable(z.number()),
});
export type Acknowledgement = z.infer<typeof acknowledgementSchema>;

/**
 * Why acknowledgements were not read or not saved.
 * - not a file, others may write, other owner, too large, unreadable: the whole file is ignored
 * - garbled: some lines were skipped, the others count
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
	/** Path of the file or its lock; empty for other problems. */
	path: z.string(),
	/** Number of garbled lines; 0 for other problems. */
	lines: z.number(),
	/** Error message of the operating system; empty if there is none. */
	detail: z.nullable(messageSchema),
});
export type AcknowledgementsProblem = z.infer<typeof acknowledgementsProblemSchema>;

export function acknowledgementsProblem(
	code: AcknowledgementsProblem['code'],
	{ path = '', lines = 0, detail = null }: Partial<Omit<AcknowledgementsProblem, 'code'>> = {},
): AcknowledgementsProblem {
	return { code, path, lines, detail };
}

/** The acknowledgement of a finding that is valid at this time, or undefined. */
export function acknowledgementOf(
	all: readonly Acknowledgement[],
	findingId: string,
	now: number,
): Acknowledgement | undefined {
	return all.find(one => one.findingId === findingId && (one.until === null || one.until > now));
}
