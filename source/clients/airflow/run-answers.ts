import * as z from 'zod/mini';
import type { DagRun, TaskInstance } from '../../model/airflow/pipeline.ts';
import { optionalCount, optionalSeconds, total } from '../../model/text/outside-number.ts';
import {
	objectText,
	optionalId,
	optionalText,
	optionalTime,
	outsideId,
	outsideLines,
	outsideList,
	outsideText,
} from '../../model/text/outside-text.ts';

/** What the REST APIs v1 and v2 say of DAG runs and their task instances in the same words. */

/** Fields of a DAG run. */
export const runFields = {
	dag_id: outsideId,
	dag_run_id: outsideId,
	state: outsideText,
	run_type: optionalText,
	logical_date: optionalTime,
	start_date: optionalTime,
	end_date: optionalTime,
	conf: objectText,
	note: z.nullish(outsideLines),
};
const runShape = z.object(runFields);

/** These fields as a DAG run. Times that the generations name differently are missing. */
export function runOf(run: z.infer<typeof runShape>): Omit<DagRun, 'logicalDate' | 'queuedAt' | 'dueAt'> {
	return {
		dagId: run.dag_id,
		dagRunId: run.dag_run_id,
		state: run.state,
		runType: run.run_type ?? 'manual',
		startedAt: run.start_date,
		endedAt: run.end_date,
		conf: run.conf,
		note: run.note ?? null,
	};
}

export const taskInstanceAnswer = z.pipe(
	z.object({
		dag_id: outsideId,
		dag_run_id: outsideId,
		task_id: outsideId,
		map_index: optionalCount,
		state: optionalText,
		try_number: optionalCount,
		max_tries: optionalCount,
		queued_when: optionalTime,
		start_date: optionalTime,
		end_date: optionalTime,
		duration: optionalSeconds,
		hostname: optionalText,
		pool: optionalId,
		pool_slots: optionalCount,
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
			durationSeconds: task.duration,
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
	total_entries: total,
});

/** Not cleaned: it is parsed line by line, see `AirflowClient.taskLogPart`. */
export const rawLog = z.string();
