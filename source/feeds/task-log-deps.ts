import type { AirflowClient } from '../clients/airflow/airflow.ts';
import type { Clock } from '../model/clock.ts';
import type { TaskLogRequest } from '../model/log-watch.ts';
import type { TaskInstance } from '../model/pipeline.ts';
import type { Wake } from './schedule.ts';

export type TaskLogDeps = {
	readonly clock: Clock;
	readonly random: () => number;
	readonly airflow: () => AirflowClient | null;
	/** The task instances of the run, as new as can be had. */
	readonly tasks: (request: TaskLogRequest, signal: AbortSignal) => Promise<readonly TaskInstance[]>;
	/** The folders of this machine in which Airflow's logs are. */
	readonly folders: () => readonly string[];
	/** Fired when something may have changed: a pause is cut short. */
	readonly wake: Wake;
};

export type TaskLogOptions = {
	/** Whether to go on with what comes; else it ends with what is there, and throws what it cannot get over. */
	readonly follow: boolean;
	/** Whether to wait for more when the task, or the run, has ended: it may be cleared and run again. */
	readonly forever: boolean;
	/** Bytes of the end of a file with which to begin; undefined: all. */
	readonly lastBytes?: number | undefined;
	readonly lineLimit?: number | undefined;
};
