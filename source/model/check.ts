import * as z from 'zod/mini';
import { type Message, messageSchema } from '../words/message.ts';

/**
 * Facts that nobody needs to see all the time but that a diagnosis rests on. Each is asked for at its own pace; the deep
 * ones run a command in a container and are asked for when something looks wrong, or on demand.
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

/** What a container was made from, as far as diagnosis needs it. */
export const setupSchema = z.object({
	imageId: z.string(),
	/** Compose's hash of the service as it was when the container was made; null without Compose. */
	configHash: z.nullable(z.string()),
	logDriver: z.string(),
	hasHealthCheck: z.boolean(),
	/** What the health check runs; empty where there is none. */
	healthTest: z.string(),
	/** How long it may take, ms. */
	healthTimeoutMs: z.number(),
	/** Time between two of them, ms. */
	healthIntervalMs: z.number(),
	user: z.string(),
	/** Queues that its command line names (`celery worker --queues a,b`); null where it names none. */
	queues: z.nullable(z.array(z.string())),
	memoryLimitBytes: z.nullable(z.number()),
	/** Processors that it may use; null: all. */
	cpuLimit: z.nullable(z.number()),
	networks: z.array(z.object({ name: z.string(), aliases: z.array(z.string()) })),
	/** `AIRFLOW__…` and `MLFLOW_…` variables whose values are no secrets. */
	settings: z.record(z.string(), z.string()),
	/** How Postgres in it is asked. */
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
	/** Whether it holds the words by which Airflow knows a DAG file (`dag` and `airflow`); null: not read. */
	looksLikeDag: z.nullable(z.boolean()),
	/** Whether Airflow's user can read it; null: not known. */
	isReadable: z.nullable(z.boolean()),
});
export type DagFile = z.infer<typeof dagFileSchema>;

/** A place on a disk of the engine's machine. */
export const diskPlaceSchema = z.object({
	path: z.string(),
	freeBytes: z.number(),
	totalBytes: z.number(),
	freeInodes: z.number(),
	/** 0 where the file system has no fixed number. */
	totalInodes: z.number(),
	/** How fast it fills up, bytes an hour, as seen for some minutes; null: not seen for long enough. */
	growthBytesPerHour: z.nullable(z.number()),
});
export type DiskPlace = z.infer<typeof diskPlaceSchema>;

export const checkResultSchema = z.discriminatedUnion('check', [
	z.object({
		check: z.literal('pools'),
		pools: z.array(poolSchema),
		/** By pool: since when nothing has begun or ended in it, ms since the epoch. */
		unchangedSince: z.optional(z.record(z.string(), z.number())),
	}),
	z.object({
		check: z.literal('engine'),
		/** The engine's clock less ours, ms, and how wrong that may be. */
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
		/** Hash of each service as the file has it now. */
		hashes: z.record(z.string(), z.string()),
		/** By image name as the containers have it: the id of the image that the name means now; null: no such image. */
		images: z.record(z.string(), z.nullable(z.string())),
	}),
	/** The last lines that a container wrote before it ended or fell ill; the subject is its id. */
	z.object({
		check: z.literal('last lines'),
		lines: z.array(z.string()),
		/** Of which state of the container: changes with each start and each end. */
		of: z.string(),
	}),
	z.object({
		check: z.literal('dag folder'),
		/** As the scheduler sees it. */
		folder: z.string(),
		/** Whether a mount puts it there. */
		isMounted: z.boolean(),
		/** What is in it on this host; null: not to be seen from here. */
		host: z.nullable(z.array(dagFileSchema)),
		/** Identity of the folder on this host (`device:inode`), null: not to be seen. */
		hostId: z.nullable(z.string()),
	}),
	/** Deep: what the scheduler itself sees of its DAG folder. */
	z.object({
		check: z.literal('dag folder inside'),
		exists: z.boolean(),
		id: z.nullable(z.string()),
		files: z.array(dagFileSchema),
	}),
	/** Deep: a DAG file run by the scheduler's Python; the subject is its path. */
	z.object({
		check: z.literal('python file'),
		/** Of the file that was run. */
		modifiedAt: z.number(),
		exitCode: z.number(),
		lines: z.array(z.string()),
		tookMs: z.number(),
		/** The DAGs that it defines; none where it was only checked for its syntax. */
		dagIds: z.array(z.string()),
	}),
	z.object({
		check: z.literal('broker'),
		/** Its answer to a ping, or its other words; empty where it did not answer in time. */
		answer: z.string(),
		/** It did not answer in time, in words; null when it answered. */
		hang: z.nullable(messageSchema),
		/** Messages that wait, by queue: how many, and since when it was never seen empty. */
		queues: z.array(
			z.object({
				name: z.string(),
				count: z.number(),
				since: z.number(),
				/** Since when its count was never seen to fall: nothing was taken from it. */
				unchangedSince: z.optional(z.number()),
			}),
		),
		/** Names of the queues that were counted, empty ones too. */
		asked: z.optional(z.array(z.string())),
		/** Messages that workers have taken and not finished; null: not known. */
		unacked: z.optional(z.nullable(z.number())),
		memoryBytes: z.nullable(z.number()),
		/** 0: no limit. */
		memoryLimitBytes: z.nullable(z.number()),
		/** What it lets go at its limit; `noeviction` refuses writes. */
		policy: z.string(),
		/** Whether the last save to disk failed, which makes it refuse writes unless it is told otherwise. */
		hasFailedToSave: z.boolean(),
	}),
	z.object({
		check: z.literal('database'),
		/** Why it could not be asked, in its own words if it gave any; null when it answered. */
		problem: z.nullable(messageSchema),
		/** It did not answer in time. */
		isHanging: z.optional(z.boolean()),
		connections: z.nullable(z.number()),
		connectionLimit: z.nullable(z.number()),
		isMigrated: z.nullable(z.boolean()),
		users: z.nullable(z.array(z.string())),
	}),
	/** Deep: who holds the lock of MLflow's SQLite database, as far as that is to be seen from within its container. */
	z.object({
		check: z.literal('mlflow lock'),
		/** Of the database file in the container; empty where none is open. */
		path: z.string(),
		/** `isServer`: it is a process of the MLflow server itself. */
		holders: z.array(z.object({ pid: z.number(), command: z.string(), isServer: z.boolean() })),
	}),
	/** How long the tasks of a DAG took in its last successful runs; the subject is the DAG's id. */
	z.object({
		check: z.literal('task history'),
		history: z.object({
			runs: z.number(),
			tasks: z.array(z.object({ taskId: z.string(), usualMs: z.number() })),
			usualIdleMs: z.number(),
		}),
	}),
	/** Deep, only while a task waits: what no answer of Airflow's API says, from its database. */
	z.object({
		check: z.literal('task waits'),
		/** When sensors that gave their slot back are looked at next. */
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
		/** Task instances that run or are queued, in all runs. */
		active: z.array(z.object({ dagId: z.string(), taskId: z.string(), count: z.number() })),
		/** max_active_tis_per_dag and max_active_tis_per_dagrun of tasks that have one. */
		limits: z.array(
			z.object({
				dagId: z.string(),
				taskId: z.string(),
				perDag: z.nullable(z.number()),
				perRun: z.nullable(z.number()),
			}),
		),
	}),
	/** Deep: a request from the worker to MLflow. */
	z.object({
		check: z.literal('mlflow connection'),
		url: z.string(),
		httpStatus: z.nullable(z.number()),
		/** curl's own words where no answer came. */
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
	 * When the last try began, also one in vain. Looks take seconds: what happened while one was under way, it may not
	 * have seen.
	 */
	readonly lookedAt: number;
	/** Id of the container of which the result is true; undefined: of no one container. */
	readonly container?: string | undefined;
	/** null: it has never answered. */
	readonly result: CheckResult | null;
	/** Why it could not be made the last time, one line; empty: it could. */
	readonly problem: Message | null;
};

export function checkKey(check: CheckName, subject = ''): string {
	return `${check}\n${subject}`;
}

/** What a check was made of: files, DAGs. */
export function checkedSubjects(checks: Readonly<Record<string, unknown>>, check: CheckName): string[] {
	const lead = checkKey(check);
	return Object.keys(checks).flatMap(key => (key.startsWith(lead) ? [key.slice(lead.length)] : []));
}
