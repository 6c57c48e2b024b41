import * as z from 'zod/mini';

export const logChannelSchema = z.enum(['stdout', 'stderr']);
export type LogChannel = z.infer<typeof logChannelSchema>;

/** A line of a log, harmless to show. */
export const logLineSchema = z.object({
	/** The engine's own time stamp, RFC 3339 with nanoseconds, as it was sent; null where there is none. */
	stamp: z.nullable(z.string()),
	/** The same in ms since the epoch. */
	loggedAt: z.nullable(z.number()),
	channel: logChannelSchema,
	text: z.string(),
	/** Set on lines that laketop puts in itself: a gap, a restart, the end of the stream. */
	mark: z.optional(z.literal(true)),
});
export type LogLine = z.infer<typeof logLineSchema>;
