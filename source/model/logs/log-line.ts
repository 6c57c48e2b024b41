import * as z from 'zod/mini';
import { type Message, messageSchema, render } from '../../words/message.ts';

export const logChannelSchema = z.enum(['stdout', 'stderr']);
export type LogChannel = z.infer<typeof logChannelSchema>;

/** A line of a log, safe to show. */
export const logLineSchema = z.object({
	/** The engine's own time stamp, RFC 3339 with nanoseconds, unchanged; null if there is none. */
	stamp: z.nullable(z.string()),
	/** When it was logged, ms since the epoch, with the fraction of the stamp; null if unknown. */
	loggedAt: z.nullable(z.number()),
	channel: logChannelSchema,
	text: z.string(),
	/** Colours of the program's output, if any: see `log-styles.ts`. */
	styles: z.optional(z.array(z.number())),
	/** Set on lines that laketop adds: a gap, a restart, the end of the stream. */
	mark: z.optional(z.literal(true)),
	/** The text of such a line, for the reader's language; `text` has it in English. */
	message: z.optional(messageSchema),
	/** Set on the line that starts a try: the following lines belong to that try. */
	task: z.optional(
		z.object({
			dagId: z.string(),
			dagRunId: z.string(),
			taskId: z.string(),
			mapIndex: z.number(),
			tryNumber: z.number(),
		}),
	),
	/** Set on a last line without a line break: the stream ended, or was cut, within it. */
	unfinished: z.optional(z.literal(true)),
});
export type LogLine = z.infer<typeof logLineSchema>;

/** A line that laketop adds to a log. */
export function markLine(message: Message, at: number): LogLine {
	return { stamp: null, loggedAt: at, channel: 'stdout', text: render(message, 'en'), mark: true, message };
}
