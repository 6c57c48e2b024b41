import type { Pool } from '../../model/check.ts';
import type { DagParam } from '../../model/dag-params.ts';
import type { AirflowHealth, Dag, DagRun, DagTask, ImportError, TaskInstance } from '../../model/pipeline.ts';

export type TriggerRequest = {
	dagId: string;
	/** Our own id for the run: the server refuses a second run of the same id, so a repeat cannot start two. */
	dagRunId: string;
	/** Compact JSON object text. */
	conf?: string;
};

/** Which runs of a DAG are wanted. */
export type RunsWanted = {
	readonly limit: number;
	/** queued, running, success, failed; all where left out. */
	readonly states?: readonly string[] | undefined;
	/** Logical dates from which and to which, inclusive, ms since the epoch. */
	readonly from?: number | undefined;
	readonly to?: number | undefined;
};

/** Which task instances are to run again: always of one run. */
export type ClearRequest = {
	readonly dagId: string;
	readonly dagRunId: string;
	/** Names: `divide`, or `divide[7]` for one instance of a mapped task. null: all tasks of the run. */
	readonly taskIds: readonly string[] | null;
	/** Failed and upstream_failed ones alone. */
	readonly onlyFailed: boolean;
	/** Also what follows the named tasks. */
	readonly withDownstream: boolean;
	/** Nothing is changed: the answer is what would be cleared. */
	readonly dryRun: boolean;
};

/**
 * A task instance as the answer to a clear names it; a mapped task comes once for each of its instances, which Airflow 2
 * does not tell apart: `mapIndex` is null then.
 */
export type ClearedTask = Pick<TaskInstance, 'dagRunId' | 'taskId'> & { readonly mapIndex: number | null };

export type TaskToMark = Pick<TaskInstance, 'dagId' | 'dagRunId' | 'taskId' | 'mapIndex'>;
export type MarkedTaskState = 'success' | 'failed' | 'skipped';
export type MarkedRunState = 'success' | 'failed' | 'queued';

export type TaskLogPart = {
	readonly text: string;
	/** For the next part. That of a part says nothing about the end: the state of the task does. */
	readonly token: string | null;
};

export type TaskTry = Pick<TaskInstance, 'dagId' | 'dagRunId' | 'taskId' | 'mapIndex' | 'tryNumber'>;

/**
 * Airflow as laketop needs it, in Airflow's own terms. One implementation a REST API version; nothing outside knows
 * which. Every method throws ClientError.
 */
export interface AirflowClient {
	readonly address: string;
	/** The server's version; needs no login. */
	version(signal?: AbortSignal): Promise<string>;
	/** Health of scheduler and metadata database; needs no login. */
	health(signal?: AbortSignal): Promise<AirflowHealth>;
	dags(signal?: AbortSignal): Promise<Dag[]>;
	dag(dagId: string, signal?: AbortSignal): Promise<Dag>;
	tasks(dagId: string, signal?: AbortSignal): Promise<DagTask[]>;
	/** The runs that were queued or started last, newest first: so many at the most. */
	dagRuns(dagId: string, limit: number, signal?: AbortSignal): Promise<DagRun[]>;
	/**
	 * Runs that fit, newest first: by logical date where `from` or `to` is given (a run that was cleared has a new start),
	 * else as `dagRuns`.
	 */
	findRuns(dagId: string, wanted: RunsWanted, signal?: AbortSignal): Promise<DagRun[]>;
	/** The newest run of each of these DAGs that has one, found in few requests. */
	newestRuns(dagIds: readonly string[], signal?: AbortSignal): Promise<DagRun[]>;
	/** The params that the DAG declares. */
	dagParams(dagId: string, signal?: AbortSignal): Promise<DagParam[]>;
	/** The text of the file that the DAG stands in, as the webserver has it. */
	dagSource(dag: Pick<Dag, 'dagId' | 'fileToken'>, signal?: AbortSignal): Promise<string>;
	dagRun(dagId: string, dagRunId: string, signal?: AbortSignal): Promise<DagRun>;
	taskInstances(dagId: string, dagRunId: string, signal?: AbortSignal): Promise<TaskInstance[]>;
	/** The whole log of one try, as text of harmless lines. */
	taskLog(task: TaskTry, signal?: AbortSignal): Promise<string>;
	/**
	 * What was added to the log of a try since the token; all of it for null. The text is as the server sent it, control
	 * characters and all, and may end within a line: it is for `LogDecoder`.
	 */
	taskLogPart(task: TaskTry, token: string | null, signal?: AbortSignal): Promise<TaskLogPart>;
	importErrors(signal?: AbortSignal): Promise<ImportError[]>;
	pools(signal?: AbortSignal): Promise<Pool[]>;
	/** Changes the number of slots of a pool; -1 is no limit. Answers the pool as it is then. */
	setPoolSlots(pool: string, slots: number, signal?: AbortSignal): Promise<Pool>;
	trigger(request: TriggerRequest, signal?: AbortSignal): Promise<DagRun>;
	setPaused(dagId: string, paused: boolean, signal?: AbortSignal): Promise<Dag>;
	/** Clears task instances, so that they run again; a run that had ended is queued again. Answers what was cleared. */
	clearTasks(request: ClearRequest, signal?: AbortSignal): Promise<ClearedTask[]>;
	/** Marks one task instance; Airflow ends the process of one that runs, and clears what failed for its sake. */
	setTaskState(task: TaskToMark, state: MarkedTaskState, signal?: AbortSignal): Promise<void>;
	/** success marks all its tasks so; failed ends those that run and skips the rest; queued lets it go on. */
	setRunState(dagId: string, dagRunId: string, state: MarkedRunState, signal?: AbortSignal): Promise<DagRun>;
	/** 1,000 characters at the most; empty takes the note away. */
	setRunNote(dagId: string, dagRunId: string, note: string, signal?: AbortSignal): Promise<DagRun>;
	/** Has a DAG's file read at once. Absent where the server has no request for that (Airflow 2). */
	parseFile?(dag: Pick<Dag, 'dagId' | 'fileToken'>, signal?: AbortSignal): Promise<void>;
	close(): Promise<void>;
}
