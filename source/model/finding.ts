import * as z from 'zod/mini';
import { messageSchema } from '../words/message.ts';

/** What is wrong, why, and what to do: plain data, so that it can be recorded and sent. Words are in `diagnosis/messages`. */

/** bad: something does not work; warning: it may soon; notice: somebody wanted it so, and should know what follows. */
export const severities = ['bad', 'warning', 'notice'] as const;
/** Those that call for somebody: by them the stack is judged, and notices are sent. */
export const alarmingSeverities = ['bad', 'warning'] as const;
export type Severity = (typeof severities)[number];

export const evidenceSchema = z.object({
	message: messageSchema,
	/** Lines as they were read: of a log, a probe, a stack trace. */
	lines: z.array(z.string()),
});
export type Evidence = z.infer<typeof evidenceSchema>;

/** What a fix does. Plans are made of it when it is asked for, see `operations/fix.ts`. */
export const fixActionSchema = z.discriminatedUnion('kind', [
	z.object({
		kind: z.literal('container'),
		verb: z.enum(['restart', 'start', 'unpause', 'stop']),
		/** Name of the container. */
		container: z.string(),
	}),
	z.object({ kind: z.literal('compose'), verb: z.enum(['up', 'restart']), services: z.array(z.string()) }),
	/** Migrate the database and create the first user. */
	z.object({ kind: z.literal('init') }),
	z.object({ kind: z.literal('unpause'), dagId: z.string() }),
	z.object({
		kind: z.literal('clear'),
		dagId: z.string(),
		dagRunId: z.string(),
		onlyFailed: z.boolean(),
		/** Only these tasks; left out: all of the run. */
		taskIds: z.optional(z.array(z.string())),
	}),
	z.object({ kind: z.literal('stop run'), dagId: z.string(), dagRunId: z.string() }),
	/** Have the scheduler read all DAG files. */
	z.object({ kind: z.literal('reparse'), dagId: z.string() }),
	z.object({ kind: z.literal('pool'), pool: z.string(), slots: z.number() }),
	/** Run a command in a running container. */
	z.object({
		kind: z.literal('exec'),
		container: z.string(),
		argv: z.array(z.string()),
		/** Name or number; null: the container's own. */
		user: z.nullable(z.string()),
	}),
	/** Run a command in a container of its own, made from a service; for what cannot be done in one that does not run. */
	z.object({
		kind: z.literal('run once'),
		service: z.string(),
		argv: z.array(z.string()),
		user: z.nullable(z.string()),
	}),
	z.object({ kind: z.literal('connect'), network: z.string(), container: z.string(), alias: z.string() }),
	/** To be typed by the operator: laketop cannot or should not do it. */
	z.object({ kind: z.literal('type'), command: z.string() }),
	/** Look at something, in its place on the screen. */
	z.object({
		kind: z.literal('look'),
		at: z.enum(['service', 'log', 'task log', 'run', 'source', 'disk', 'inspect']),
		/** The container, task or DAG; empty where the place needs none. */
		subject: z.string(),
		dagId: z.nullable(z.string()),
		dagRunId: z.nullable(z.string()),
	}),
	/** Run the deep checks, which cost something. */
	z.object({ kind: z.literal('check') }),
	/** In words alone. */
	z.object({ kind: z.literal('advice') }),
]);
export type FixAction = z.infer<typeof fixActionSchema>;

export const fixSchema = z.object({
	message: messageSchema,
	action: fixActionSchema,
	/** What it takes down while it is applied, the gravest first. Filled in for all rules at once, see `interrupts.ts`. */
	interrupts: z.optional(z.array(messageSchema)),
});
export type Fix = z.infer<typeof fixSchema>;

export const findingSchema = z.object({
	/** Rule and subject: the same as long as the same is wrong with the same. */
	id: z.string(),
	rule: z.string(),
	/** What it is about: a container, a DAG, a file. */
	subject: z.string(),
	severity: z.enum(severities),
	/** Since when, ms since the epoch; null where nobody tells. */
	since: z.nullable(z.number()),
	title: messageSchema,
	evidence: z.array(evidenceSchema),
	cause: messageSchema,
	/** Why this cause among the possible ones. */
	reason: messageSchema,
	/** Impact. */
	impact: z.array(messageSchema),
	/** What interrupts nothing first, then the best first. */
	fixes: z.array(fixSchema),
	/** The finding that it is a consequence of; null: it stands for itself. */
	explainedBy: z.nullable(z.string()),
});
export type Finding = z.infer<typeof findingSchema>;

/** Kinds of fixes that change something; the others are looked at, typed, or thought about. */
export type ChangingAction = Exclude<
	FixAction,
	{ kind: 'type' } | { kind: 'look' } | { kind: 'check' } | { kind: 'advice' }
>;

export function isChanging(action: FixAction): action is ChangingAction {
	return !['type', 'look', 'check', 'advice'].includes(action.kind);
}
