import type { Dag, DagRun, DagTask, TaskInstance } from '../../model/pipeline.ts';
import type { Message } from '../../words/message.ts';
import type { DiagnosisFacts } from '../facts.ts';

/** Why a task instance waits, in the order in which causes are looked for: what is certain comes first. */
export const waitReasons = [
	'dag gone',
	'dag paused',
	'max active runs',
	'run not started',
	'upstream',
	'past',
	'retry',
	'reschedule',
	'no triggerer',
	'trigger',
	'pool missing',
	'pool too small',
	'pool full',
	'max active tasks',
	'task concurrency',
	'parallelism',
	'scheduler',
	'no worker',
	'message lost',
	'worker slots',
	'unserved queue',
	'worker',
] as const;
export type WaitReason = (typeof waitReasons)[number];

export type Wait = {
	readonly reason: WaitReason;
	/** One sentence without its subject: `Waits for a free slot in the pool x`. */
	readonly message: Message;
	/** When it ends by itself, ms by the servers' clock; null: nobody knows. */
	readonly until: number | null;
	/** Nothing ends it but somebody who acts. */
	readonly needsHelp: boolean;
};

/** A task instance that waits, with all that its reasons look at. */
export type Waiting = {
	readonly task: TaskInstance;
	readonly run: DagRun;
	/** Of the same run. */
	readonly tasks: readonly TaskInstance[];
	/** undefined: the list of DAGs does not have it. */
	readonly dag: Dag | undefined;
	/** The task as its DAG defines it; undefined: not known. */
	readonly definition: DagTask | undefined;
	readonly definitions: readonly DagTask[];
	readonly facts: DiagnosisFacts;
	/** ms since the epoch by the servers' clock. */
	readonly now: number;
};

/** One reason to wait. Pure; null where it is another one. */
export type WaitRule = (waiting: Waiting) => Wait | null;

export function wait(
	reason: WaitReason,
	message: Message,
	{ until = null, needsHelp = false }: { readonly until?: number | null; readonly needsHelp?: boolean } = {},
): Wait {
	return { reason, message, until, needsHelp };
}
