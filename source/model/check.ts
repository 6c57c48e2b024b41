import * as z from 'zod/mini';
import { type Message, messageSchema } from '../words/message.ts';
import { airflowJobSchema, unmetDependencySchema } from './airflow/airflow-watch.ts';

/**
 * Facts that the screen does not need all the time but the diagnosis does. Each is fetched at its own pace; the deep
 * ones run a command in a container and are fetched when something looks wrong, or on demand.
 */

export const poolSchema = z.object({
	name: z.string(),
	slots: z.number(),
	occupied: z.number(),
	running: z.number(),
	queued: z.number(),
	/** Tasks that are ready and wait for a slot. */
	scheduled: z.number(),
	open: z.number(),
});
export type Pool = z.infer<typeof poolSchema>;

/** `EarlierRun`, see `task-history.ts`. */
const earlierRunSchema = z.object({
	dagRunId: z.string(),
	conf: z.record(z.string(), z.number()),
	steps: z.array(z.object({ taskId: z.string(), waitMs: z.number(), tookMs: z.nullable(z.number()) })),
	closingMs: z.number(),
	idleMs: z.number(),
});

/** The configuration of a container, reduced to what the diagnosis needs. */
export const setupSchema = z.object({
	imageId: z.string(),
	/** Compose's hash of the service when the container was created; null without Compose. */
	configHash: z.nullable(z.string()),
	logDriver: z.string(),
	hasHealthCheck: z.boolean(),
	/** The command of the health check; empty if there is none. */
	healthTest: z.string(),
	/** Timeout of the health check, ms. */
	healthTimeoutMs: z.number(),
	/** Interval between two health checks, ms. */
	healthIntervalMs: z.number(),
	/** Time from the start within which the health check has decided, ms; left out without one. */
	healthDecidesMs: z.optional(z.number()),
	user: z.string(),
	/** Queues in its command line (`celery worker --queues a,b`); null if it names none. */
	queues: z.nullable(z.array(z.string())),
	memoryLimitBytes: z.nullable(z.number()),
	/** CPU limit in processors; null: none. */
	cpuLimit: z.nullable(z.number()),
	networks: z.array(z.object({ name: z.string(), aliases: z.array(z.string()) })),
	/** `AIRFLOW__…` and `MLFLOW_…` variables that hold no secrets. */
	settings: z.record(z.string(), z.string()),
	/** Login for Postgres in the container. */
	postgresUser: z.nullable(z.string()),
	postgresDatabase: z.nullable(z.string()),
});
export type Setup = z.infer<typeof setupSchema>;

export const dagFileSchema = z.object({
	/** As the scheduler sees it, `/opt/airflow/dags/x.py`. */
	path: z.string(),
	/** Permission bits, octal digits: `644`. */
	mode: z.string(),
	uid: z.number(),
	sizeBytes: z.number(),
	/** ms since the epoch. */
	modifiedAt: z.number(),
	/** Whether it contains the words by which Airflow recognises a DAG file (`dag` and `airflow`); null: not read. */
	looksLikeDag: z.nullable(z.boolean()),
	/** Whether Airflow's user can read it; null: unknown. */
	isReadable: z.nullable(z.boolean()),
});
export type DagFile = z.infer<typeof dagFileSchema>;

/** A place on a disk of the engine's host. */
export const diskPlaceSchema = z.object({
	path: z.string(),
	freeBytes: z.number(),
	totalBytes: z.number(),
	freeInodes: z.number(),
	/** 0 if the file system has no fixed number. */
	totalInodes: z.number(),
	/** Growth in bytes per hour, measured over some minutes; null: not measured long enough. */
	growthBytesPerHour: z.nullable(z.number()),
});
export type DiskPlace = z.infer<typeof diskPlaceSchema>;

export const checkResultSchema = z.discriminatedUnion('check', [
	z.object({
		check: z.literal('pools'),
		pools: z.array(poolSchema),
		/** By pool: since when no task has started or ended in it, ms since the epoch. */
		unchangedSince: z.optional(z.record(z.string(), z.number())),
	}),
	z.object({
		check: z.literal('engine'),
		/** The engine's clock less ours, ms, and the uncertainty of that. */
		clockAheadMs: z.number(),
		uncertainMs: z.number(),
		memoryBytes: z.number(),
		rootFolder: z.string(),
	}),
	z.object({
		check: z.literal('host memory'),
		totalBytes: z.number(),
		availableBytes: z.number(),
		swapBytes: z.number(),
		swapFreeBytes: z.number(),
	}),
	z.object({ check: z.literal('disk'), places: z.array(diskPlaceSchema) }),
	/** Of one container; the subject is its id. */
	z.object({ check: z.literal('setup'), setup: setupSchema }),
	z.object({
		check: z.literal('compose file'),
		/** Hash of each service in the current file. */
		hashes: z.record(z.string(), z.string()),
		/** Services that have no container by their file: `scale: 0` or `deploy.replicas: 0`. */
		withoutReplicas: z.optional(z.array(z.string())),
		/** Ids of images by the names in the containers' configuration; null: no such image. */
		images: z.record(z.string(), z.nullable(z.string())),
	}),
	/** The last lines that a container wrote before it exited or became unhealthy; the subject is its id. */
	z.object({
		check: z.literal('last lines'),
		lines: z.array(z.string()),
		/** The state of the container that they belong to: changes with each start and exit. */
		of: z.string(),
	}),
	z.object({
		check: z.literal('dag folder'),
		/** As the scheduler sees it. */
		folder: z.string(),
		/** Whether it is a mount. */
		isMounted: z.boolean(),
		/** The files on this host; null: not visible from here. */
		host: z.nullable(z.array(dagFileSchema)),
		/** Identity of the folder on this host (`device:inode`), null: not visible. */
		hostId: z.nullable(z.string()),
	}),
	/** Deep: the DAG folder as the scheduler sees it. */
	z.object({
		check: z.literal('dag folder inside'),
		exists: z.boolean(),
		id: z.nullable(z.string()),
		files: z.array(dagFileSchema),
	}),
	/** Deep: a DAG file run by the scheduler's Python; the subject is its path. */
	z.object({
		check: z.literal('python file'),
		/** Modification time of the file that was run. */
		modifiedAt: z.number(),
		exitCode: z.number(),
		lines: z.array(z.string()),
		tookMs: z.number(),
		/** The DAGs that it defines; empty after a syntax check. */
		dagIds: z.array(z.string()),
	}),
	z.object({
		check: z.literal('broker'),
		/** Its response to a ping, or its other output; empty if it did not respond in time. */
		answer: z.string(),
		/** The message if it did not respond in time, else null. */
		hang: z.nullable(messageSchema),
		/** Waiting messages by queue: their number, and since when the queue has not been empty. */
		queues: z.array(
			z.object({
				name: z.string(),
				count: z.number(),
				since: z.number(),
				/** Since when the number has not fallen: nothing was taken from the queue. */
				unchangedSince: z.optional(z.number()),
			}),
		),
		/** Names of the counted queues, including empty ones. */
		asked: z.optional(z.array(z.string())),
		/** Messages that workers have taken and not finished; null: unknown. */
		unacked: z.optional(z.nullable(z.number())),
		memoryBytes: z.nullable(z.number()),
		/** 0: no limit. */
		memoryLimitBytes: z.nullable(z.number()),
		/** What it evicts at its limit; with `noeviction` it rejects writes. */
		policy: z.string(),
		/** Whether the last save to disk failed, after which it rejects writes by default. */
		hasFailedToSave: z.boolean(),
	}),
	z.object({
		check: z.literal('database'),
		/** Why the query failed, in the database's own words if there are any; null if it succeeded. */
		problem: z.nullable(messageSchema),
		/** It did not respond in time. */
		isHanging: z.optional(z.boolean()),
		connections: z.nullable(z.number()),
		connectionLimit: z.nullable(z.number()),
		isMigrated: z.nullable(z.boolean()),
		users: z.nullable(z.array(z.string())),
	}),
	/** Deep: who holds the lock of MLflow's SQLite database, as far as its container can see. */
	z.object({
		check: z.literal('mlflow lock'),
		/** The database file in the container; empty if none is open. */
		path: z.string(),
		/** `isServer`: it is a process of the MLflow server itself. */
		holders: z.array(z.object({ pid: z.number(), command: z.string(), isServer: z.boolean() })),
	}),
	/** Durations of a DAG's tasks in its last successful runs; the subject is the DAG's id. */
	z.object({
		check: z.literal('task history'),
		history: z.object({
			runs: z.number(),
			tasks: z.array(z.object({ taskId: z.string(), usualMs: z.number() })),
			usualIdleMs: z.number(),
			earlier: z.optional(z.array(earlierRunSchema)),
			defaults: z.optional(z.record(z.string(), z.number())),
		}),
	}),
	/** Deep, only while a task waits: facts from Airflow's database that its API does not report. */
	z.object({
		check: z.literal('task waits'),
		/** The next checks of sensors that have released their slot. */
		reschedules: z.array(
			z.object({
				dagId: z.string(),
				dagRunId: z.string(),
				taskId: z.string(),
				mapIndex: z.number(),
				/** ms since the epoch. */
				at: z.number(),
			}),
		),
		/** Running and queued task instances of all runs. */
		active: z.array(z.object({ dagId: z.string(), taskId: z.string(), count: z.number() })),
		/** max_active_tis_per_dag and max_active_tis_per_dagrun of tasks that set them. */
		limits: z.array(
			z.object({
				dagId: z.string(),
				taskId: z.string(),
				perDag: z.nullable(z.number()),
				perRun: z.nullable(z.number()),
			}),
		),
	}),
	/** Airflow 3: why its scheduler does not queue tasks of a DAG run; the subject is its `runKey`. */
	z.object({
		check: z.literal('dependencies'),
		tasks: z.array(z.object({ taskId: z.string(), mapIndex: z.number(), unmet: z.array(unmetDependencySchema) })),
	}),
	/** Airflow 3: the newest job of each type on each host. */
	z.object({ check: z.literal('jobs'), jobs: z.array(airflowJobSchema) }),
	/** Deep: a request from the worker to MLflow. */
	z.object({
		check: z.literal('mlflow connection'),
		url: z.string(),
		httpStatus: z.nullable(z.number()),
		/** curl's error message if there was no response. */
		problem: z.string(),
	}),
	/** Deep, and costs the worker several seconds of CPU. */
	z.object({ check: z.literal('celery ping'), answers: z.boolean(), lines: z.array(z.string()), tookMs: z.number() }),
	/** Deep: whether Airflow's containers can write their logs. */
	z.object({ check: z.literal('logs folder'), isWritable: z.boolean(), words: z.string() }),
]);
export type CheckResult = z.infer<typeof checkResultSchema>;
export type CheckName = CheckResult['check'];
export type CheckOf<Name extends CheckName> = Extract<CheckResult, { check: Name }>;

export type CheckState = {
	/** When it was last finished. */
	readonly at: number;
	/**
	 * Start of the last try, whether it succeeded. Checks take seconds: the result may miss what happened during one.
	 */
	readonly lookedAt: number;
	/** Id of the container that the result is about; undefined: of no single container. */
	readonly container?: string | undefined;
	/** null: there was no result yet. */
	readonly result: CheckResult | null;
	/** Why the last try failed, one line; null if it succeeded. */
	readonly problem: Message | null;
};

export function checkKey(check: CheckName, subject = ''): string {
	return `${check}\n${subject}`;
}

/** The subjects of a check: files, DAGs. */
export function checkedSubjects(checks: Readonly<Record<string, unknown>>, check: CheckName): string[] {
	const lead = checkKey(check);
	return Object.keys(checks).flatMap(key => (key.startsWith(lead) ? [key.slice(lead.length)] : []));
}
