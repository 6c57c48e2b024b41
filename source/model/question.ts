import type { DagParam } from './dag-params.ts';
import type { TaskInstance } from './pipeline.ts';

/**
 * What a task asks people (Airflow 3: a required action, "human-in-the-loop"). The task waits in the state
 * `awaiting_input` until it is answered or times out.
 */
export type Question = Pick<TaskInstance, 'dagId' | 'dagRunId' | 'taskId' | 'mapIndex'> & {
	readonly subject: string;
	/** Markdown, several lines; empty if there is none. */
	readonly body: string;
	readonly options: readonly string[];
	/** The options that are chosen when it times out; empty: the task fails then. */
	readonly defaults: readonly string[];
	/** Whether several options may be chosen. */
	readonly multiple: boolean;
	readonly params: readonly DagParam[];
	/** Names of the users who may answer; empty: everybody with the permission. */
	readonly assigned: readonly string[];
	/** ms since the epoch. */
	readonly askedAt: number | null;
};

export type Answer = {
	readonly chosen: readonly string[];
	/** Values of its params: a JSON object as text. */
	readonly params: string;
};

/** State of a task instance that has asked. Source: airflow/utils/state.py (3.3.2). */
export const awaitingInput = 'awaiting_input';
