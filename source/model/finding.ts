import * as z from 'zod/mini';
import { messageSchema } from '../words/message.ts';

/**
 * What is wrong, why, and what to do: plain data that can be recorded and sent. The texts are in `diagnosis/rules`.
 */

/**
 * critical: something does not work; warning: it may soon stop working; notice: intended by somebody, but its consequences
 * matter.
 */
export const severities = ['critical', 'warning', 'notice'] as const;
/** Severities that need attention: they decide the verdict and are notified. */
export const alarmingSeverities = ['critical', 'warning'] as const;
export type Severity = (typeof severities)[number];

export const evidenceSchema = z.object({
	message: messageSchema,
	/** Unchanged lines of a log, a probe or a stack trace. */
	lines: z.array(z.string()),
});
export type Evidence = z.infer<typeof evidenceSchema>;

/** What a fix does. The plan is made from it on demand, see `operations/fixes/fix.ts`. */
export const fixActionSchema = z.discriminatedUnion('kind', [
	z.object({
		kind: z.literal('container'),
		verb: z.enum(['restart', 'start', 'unpause', 'stop']),
		/** Name of the container. */
		container: z.string(),
		/** Other replicas of its service, to which the same is done; absent where there are none. */
		others: z.optional(z.array(z.string())),
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
		/** Only these tasks; left out: all tasks of the run. */
		taskIds: z.optional(z.array(z.string())),
	}),
	z.object({ kind: z.literal('stop run'), dagId: z.string(), dagRunId: z.string() }),
	/** Makes the scheduler parse all DAG files. */
	z.object({ kind: z.literal('reparse'), dagId: z.string() }),
	z.object({ kind: z.literal('pool'), pool: z.string(), slots: z.number() }),
	/** Run a command in a running container. */
	z.object({
		kind: z.literal('exec'),
		container: z.string(),
		argv: z.array(z.string()),
		/** Name or number; null: the container's default user. */
		user: z.nullable(z.string()),
	}),
	/** Run a command in a new container of a service, if its own container does not run. */
	z.object({
		kind: z.literal('run once'),
		service: z.string(),
		argv: z.array(z.string()),
		user: z.nullable(z.string()),
	}),
	z.object({ kind: z.literal('connect'), network: z.string(), container: z.string(), alias: z.string() }),
	/** For the operator to run: laketop cannot or should not do it. */
	z.object({ kind: z.literal('type'), command: z.string() }),
	/** Show something on the screen. */
	z.object({
		kind: z.literal('look'),
		at: z.enum(['service', 'log', 'task log', 'run', 'question', 'source', 'disk', 'inspect']),
		/** The container, task or DAG; empty if the place needs none. */
		subject: z.string(),
		dagId: z.nullable(z.string()),
		dagRunId: z.nullable(z.string()),
	}),
	/** Run the deep checks, which have a cost. */
	z.object({ kind: z.literal('check') }),
	/** Text only. */
	z.object({ kind: z.literal('advice') }),
]);
export type FixAction = z.infer<typeof fixActionSchema>;

export const fixSchema = z.object({
	message: messageSchema,
	action: fixActionSchema,
	/** What it interrupts while it runs, the worst first. Filled in for all rules at once, see `interrupts.ts`. */
	interrupts: z.optional(z.array(messageSchema)),
});
export type Fix = z.infer<typeof fixSchema>;

export const findingSchema = z.object({
	/** Rule and subject: the same while the same problem has the same subject. */
	id: z.string(),
	rule: z.string(),
	/** The container, DAG or file that it is about. */
	subject: z.string(),
	severity: z.enum(severities),
	/** Since when, ms since the epoch; null if unknown. */
	since: z.nullable(z.number()),
	title: messageSchema,
	evidence: z.array(evidenceSchema),
	cause: messageSchema,
	/** Why this is the cause among the possible ones. */
	reason: messageSchema,
	/** Impact. */
	impact: z.array(messageSchema),
	/** Fixes that interrupt nothing first, then the best first. */
	fixes: z.array(fixSchema),
	/** The finding that causes it; null: none. */
	explainedBy: z.nullable(z.string()),
});
export type Finding = z.infer<typeof findingSchema>;

/** Kinds of fixes that change something. */
export type ChangingAction = Exclude<
	FixAction,
	{ kind: 'type' } | { kind: 'look' } | { kind: 'check' } | { kind: 'advice' }
>;

export function isChanging(action: FixAction): action is ChangingAction {
	return !['type', 'look', 'check', 'advice'].includes(action.kind);
}
