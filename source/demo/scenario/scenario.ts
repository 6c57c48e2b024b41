import type { TaskInstance } from '../world/airflow-state.ts';
import type { HealthStatus, LogStream } from '../world/container.ts';

export type ServerName = 'docker' | 'airflow' | 'mlflow' | 'trino' | 'grafana' | 'superset';

/**
 * The strings to pull in a test. Everything takes effect at once, as the real servers would show it, with the events
 * that they would send; names of containers are those of the guide (`airflow-worker`, `mlflow`, …).
 */
export type Scenario = {
	/** The world's time, ms since the epoch. */
	now(): number;
	/** Lets everything happen that is due by `now()`. The servers do so themselves before each answer. */
	tick(): void;

	stopContainer(name: string): void;
	startContainer(name: string): void;
	restartContainer(name: string): void;
	/** As `docker kill` does: the restart policy leaves it alone. */
	killContainer(name: string): void;
	/** The program ends by itself; the restart policy starts it again. */
	crashContainer(name: string, exitCode?: number, oom?: boolean): void;
	pauseContainer(name: string): void;
	unpauseContainer(name: string): void;
	/** As `docker network disconnect` does. */
	disconnectContainer(name: string): void;
	/** As `--log-driver` does: a driver that cannot be read back. */
	setLogDriver(name: string, driver: string): void;
	/** A new container, with a new id, for the same service. */
	recreateContainer(name: string): void;
	/** `unhealthy` lasts, every probe failing with `output`, until another status is set or the container starts anew. */
	setHealth(name: string, status: HealthStatus, output?: string): void;
	/** A line gets its newline; bytes are written as they are, whatever they hold. */
	emitLog(name: string, line: string | Buffer, stream?: LogStream): void;

	/** Cuts the connections; the clients may come again. */
	cutLogStreams(): void;
	cutEventStreams(): void;
	cutStatsStreams(): void;

	/** Nobody listens any more. */
	takeDown(server: ServerName): Promise<void>;
	bringUp(server: ServerName): Promise<void>;
	/** It accepts and never answers, until `bringUp`. */
	hang(server: ServerName): void;
	/** When servers whose containers have been stopped or started have closed or opened their ports. */
	settled(): Promise<void>;
	/** The next answer (to a path that matches, where one is given) is this one; called again, the one after it. */
	failNext(server: ServerName, status: number, body?: string | object, path?: RegExp): void;

	/** The new run's id. */
	triggerRun(conf?: Record<string, unknown>, dagId?: string): string;
	/** The next try of this task, in whatever run, fails. */
	failTaskOnce(taskId: string): void;
	/**
	 * Any text, also a state that Airflow does not have. The scheduler leaves the task alone from then on.
	 * `taskId` is `divide[7]` for one instance of a mapped task, here and below.
	 */
	setTaskState(runId: string, taskId: string, state: string | null): void;
	/** A line in the log of the task's latest try. */
	emitTaskLog(runId: string, taskId: string, line: string): void;
	setRunState(runId: string, state: string): void;
	task(runId: string, taskId: string): Readonly<TaskInstance>;
	addImportError(file: string, stackTrace: string): void;
	clearImportErrors(): void;
	/** Open sessions stay; `expireSessions` ends them. */
	setPassword(password: string): void;
	expireSessions(): void;
	/** Of default_pool: 128 at first. */
	setPoolSlots(slots: number): void;
	pauseDag(dagId: string): void;
	unpauseDag(dagId: string): void;

	/** `run` is an id, or a run name (the newest one of that name). */
	setMlflowMetric(run: string, key: string, value: number, step?: number): void;

	/** Requests that have reached a server; `path` counts those whose path begins so (`/api/v1/dags`). */
	requests(server: ServerName, path?: string): number;
	/** By `METHOD /path`. */
	requestCounts(server: ServerName): Readonly<Record<string, number>>;
	openStreams(): { logs: number; events: number; stats: number };
};
