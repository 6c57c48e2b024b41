import * as z from 'zod/mini';
import { type Message, messageSchema, render } from '../words/message.ts';

export const logChannelSchema = z.enum(['stdout', 'stderr']);
export type LogChannel = z.infer<typeof logChannelSchema>;

/** A line of a log, harmless to show. */
export const logLineSchema = z.object({
	/** The engine's own time stamp, RFC 3339 with nanoseconds, as it was sent; null where there is none. */
	stamp: z.nullable(z.string()),
	/** When it was logged, ms since the epoch, with the fraction that the stamp has; null where nothing tells. */
	loggedAt: z.nullable(z.number()),
	channel: logChannelSchema,
	text: z.string(),
	/** The colours that the line came with, where it had any: see `log-styles.ts`. */
	styles: z.optional(z.array(z.number())),
	/** Set on lines that laketop puts in itself: a gap, a restart, the end of the stream. */
	mark: z.optional(z.literal(true)),
	/** What a mark says, for the language of the reader; `text` has it in English. */
	message: z.optional(messageSchema),
	/** Set on the mark with which the log of a task's try begins: what follows is of that try. */
	task: z.optional(
		z.object({
			dagId: z.string(),
			dagRunId: z.string(),
			taskId: z.string(),
			mapIndex: z.number(),
			tryNumber: z.number(),
		}),
	),
	/** Set on a last line whose line break has not been seen: the stream ended, or was cut, within it. */
	unfinished: z.optional(z.literal(true)),
});
export type LogLine = z.infer<typeof logLineSchema>;

/** A line that laketop adds to a log. */
export function markLine(message: Message, at: number): LogLine {
	return { stamp: null, loggedAt: at, channel: 'stdout', text: render(message, 'en'), mark: true, message };
}
