import * as z from 'zod/mini';
import { messageSchema } from '../../words/message.ts';
import { cutListSchema } from '../cut-list.ts';
import { sshStatusSchema } from '../engine/ssh-state.ts';
import { failureCodes, failureSchema, feedNameSchema, sourceNameSchema } from '../source.ts';
import { stackSchema } from '../stack/discovery.ts';
import { endpointSchema } from '../stack/endpoint.ts';
import { at } from './times.ts';

/** What is known of the sources themselves: connections, feeds, web pages. */
export const sourceObservations = [
	z.object({
		...at,
		type: z.literal('source connected'),
		source: sourceNameSchema,
		version: z.string(),
		address: z.string(),
		/** Of the engine: it offers no events, and is polled. */
		withoutEvents: z.optional(z.literal(true)),
	}),
	z.object({ ...at, type: z.literal('feed live'), feed: feedNameSchema }),
	z.object({
		...at,
		type: z.literal('feed failed'),
		feed: feedNameSchema,
		failure: failureSchema,
		/** Time of the next retry, ms since the epoch. */
		retryAt: z.number(),
	}),
	z.object({ ...at, ...sshStatusSchema.shape, type: z.literal('ssh changed') }),
	z.object({ ...at, ...stackSchema.shape, type: z.literal('stack discovered'), endpoints: z.array(endpointSchema) }),
	z.object({
		...at,
		type: z.literal('endpoint checked'),
		id: z.string(),
		ok: z.boolean(),
		httpStatus: z.nullable(z.number()),
		/** Response time, ms; null without a response. */
		answerMs: z.nullable(z.number()),
		/** Why it is not ok, one line; null if it is. */
		problem: z.nullable(messageSchema),
		code: z.optional(z.enum(failureCodes)),
		/** The address that responded, where it is not the expected one: Airflow 3 moved its health page. */
		movedTo: z.optional(z.string()),
	}),
	/** A list was read of which the server has more, or has no longer: see `cut-list.ts`. */
	z.object({ ...at, type: z.literal('list cut'), cut: cutListSchema }),
] as const;
