import type { UnmetDependency } from '../../model/airflow/airflow-watch.ts';
import type { Dag, DagRun, DagTask, TaskInstance } from '../../model/airflow/pipeline.ts';
import type { Message } from '../../words/message.ts';
import type { DiagnosisFacts } from '../facts.ts';

/** Why a task instance waits, the most certain reasons first. */
export const waitReasons = [
	'dag gone',
	'dag paused',
	'max active runs',
	'run not started',
	'upstream',
	'past',
	'answer',
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
	'dependency',
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
	/** Without a subject: `Waiting for a free slot in pool x`. */
	readonly message: Message;
	/** When it ends by itself, ms by the servers' clock; null: unknown. */
	readonly until: number | null;
	/** It only ends if somebody acts. */
	readonly needsHelp: boolean;
	/** What Airflow 3 itself says; empty if it was not asked, or says nothing. */
	readonly unmet: readonly UnmetDependency[];
};

/** A waiting task instance, with the facts that decide the reason. */
export type Waiting = {
	readonly task: TaskInstance;
	readonly run: DagRun;
	/** Of the same DAG run. */
	readonly tasks: readonly TaskInstance[];
	/** undefined: Airflow does not list it. */
	readonly dag: Dag | undefined;
	/** The task's definition in its DAG; undefined: unknown. */
	readonly definition: DagTask | undefined;
	readonly definitions: readonly DagTask[];
	readonly facts: DiagnosisFacts;
	/** ms since the epoch by the servers' clock. */
	readonly now: number;
	/** When the tasks were last fetched, by the same clock: it may have run and ended since. */
	readonly seenAt: number;
	/** Unmet dependencies that Airflow 3 reports for it. */
	readonly unmet: readonly UnmetDependency[];
};

/** Subject of the finding about a DAG run's waiting tasks, and the finding's id. */
export const taskWaitsSubject = ({ dagId, dagRunId }: DagRun) => `${dagId}/${dagRunId}`;
export const taskWaitsId = (run: DagRun) => `task waits ${taskWaitsSubject(run)}`;

/** Tests one reason. Pure; null if it does not apply. */
export type WaitRule = (waiting: Waiting) => Wait | null;

export function wait(
	reason: WaitReason,
	message: Message,
	{ until = null, needsHelp = false }: { readonly until?: number | null; readonly needsHelp?: boolean } = {},
): Wait {
	return { reason, message, until, needsHelp, unmet: [] };
}
