import type { DagParam } from '../../model/airflow/dag-params.ts';
import type { AirflowHealth, Dag, DagRun, DagTask, ImportError, TaskInstance } from '../../model/airflow/pipeline.ts';
import type { Pool } from '../../model/check.ts';
import type { Airflow3, Airflow3Feature } from './airflow3.ts';
import type { TaskRequests } from './task-requests.ts';

export type TriggerRequest = {
	dagId: string;
	/** Chosen by laketop: the server rejects a second run with the same id, so a repeat cannot start two. */
	dagRunId: string;
	/** Compact JSON object text. */
	conf?: string;
};

/** Filter for the runs of a DAG. */
export type RunsWanted = {
	readonly limit: number;
	/** queued, running, success, failed; all by default. */
	readonly states?: readonly string[] | undefined;
	/** Range of logical dates, inclusive, ms since the epoch. */
	readonly from?: number | undefined;
	readonly to?: number | undefined;
};

/** The matching runs, and how many match in all. */
export type FoundRuns = { readonly runs: DagRun[]; readonly total: number };

/** At most a hundred runs. */
export type RunPage = {
	readonly runs: readonly DagRun[];
	/** Of all runs of the DAG. */
	readonly total: number;
};

/** The task instances to clear, all of one run. */
export type ClearRequest = {
	readonly dagId: string;
	readonly dagRunId: string;
	/** Names: `divide`, or `divide[7]` for one instance of a mapped task. null: all tasks of the run. */
	readonly taskIds: readonly string[] | null;
	/** Only failed and upstream_failed ones. */
	readonly onlyFailed: boolean;
	/** Also the tasks downstream of the named ones. */
	readonly withDownstream: boolean;
	/** Changes nothing: the response lists what would be cleared. */
	readonly dryRun: boolean;
};

/**
 * A task instance in the response to a clear; a mapped task appears once for each instance, which Airflow 2 does not
 * distinguish: `mapIndex` is null then.
 */
export type ClearedTask = Pick<TaskInstance, 'dagRunId' | 'taskId'> & { readonly mapIndex: number | null };

export type TaskToMark = Pick<TaskInstance, 'dagId' | 'dagRunId' | 'taskId' | 'mapIndex'>;
export type MarkedTaskState = 'success' | 'failed' | 'skipped';
export type MarkedRunState = 'success' | 'failed' | 'queued';

export type TaskLogPart = {
	readonly text: string;
	/** Token for the next part. That of a part says nothing about the end: the state of the task does. */
	readonly token: string | null;
};

export type TaskTry = Pick<TaskInstance, 'dagId' | 'dagRunId' | 'taskId' | 'mapIndex' | 'tryNumber'>;

/**
 * Airflow as laketop needs it, in Airflow's own terms. Each REST API version has an implementation; callers do not know
 * which one is in use. Every method throws ClientError.
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
	/** The runs that were queued or started last, newest first, up to a number. */
	dagRuns(dagId: string, limit: number, signal?: AbortSignal): Promise<DagRun[]>;
	/**
	 * Matching runs, newest first: by logical date if `from` or `to` is given (a cleared run has a new start), else as
	 * `dagRuns`.
	 */
	findRuns(dagId: string, wanted: RunsWanted, signal?: AbortSignal): Promise<FoundRuns>;
	/**
	 * A page of the runs of a DAG, those made last first: one request. Runs that are made meanwhile move the others to
	 * higher offsets.
	 * @param offset number of later runs that are left out
	 * @param runState only the runs in this state; null or left out: all
	 */
	pageOfRuns(dagId: string, offset: number, signal?: AbortSignal, runState?: string | null): Promise<RunPage>;
	/** The newest run of each of these DAGs that has one, with few requests. */
	newestRuns(dagIds: readonly string[], signal?: AbortSignal): Promise<DagRun[]>;
	/** The params of the DAG. */
	dagParams(dagId: string, signal?: AbortSignal): Promise<DagParam[]>;
	/** The text of the DAG's file, as stored by the webserver. */
	dagSource(dag: Pick<Dag, 'dagId' | 'fileToken'>, signal?: AbortSignal): Promise<string>;
	dagRun(dagId: string, dagRunId: string, signal?: AbortSignal): Promise<DagRun>;
	taskInstances(dagId: string, dagRunId: string, signal?: AbortSignal): Promise<TaskInstance[]>;
	/** The task instances of several runs of one DAG, with few requests. */
	taskInstancesOfRuns(runs: readonly DagRun[], signal?: AbortSignal): Promise<TaskInstance[]>;
	/** The whole log of one try, as text of cleaned lines. */
	taskLog(task: TaskTry, signal?: AbortSignal): Promise<string>;
	/**
	 * New text in the log of a try since the token; for null all of it. The text is unchanged, including control
	 * characters, and may end within a line: it is for `LogDecoder`.
	 */
	taskLogPart(task: TaskTry, token: string | null, signal?: AbortSignal): Promise<TaskLogPart>;
	importErrors(signal?: AbortSignal): Promise<ImportError[]>;
	pools(signal?: AbortSignal): Promise<Pool[]>;
	/** Changes the number of slots of a pool; -1 is no limit. Resolves with the changed pool. */
	setPoolSlots(pool: string, slots: number, signal?: AbortSignal): Promise<Pool>;
	trigger(request: TriggerRequest, signal?: AbortSignal): Promise<DagRun>;
	setPaused(dagId: string, paused: boolean, signal?: AbortSignal): Promise<Dag>;
	/**
	 * Clears task instances, so that they run again; a finished run is queued again. Resolves with what was cleared.
	 */
	clearTasks(request: ClearRequest, signal?: AbortSignal): Promise<ClearedTask[]>;
	/**
	 * Marks one task instance; Airflow ends the process of a running one, and clears those that failed because of it.
	 */
	setTaskState(task: TaskToMark, state: MarkedTaskState, signal?: AbortSignal): Promise<void>;
	/**
	 * success marks all its tasks as success; failed ends running tasks and skips the rest; queued lets it continue.
	 */
	setRunState(dagId: string, dagRunId: string, state: MarkedRunState, signal?: AbortSignal): Promise<DagRun>;
	/** 1,000 characters at most; an empty note is removed. */
	setRunNote(dagId: string, dagRunId: string, note: string, signal?: AbortSignal): Promise<DagRun>;
	/** Parses a DAG's file now. Absent if the server has no request for that (Airflow 2). */
	parseFile?(dag: Pick<Dag, 'dagId' | 'fileToken'>, signal?: AbortSignal): Promise<void>;
	/** The requests about one task, which no feed needs. */
	taskRequests(signal?: AbortSignal): Promise<TaskRequests>;
	/** The requests that need Airflow 3, to use one of its features; `refused` by Airflow 2. */
	airflow3(feature: Airflow3Feature, signal?: AbortSignal): Promise<Airflow3>;
	close(): Promise<void>;
}
