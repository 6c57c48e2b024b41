import * as z from 'zod/mini';
import type { Pool } from '../../model/check.ts';
import type { DagParam, Json } from '../../model/dag-params.ts';
import {
	ignored,
	maskedLines,
	objectText,
	optionalId,
	optionalText,
	optionalTime,
	outsideId,
	outsideJson,
	outsideLines,
	outsideList,
	outsideText,
} from '../../model/outside-text.ts';
import type { AirflowHealth, Dag, DagRun, DagTask, ImportError, TaskInstance } from '../../model/pipeline.ts';
import type { ReportedRun } from '../../model/run-order.ts';
import { parseOutsideJson } from '../outside-json.ts';
import type { ClearedTask } from './airflow.ts';

/** The answers of Airflow's REST API v1, read tolerantly: airflow/api_connexion/openapi/v1.yaml (2.8.0). */

export const versionAnswer = z.object({ version: outsideText });

/** `/health`: a component without a status (no triggerer, no standalone processor) is null. */
export const healthAnswer = z.pipe(
	z.object({
		metadatabase: z.nullish(z.object({ status: optionalText })),
		scheduler: z.nullish(z.object({ status: optionalText, latest_scheduler_heartbeat: optionalTime })),
		triggerer: z.nullish(z.object({ status: optionalText, latest_triggerer_heartbeat: optionalTime })),
	}),
	z.transform(
		(answer): AirflowHealth => ({
			metadatabase: answer.metadatabase?.status ?? null,
			scheduler: answer.scheduler?.status ?? null,
			schedulerHeartbeatAt: answer.scheduler?.latest_scheduler_heartbeat ?? null,
			triggerer: answer.triggerer?.status ?? null,
			triggererHeartbeatAt: answer.triggerer?.latest_triggerer_heartbeat ?? null,
		}),
	),
);

/** The body of `/health` read; null where it is no such answer. */
export function readHealth(body: string): AirflowHealth | null {
	try {
		return healthAnswer.parse(parseOutsideJson(body));
	} catch {
		return null;
	}
}

const scheduleInterval = z.pipe(
	z.nullish(
		z.union([
			outsideText,
			z.object({ value: outsideText }),
			z.object({ days: z.number(), seconds: z.number(), microseconds: z.optional(z.number()) }),
			z.object({}),
		]),
	),
	z.transform((interval): string | null => {
		if (interval === null || interval === undefined) return null;
		if (typeof interval === 'string') return interval;
		if ('value' in interval && typeof interval.value === 'string') return interval.value;
		if ('days' in interval && typeof interval.days === 'number' && typeof interval.seconds === 'number') {
			return inWords(interval.days, interval.seconds);
		}
		return 'other';
	}),
);

function inWords(days: number, seconds: number): string {
	const parts: string[] = [];
	if (days) parts.push(days === 1 ? 'daily' : `every ${days} days`);
	if (seconds) {
		const hours = seconds / 3600;
		const rest = Number.isInteger(hours)
			? `${hours} h`
			: Number.isInteger(seconds / 60)
				? `${seconds / 60} min`
				: `${seconds} s`;
		parts.push(days ? `and ${rest}` : `every ${rest}`);
	}
	return parts.join(' ') || 'continuous';
}

export const dagAnswer = z.pipe(
	z.object({
		dag_id: outsideId,
		is_paused: z.nullish(z.boolean()),
		is_active: z.nullish(z.boolean()),
		description: optionalText,
		schedule_interval: scheduleInterval,
		timetable_description: optionalText,
		next_dagrun_create_after: optionalTime,
		owners: z.nullish(outsideList(outsideText)),
		tags: z.nullish(outsideList(z.object({ name: outsideText }))),
		fileloc: optionalText,
		file_token: optionalId,
		last_parsed_time: optionalTime,
		has_import_errors: z.nullish(z.boolean()),
		max_active_tasks: z.nullish(z.number()),
		max_active_runs: z.nullish(z.number()),
		has_task_concurrency_limits: z.nullish(z.boolean()),
	}),
	z.transform(
		(dag): Dag => ({
			dagId: dag.dag_id,
			isPaused: dag.is_paused ?? false,
			isActive: dag.is_active ?? true,
			description: dag.description,
			schedule: dag.schedule_interval,
			nextRunAt: dag.next_dagrun_create_after,
			owners: dag.owners ?? [],
			tags: (dag.tags ?? []).map(tag => tag.name),
			fileLocation: dag.fileloc,
			fileToken: dag.file_token,
			lastParsedAt: dag.last_parsed_time,
			hasImportErrors: dag.has_import_errors ?? false,
			maxActiveTasks: dag.max_active_tasks ?? null,
			maxActiveRuns: dag.max_active_runs ?? null,
			hasTaskConcurrencyLimits: dag.has_task_concurrency_limits ?? false,
		}),
	),
);
export const dagsAnswer = z.object({ dags: outsideList(dagAnswer), total_entries: z.number() });

/** A param is `{__class, value, description, schema}` (airflow/models/param.py, Param.dump); a bare value in old versions. */
const paramAnswer = z.union([
	z.object({
		__class: outsideText,
		value: z.optional(outsideJson),
		description: z.nullish(maskedLines),
		schema: z.nullish(z.record(outsideText, outsideJson)),
	}),
	outsideJson,
]);

export const dagDetailsAnswer = z.pipe(
	z.object({ params: z.nullish(z.record(outsideId, paramAnswer)) }),
	z.transform((answer): { params: DagParam[] } => ({
		params: Object.entries(answer.params ?? {}).map(([name, param]) => {
			if (!isParam(param)) return { name, value: param, description: null, title: null, schema: {} };
			const schema = param.schema ?? {};
			return {
				name,
				value: param.value ?? null,
				description: param.description || null,
				title: typeof schema.title === 'string' ? schema.title : null,
				schema,
			};
		}),
	})),
);

type ParamObject = { __class: string; value?: Json | undefined; description?: string | null | undefined };
function isParam(param: z.infer<typeof paramAnswer>): param is ParamObject & { schema?: { [name: string]: Json } } {
	return typeof param === 'object' && param !== null && '__class' in param;
}

const timeDelta = z.object({ days: z.number(), seconds: z.number(), microseconds: z.optional(z.number()) });

/** A `TimeDelta` as ms; null where there is none, or in a form that is not known. */
const optionalDuration = z.pipe(
	z.optional(z.union([timeDelta, ignored])),
	z.transform((delta): number | null => {
		if (!delta) return null;
		const { days, seconds, microseconds = 0 } = delta;
		return (days * 86_400 + seconds) * 1000 + microseconds / 1000;
	}),
);

export const tasksAnswer = z.pipe(
	z.object({
		tasks: outsideList(
			z.object({
				task_id: outsideId,
				class_ref: z.nullish(z.object({ class_name: optionalText })),
				operator_name: optionalText,
				downstream_task_ids: z.nullish(outsideList(outsideId)),
				trigger_rule: optionalText,
				depends_on_past: z.nullish(z.boolean()),
				wait_for_downstream: z.nullish(z.boolean()),
				retries: z.nullish(z.number()),
				retry_delay: optionalDuration,
				retry_exponential_backoff: z.nullish(z.union([z.boolean(), z.number()])),
			}),
		),
	}),
	z.transform((answer): DagTask[] =>
		answer.tasks.map(task => ({
			taskId: task.task_id,
			operator: task.operator_name ?? task.class_ref?.class_name ?? null,
			downstreamTaskIds: task.downstream_task_ids ?? [],
			triggerRule: task.trigger_rule ?? 'all_success',
			dependsOnPast: task.depends_on_past ?? false,
			waitForDownstream: task.wait_for_downstream ?? false,
			...(task.retries == null ? {} : { retries: task.retries }),
			retryDelayMs: task.retry_delay ?? 0,
			hasRetryBackoff: Boolean(task.retry_exponential_backoff),
		})),
	),
);

export const dagRunAnswer = z.pipe(
	z.object({
		dag_id: outsideId,
		dag_run_id: outsideId,
		state: outsideText,
		run_type: optionalText,
		logical_date: optionalTime,
		execution_date: optionalTime,
		data_interval_end: optionalTime,
		start_date: optionalTime,
		end_date: optionalTime,
		conf: objectText,
		note: z.nullish(outsideLines),
	}),
	z.transform((run): ReportedRun => {
		const reported: DagRun = {
			dagId: run.dag_id,
			dagRunId: run.dag_run_id,
			state: run.state,
			runType: run.run_type ?? 'manual',
			logicalDate: run.logical_date ?? run.execution_date,
			queuedAt: null,
			startedAt: run.start_date,
			endedAt: run.end_date,
			conf: run.conf,
			note: run.note ?? null,
		};
		return { run: reported, dataIntervalEnd: run.data_interval_end };
	}),
);
export const dagRunsAnswer = z.object({ dag_runs: outsideList(dagRunAnswer), total_entries: z.number() });

export const taskInstanceAnswer = z.pipe(
	z.object({
		dag_id: outsideId,
		dag_run_id: outsideId,
		task_id: outsideId,
		map_index: z.nullish(z.number()),
		state: optionalText,
		try_number: z.nullish(z.number()),
		max_tries: z.nullish(z.number()),
		queued_when: optionalTime,
		start_date: optionalTime,
		end_date: optionalTime,
		duration: z.nullish(z.number()),
		hostname: optionalText,
		pool: optionalId,
		pool_slots: z.nullish(z.number()),
		queue: optionalText,
		trigger: z.nullish(
			z.object({ classpath: optionalText, created_date: optionalTime, triggerer_id: z.nullish(z.number()) }),
		),
		triggerer_job: z.nullish(z.object({ latest_heartbeat: optionalTime })),
		note: z.nullish(outsideLines),
	}),
	z.transform(
		(task): TaskInstance => ({
			dagId: task.dag_id,
			dagRunId: task.dag_run_id,
			taskId: task.task_id,
			mapIndex: task.map_index ?? -1,
			state: task.state,
			tryNumber: task.try_number ?? 0,
			maxTries: task.max_tries ?? 0,
			queuedAt: task.queued_when,
			startedAt: task.start_date,
			endedAt: task.end_date,
			durationSeconds: task.duration ?? null,
			hostname: task.hostname ?? '',
			pool: task.pool ?? 'default_pool',
			poolSlots: task.pool_slots ?? 1,
			queue: task.queue ?? 'default',
			trigger: task.trigger
				? {
						name: task.trigger.classpath?.split('.').at(-1) ?? '',
						createdAt: task.trigger.created_date,
						isTaken: task.trigger.triggerer_id != null,
						triggererSeenAt: task.triggerer_job?.latest_heartbeat ?? null,
					}
				: null,
			note: task.note ?? null,
		}),
	),
);
export const taskInstancesAnswer = z.object({
	task_instances: outsideList(taskInstanceAnswer),
	total_entries: z.number(),
});

export const importErrorsAnswer = z.pipe(
	z.object({
		import_errors: outsideList(
			z.object({ filename: optionalText, stack_trace: z.nullish(maskedLines), timestamp: optionalTime }),
		),
	}),
	z.transform((answer): ImportError[] =>
		answer.import_errors.map(error => ({
			fileName: error.filename ?? '',
			stackTrace: error.stack_trace ?? '',
			happenedAt: error.timestamp,
		})),
	),
);

const count = z.pipe(
	z.nullish(z.number()),
	z.transform(number => number ?? 0),
);
export const poolAnswer = z.pipe(
	z.object({
		name: outsideId,
		slots: z.number(),
		occupied_slots: count,
		running_slots: count,
		queued_slots: count,
		scheduled_slots: count,
		open_slots: count,
	}),
	z.transform(
		(pool): Pool => ({
			name: pool.name,
			slots: pool.slots,
			occupied: pool.occupied_slots,
			running: pool.running_slots,
			queued: pool.queued_slots,
			scheduled: pool.scheduled_slots,
			open: pool.open_slots,
		}),
	),
);
export const poolsAnswer = z.object({ pools: outsideList(poolAnswer), total_entries: z.number() });

const taskReference = z.object({ dag_run_id: outsideId, task_id: outsideId });

export const clearedAnswer = z.pipe(
	z.object({ task_instances: outsideList(taskReference) }),
	z.transform((answer): ClearedTask[] =>
		answer.task_instances.map(task => ({ dagRunId: task.dag_run_id, taskId: task.task_id, mapIndex: null })),
	),
);
/** What `/clear` of the web pages would clear (airflow/www/views.py, `_clear_dag_tis`). */
export const clearFormAnswer = z.pipe(
	z.array(z.object({ task_id: outsideId, map_index: z.number(), run_id: outsideId })),
	z.transform((answer): ClearedTask[] =>
		answer.map(task => ({ dagRunId: task.run_id, taskId: task.task_id, mapIndex: task.map_index })),
	),
);
/** The logical date as it is written, to the microsecond. */
export const runDateAnswer = z.pipe(
	z.object({ logical_date: optionalText, execution_date: optionalText }),
	z.transform(answer => answer.logical_date ?? answer.execution_date),
);

/** 2.8.0 answers a mark that was done with `{}`: it writes a list by the schema of one (task_instance_endpoint.py). */
export const markedAnswer = ignored;

/** Not cleaned: it is read line by line, see `AirflowClient.taskLogPart`. */
export const rawLog = z.string();
export const taskLogAnswer = z.object({ content: rawLog, continuation_token: optionalId });

/** RFC 7807 problem details, as connexion sends them. */
export const problemAnswer = z.object({ title: optionalText, detail: outsideJson });
