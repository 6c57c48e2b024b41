import type { AirflowHealth, Dag, DagRun, DagTask, ImportError, TaskInstance } from '../model/pipeline.ts';

export type TriggerRequest = {
	dagId: string;
	/** Our own id for the run: the server refuses a second run of the same id, so a repeat cannot start two. */
	dagRunId: string;
	/** Compact JSON object text. */
	conf?: string;
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
	/** The newest runs by logical date, newest first. */
	dagRuns(dagId: string, limit: number, signal?: AbortSignal): Promise<DagRun[]>;
	dagRun(dagId: string, dagRunId: string, signal?: AbortSignal): Promise<DagRun>;
	taskInstances(dagId: string, dagRunId: string, signal?: AbortSignal): Promise<TaskInstance[]>;
	/** The whole log of one try, as text of harmless lines. */
	taskLog(task: TaskTry, signal?: AbortSignal): Promise<string>;
	importErrors(signal?: AbortSignal): Promise<ImportError[]>;
	trigger(request: TriggerRequest, signal?: AbortSignal): Promise<DagRun>;
	setPaused(dagId: string, paused: boolean, signal?: AbortSignal): Promise<Dag>;
	close(): Promise<void>;
}
