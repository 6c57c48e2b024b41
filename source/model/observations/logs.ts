import * as z from 'zod/mini';
import { messageSchema } from '../../words/message.ts';
import { logLineSchema } from '../logs/log-line.ts';
import { failureKinds } from '../source.ts';
import { at } from './times.ts';

/** Lines of logs, and how they are read. */
export const logObservations = [
	/** Lines go to the ring buffers beside the state (`log-store.ts`); the reducer ignores them. */
	z.object({ ...at, type: z.literal('log lines'), stream: z.string(), lines: z.readonly(z.array(logLineSchema)) }),
	/** The lines of a log are dropped: it is read again, or (forgotten) was closed long ago. */
	z.object({ ...at, type: z.literal('log cleared'), stream: z.string(), forgotten: z.boolean() }),
	/** The first error of a burst in a log: for the timeline, not for the log itself. */
	z.object({
		...at,
		type: z.literal('log errors'),
		stream: z.string(),
		/** The display name of the log's source. */
		subject: z.string(),
		container: z.nullable(z.string()),
		loggedAt: z.number(),
		text: z.string(),
		/** Number of further errors. */
		more: z.number(),
	}),
	z.object({
		...at,
		type: z.literal('log stream'),
		/** The stream's key, see `containerStream`. */
		stream: z.string(),
		status: z.enum(['connecting', 'following', 'ended', 'failed']),
		/** Where the lines of a task come from. */
		via: z.optional(z.enum(['file', 'api'])),
		/** A note for the reader, one line; null if there is none. */
		note: z.nullable(messageSchema),
		/** What to do about it, one line. */
		fix: z.optional(z.nullable(messageSchema)),
		/** Why it failed. */
		kind: z.optional(z.enum(failureKinds)),
	}),
] as const;
