import * as z from 'zod/mini';
import { messageSchema } from '../../words/message.ts';
import { at } from './times.ts';

/** Changes that the user made. */
export const actionObservations = [
	z.object({
		...at,
		type: z.literal('action started'),
		id: z.string(),
		actionId: z.string(),
		/** A verb and its object, for display: `restart airflow-worker`. */
		title: messageSchema,
		/** The targets; left out in recordings of earlier versions. */
		targets: z.optional(z.array(z.string())),
	}),
	/** A line of progress of a running action. */
	z.object({ ...at, type: z.literal('action progress'), id: z.string(), line: messageSchema }),
	z.object({
		...at,
		type: z.literal('action finished'),
		id: z.string(),
		/** unknown: the response was lost, so it may or may not have happened. */
		outcome: z.enum(['done', 'failed', 'unknown']),
		message: messageSchema,
	}),
] as const;
