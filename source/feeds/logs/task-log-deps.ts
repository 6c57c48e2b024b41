import type { AirflowClient } from '../../clients/airflow/airflow.ts';
import type { TaskInstance } from '../../model/airflow/pipeline.ts';
import type { TaskLogRequest } from '../../model/logs/log-watch.ts';
import type { Clock } from '../../model/time/clock.ts';
import type { Wake } from '../schedule.ts';

export type TaskLogDeps = {
	readonly clock: Clock;
	readonly random: () => number;
	readonly airflow: () => AirflowClient | null;
	/** The task instances of the run, as recent as possible. */
	readonly tasks: (request: TaskLogRequest, signal: AbortSignal) => Promise<readonly TaskInstance[]>;
	/** The local folders with Airflow's logs. */
	readonly folders: () => readonly string[];
	/** Fired when something may have changed: ends a pause early. */
	readonly wake: Wake;
};

export type TaskLogOptions = {
	/** Whether to continue with new lines; otherwise it ends after the existing ones, and throws a lasting failure. */
	readonly follow: boolean;
	/** Whether to continue after the end of the task or run: it may be cleared and run again. */
	readonly forever: boolean;
	/** Bytes at the end of a file to start with; undefined: all. */
	readonly lastBytes?: number | undefined;
	readonly lineLimit?: number | undefined;
};
