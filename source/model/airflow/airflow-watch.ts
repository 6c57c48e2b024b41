import * as z from 'zod/mini';

/** What only Airflow 3 reports. Times are ms since the epoch by the server's clock. */

/** A condition that keeps a task from being queued, in Airflow's own words. */
export const unmetDependencySchema = z.object({
	/** `Trigger Rule`, `Pool Slots Available`. */
	name: z.string(),
	reason: z.string(),
});
export type UnmetDependency = z.infer<typeof unmetDependencySchema>;

/** A try of a task: Airflow 2.10 and 3 keep the earlier ones. */
export const taskTryTimesSchema = z.object({
	tryNumber: z.number(),
	state: z.nullable(z.string()),
	queuedAt: z.nullable(z.number()),
	startedAt: z.nullable(z.number()),
	endedAt: z.nullable(z.number()),
	hostname: z.string(),
});
export type TaskTryTimes = z.infer<typeof taskTryTimesSchema>;

/** Numbers of a DAG's runs; Airflow has no other states of runs. */
export const runCountsSchema = z.object({
	dagId: z.string(),
	queued: z.number(),
	running: z.number(),
	success: z.number(),
	failed: z.number(),
});
export type RunCounts = z.infer<typeof runCountsSchema>;

export const jobTypes = ['scheduler', 'triggerer', 'processor'] as const;
export type JobType = (typeof jobTypes)[number];

/** A process of Airflow, as it registers itself in the database; a later process is another job. */
export const airflowJobSchema = z.object({
	id: z.number(),
	type: z.enum(jobTypes),
	/** running, success, failed, restarting; a killed process leaves `running`. */
	state: z.string(),
	hostname: z.string(),
	startedAt: z.nullable(z.number()),
	heartbeatAt: z.nullable(z.number()),
	/** By Airflow's own limit (`scheduler_health_check_threshold`, `triggerer_health_check_threshold`). */
	isAlive: z.boolean(),
});
export type AirflowJob = z.infer<typeof airflowJobSchema>;

/** An entry of Airflow's audit log. */
export const airflowEventSchema = z.object({
	id: z.number(),
	at: z.number(),
	/** The name of the request, such as `patch_dag_run`, or `cli_task_run`. */
	event: z.string(),
	/** The user. */
	owner: z.nullable(z.string()),
	dagId: z.nullable(z.string()),
	dagRunId: z.nullable(z.string()),
	taskId: z.nullable(z.string()),
	/** Fields of the request without secrets: `is_paused=true`; empty if there are none. */
	extra: z.string(),
});
export type AirflowEvent = z.infer<typeof airflowEventSchema>;
