import * as z from 'zod/mini';

/** State of Airflow's parts and metadata database, from `/health` or `/api/v2/monitor/health` (no login needed). */
export const airflowHealthSchema = z.object({
	metadatabase: z.nullable(z.string()),
	scheduler: z.nullable(z.string()),
	/** ms since the epoch. */
	schedulerHeartbeatAt: z.nullable(z.number()),
	/** healthy, unhealthy; null: there is none. */
	triggerer: z.optional(z.nullable(z.string())),
	triggererHeartbeatAt: z.optional(z.nullable(z.number())),
	/** healthy, unhealthy; null: the scheduler parses the DAG files itself (Airflow 2). */
	dagProcessor: z.optional(z.nullable(z.string())),
	dagProcessorHeartbeatAt: z.optional(z.nullable(z.number())),
});
export type AirflowHealth = z.infer<typeof airflowHealthSchema>;

export const dagSchema = z.object({
	dagId: z.string(),
	isPaused: z.boolean(),
	isActive: z.boolean(),
	description: z.nullable(z.string()),
	/**
	 * The schedule in words: a cron expression, `1 day, 0:00:00`, a preset, or null if it is triggered by hand only.
	 */
	schedule: z.nullable(z.string()),
	/** Time between two runs, ms, of a schedule that is a duration. */
	periodMs: z.optional(z.nullable(z.number())),
	nextRunAt: z.nullable(z.number()),
	owners: z.array(z.string()),
	tags: z.array(z.string()),
	fileLocation: z.nullable(z.string()),
	/** Token for the request of the DAG's source; null if the server provides none. */
	fileToken: z.nullable(z.string()),
	/** When the scheduler last parsed its file, ms since the epoch. */
	lastParsedAt: z.nullable(z.number()),
	hasImportErrors: z.boolean(),
	/** Limit of its running and queued task instances. */
	maxActiveTasks: z.optional(z.nullable(z.number())),
	/** Limit of its active runs. */
	maxActiveRuns: z.optional(z.nullable(z.number())),
	/** Whether any of its tasks limits its instances (`max_active_tis_per_dag`, `max_active_tis_per_dagrun`). */
	hasTaskConcurrencyLimits: z.optional(z.boolean()),
});
export type Dag = z.infer<typeof dagSchema>;

/** A task of a DAG's definition; `downstreamTaskIds` are the edges of the graph. */
export const dagTaskSchema = z.object({
	taskId: z.string(),
	operator: z.nullable(z.string()),
	downstreamTaskIds: z.array(z.string()),
	triggerRule: z.optional(z.string()),
	/** Expands into instances at run time, by itself or with a group that it is in. */
	isMapped: z.optional(z.boolean()),
	/** Ids of the task groups around it, the outermost first; left out: unknown. */
	groupIds: z.optional(z.array(z.string())),
	/** It makes ready what other tasks need, or cleans up after them whatever their outcome. */
	role: z.optional(z.enum(['setup', 'teardown'])),
	dependsOnPast: z.optional(z.boolean()),
	waitForDownstream: z.optional(z.boolean()),
	retries: z.optional(z.number()),
	retryDelayMs: z.optional(z.number()),
	/** The delay grows with each try. */
	hasRetryBackoff: z.optional(z.boolean()),
});
export type DagTask = z.infer<typeof dagTaskSchema>;

/** A DAG run. Times are ms since the epoch. `state` is queued, running, success, failed or a newer word. */
export const dagRunSchema = z.object({
	dagId: z.string(),
	dagRunId: z.string(),
	state: z.string(),
	/** manual, scheduled, backfill, dataset_triggered. */
	runType: z.string(),
	logicalDate: z.nullable(z.number()),
	/**
	 * When it was queued, as far as that can be derived, see `run-order.ts`; null otherwise: its logical date is in the
	 * future, and no other run gives a clue.
	 */
	queuedAt: z.nullable(z.number()),
	/**
	 * From when on it could start: Airflow 2 the end of its data interval, Airflow 3 `run_after`. Left out in recordings
	 * of earlier versions.
	 */
	dueAt: z.optional(z.nullable(z.number())),
	startedAt: z.nullable(z.number()),
	endedAt: z.nullable(z.number()),
	/** The run's conf as compact JSON text, null when empty. */
	conf: z.nullable(z.string()),
	note: z.nullable(z.string()),
	/** Airflow 3: the versions of the DAG that its tasks ran with, ascending; several after a clear. */
	versions: z.optional(z.array(z.number())),
});
export type DagRun = z.infer<typeof dagRunSchema>;

/** A task instance. `state` null is Airflow's "no status yet". */
export const taskInstanceSchema = z.object({
	dagId: z.string(),
	dagRunId: z.string(),
	taskId: z.string(),
	/** -1 for a task that is not mapped. */
	mapIndex: z.number(),
	state: z.nullable(z.string()),
	/** The last try that has started, see `task-tries.ts`; 0 before the first. */
	tryNumber: z.number(),
	maxTries: z.number(),
	queuedAt: z.nullable(z.number()),
	startedAt: z.nullable(z.number()),
	endedAt: z.nullable(z.number()),
	/** Seconds, as Airflow counts them; null before the end. */
	durationSeconds: z.nullable(z.number()),
	hostname: z.string(),
	pool: z.string(),
	/** Slots that it takes in its pool. */
	poolSlots: z.optional(z.number()),
	/** Its queue in the executor. */
	queue: z.optional(z.string()),
	/** The trigger of a deferred task; null or left out for others. */
	trigger: z.optional(
		z.nullable(
			z.object({
				/** Its class, without the module: `TimeDeltaTrigger`. */
				name: z.string(),
				/** When it was deferred. */
				createdAt: z.nullable(z.number()),
				/** Whether a triggerer has taken it. */
				isTaken: z.boolean(),
				/** Last heartbeat of that triggerer. */
				triggererSeenAt: z.nullable(z.number()),
			}),
		),
	),
	note: z.nullable(z.string()),
});
export type TaskInstance = z.infer<typeof taskInstanceSchema>;

export const importErrorSchema = z.object({
	fileName: z.string(),
	stackTrace: z.string(),
	happenedAt: z.nullable(z.number()),
});
export type ImportError = z.infer<typeof importErrorSchema>;

/** True while a run may still change by itself. */
export function isActiveRun(run: Pick<DagRun, 'state'>): boolean {
	return run.state === 'queued' || run.state === 'running';
}

/**
 * Task states in which a task instance has ended for this run.
 * Source: airflow/utils/state.py (2.8.0), `State.finished`.
 */
const finishedTaskStates: ReadonlySet<string> = new Set(['success', 'failed', 'skipped', 'upstream_failed', 'removed']);

export function isFinishedTask(task: Pick<TaskInstance, 'state'>): boolean {
	return task.state !== null && finishedTaskStates.has(task.state);
}

/**
 * The newest run: the one that was queued or started last. Its logical date does not matter: that of a scheduled run is
 * a whole interval before its start, that of a manual run may be years ahead.
 */
export function newestRun(runs: readonly DagRun[] | undefined): DagRun | undefined {
	return runs?.reduce<DagRun | undefined>((best, run) => (best && !isNewerRun(run, best) ? best : run), undefined);
}

/** The same order for all runs. Runs with equal times keep the server's order. */
export function runsNewestFirst(runs: readonly DagRun[]): DagRun[] {
	return runs.toSorted((a, b) => (isNewerRun(a, b) ? -1 : isNewerRun(b, a) ? 1 : 0));
}

function isNewerRun(a: DagRun, b: DagRun): boolean {
	const [at, other] = [lastMove(a), lastMove(b)];
	if (at !== other) return at > other;
	// A run with a future date was probably queued with the one before it, and waits for its date.
	if (isAhead(a) !== isAhead(b)) return isAhead(b);
	return a.startedAt === null && b.startedAt !== null;
}

/** When a run was queued or started last, ms since the epoch; 0 if unknown. */
export function lastMove({ state, logicalDate, queuedAt, startedAt }: DagRun): number {
	return Math.max(queuedAt ?? 0, startedAt ?? 0) || (state === 'queued' ? 0 : (logicalDate ?? 0));
}

function isAhead({ logicalDate, queuedAt, startedAt }: DagRun): boolean {
	return startedAt === null && logicalDate !== null && logicalDate > (queuedAt ?? 0);
}
