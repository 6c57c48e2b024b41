import * as z from 'zod/mini';
import { messageSchema } from '../../words/message.ts';
import { acknowledgementSchema, acknowledgementsProblemSchema } from '../acknowledgement.ts';
import { checkResultSchema } from '../check.ts';
import { findingSchema } from '../finding.ts';
import { signs } from '../logs/log-sign.ts';
import { at } from './times.ts';

/** Checks, findings and their acknowledgements. */
export const diagnosisObservations = [
	z.object({
		...at,
		type: z.literal('check finished'),
		/** The subject if a check has several: a container's id, a file. */
		subject: z.string(),
		result: checkResultSchema,
		/** Id of the container that the result is about, if it is about a single one. */
		container: z.optional(z.string()),
		/** When the check started: the result may be of any moment since. Left out if the check took no time. */
		askedAt: z.optional(z.number()),
	}),
	z.object({
		...at,
		type: z.literal('check failed'),
		check: z.string(),
		subject: z.string(),
		/** Why it failed, one line. */
		message: messageSchema,
		askedAt: z.optional(z.number()),
	}),
	/** Every possible check was made; `deep`: including expensive ones. */
	z.object({ ...at, type: z.literal('checks complete'), deep: z.boolean() }),
	/** A log line that points to a problem. */
	z.object({
		...at,
		type: z.literal('log sign'),
		/** Name of the container. */
		container: z.string(),
		sign: z.enum(signs),
		line: z.string(),
		/** ms since the epoch, by the log. */
		happenedAt: z.number(),
	}),
	/** The diagnosis has a new result that differs from the previous one. */
	z.object({ ...at, type: z.literal('findings changed'), findings: z.array(findingSchema) }),
	/** Acknowledgements of this host for findings of this stack. */
	z.object({
		...at,
		type: z.literal('acknowledgements read'),
		acknowledgements: z.array(acknowledgementSchema),
		/** Why some or all were not read; null if all were. */
		problem: z.nullable(acknowledgementsProblemSchema),
	}),
] as const;
