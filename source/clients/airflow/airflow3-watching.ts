import type { AirflowEvent, AirflowJob, RunCounts, UnmetDependency } from '../../model/airflow/airflow-watch.ts';
import type { TaskInstance } from '../../model/airflow/pipeline.ts';

export type WatchedTask = Pick<TaskInstance, 'dagId' | 'dagRunId' | 'taskId' | 'mapIndex'>;

/** What Airflow 3 reports to those who watch it. Every method throws ClientError. */
export interface Watching3 {
	/** Why the scheduler does not queue a task without a state or a scheduled one; empty for a task in another state. */
	unmetDependencies(task: WatchedTask, signal?: AbortSignal): Promise<UnmetDependency[]>;
	/** How many runs each DAG has in each state. */
	runCounts(signal?: AbortSignal): Promise<RunCounts[]>;
	/** Schedulers, triggerers and DAG processors, also earlier ones: the last heartbeat first, a hundred at most. */
	jobs(signal?: AbortSignal): Promise<AirflowJob[]>;
	/** What people did, newest first; without the changes of task states, which are not by them. */
	events(wanted: EventsWanted, signal?: AbortSignal): Promise<AirflowEvent[]>;
	/**
	 * The states of a DAG run until it ends: the server repeats the state every `everySeconds`, also if it did not
	 * change. Ends with `success` or `failed`.
	 */
	watchRun(dagId: string, dagRunId: string, everySeconds: number, signal: AbortSignal): AsyncGenerator<string>;
}

export type EventsWanted = {
	readonly limit: number;
	/** Of one DAG only. */
	readonly dagId?: string | undefined;
	/** Only later ones, ms since the epoch by the server's clock. */
	readonly after?: number | undefined;
};
