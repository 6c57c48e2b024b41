import type { TaskInstance } from '../world/airflow/airflow-state.ts';
import type { HealthStatus, LogStream } from '../world/containers/container.ts';

export const serverNames = ['docker', 'airflow', 'mlflow', 'trino', 'grafana', 'superset'] as const;
export type ServerName = (typeof serverNames)[number];

/**
 * Controls for tests. Everything takes effect at once, with the same responses and events as of the real servers; names
 * of containers are those of the guide (`airflow-worker`, `mlflow`, …).
 */
export type Scenario = {
	/** The world's time, ms since the epoch. */
	now(): number;
	/** Makes everything happen that is due by `now()`. The servers do so themselves before each response. */
	tick(): void;

	stopContainer(name: string): void;
	startContainer(name: string): void;
	restartContainer(name: string): void;
	/** As `docker kill`: the restart policy ignores it. */
	killContainer(name: string): void;
	/** The program exits by itself; the restart policy starts it again. */
	crashContainer(name: string, exitCode?: number, oom?: boolean): void;
	pauseContainer(name: string): void;
	unpauseContainer(name: string): void;
	/** As `docker network disconnect`. */
	disconnectContainer(name: string): void;
	/** As `--log-driver`: a driver whose logs cannot be read. */
	setLogDriver(name: string, driver: string): void;
	/** A new container, with a new id, for the same service. */
	recreateContainer(name: string): void;
	/**
	 * `unhealthy` lasts, with every probe failing with `output`, until another status is set or the container starts
	 * again.
	 */
	setHealth(name: string, status: HealthStatus, output?: string): void;
	/** A line gets a newline; bytes are written unchanged. */
	emitLog(name: string, line: string | Buffer, stream?: LogStream): void;

	/** Cuts the connections; the clients may reconnect. */
	cutLogStreams(): void;
	cutEventStreams(): void;
	cutStatsStreams(): void;

	/** Nothing listens any more. */
	takeDown(server: ServerName): Promise<void>;
	bringUp(server: ServerName): Promise<void>;
	/** It accepts connections and never responds, until `bringUp`. */
	hang(server: ServerName): void;
	/** Resolves when servers whose containers were stopped or started have closed or opened their ports. */
	settled(): Promise<void>;
	/**
	 * The next response (to a path that matches, if one is given) is this one; further calls are for the following
	 * ones.
	 */
	failNext(server: ServerName, status: number, body?: string | object, path?: RegExp): void;

	/** The new run's id. */
	triggerRun(conf?: Record<string, unknown>, dagId?: string): string;
	/** The next try of this task fails, in whichever run. */
	failTaskOnce(taskId: string): void;
	/**
	 * Any text, also a state that Airflow does not have. From then on the scheduler ignores the task. `taskId` is
	 * `divide[7]` for one instance of a mapped task, here and below.
	 */
	setTaskState(runId: string, taskId: string, state: string | null): void;
	/** A line in the log of the task's latest try. */
	emitTaskLog(runId: string, taskId: string, line: string): void;
	setRunState(runId: string, state: string): void;
	task(runId: string, taskId: string): Readonly<TaskInstance>;
	addImportError(file: string, stackTrace: string): void;
	clearImportErrors(): void;
	/** Existing sessions stay valid; `expireSessions` ends them. */
	setPassword(password: string): void;
	expireSessions(): void;
	/** Of default_pool: initially 128. */
	setPoolSlots(slots: number): void;
	/** Airflow 3: a new version of the DAG, which later runs use. */
	changeDag(dagId: string, source: string): void;
	pauseDag(dagId: string): void;
	unpauseDag(dagId: string): void;

	/** `run` is an id, or a run name (the newest one of that name). */
	setMlflowMetric(run: string, key: string, value: number, step?: number): void;

	/** Requests that have reached a server; `path` counts only paths with that prefix (`/api/v1/dags`). */
	requests(server: ServerName, path?: string): number;
	/** By `METHOD /path`. */
	requestCounts(server: ServerName): Readonly<Record<string, number>>;
	openStreams(): { logs: number; events: number; stats: number };
};
