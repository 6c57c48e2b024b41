import * as z from 'zod/mini';
import {
	ignored,
	objectText,
	optionalId,
	optionalText,
	optionalTime,
	outsideId,
	outsideLines,
	outsideList,
	outsideText,
} from '../../../model/outside-text.ts';
import type { DagRun, TaskInstance } from '../../../model/pipeline.ts';
import type { ReportedRun } from '../../../model/run-order.ts';
import type { ClearedTask } from '../airflow.ts';

/**
 * Responses of Airflow's REST API v1 about DAG runs and their task instances, parsed tolerantly:
 * airflow/api_connexion/openapi/v1.yaml (2.8.0).
 */

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

const taskReference = z.object({ dag_run_id: outsideId, task_id: outsideId });

export const clearedAnswer = z.pipe(
	z.object({ task_instances: outsideList(taskReference) }),
	z.transform((answer): ClearedTask[] =>
		answer.task_instances.map(task => ({ dagRunId: task.dag_run_id, taskId: task.task_id, mapIndex: null })),
	),
);
/** What the web pages' `/clear` would clear (airflow/www/views.py, `_clear_dag_tis`). */
export const clearFormAnswer = z.pipe(
	z.array(z.object({ task_id: outsideId, map_index: z.number(), run_id: outsideId })),
	z.transform((answer): ClearedTask[] =>
		answer.map(task => ({ dagRunId: task.run_id, taskId: task.task_id, mapIndex: task.map_index })),
	),
);
/** The logical date as text, to the microsecond. */
export const runDateAnswer = z.pipe(
	z.object({ logical_date: optionalText, execution_date: optionalText }),
	z.transform(answer => answer.logical_date ?? answer.execution_date),
);

/**
 * 2.8.0 responds to a successful mark with `{}`: it serialises a list with the schema of one entry
 * (task_instance_endpoint.py).
 */
export const markedAnswer = ignored;

/** Not cleaned: it is parsed line by line, see `AirflowClient.taskLogPart`. */
export const rawLog = z.string();
export const taskLogAnswer = z.object({ content: rawLog, continuation_token: optionalId });
