import * as z from 'zod/mini';
import type { DagRun } from '../../../model/airflow/pipeline.ts';
import { total } from '../../../model/text/outside-number.ts';
import { optionalId, optionalTime, outsideId, outsideList } from '../../../model/text/outside-text.ts';
import type { ClearedTask } from '../airflow.ts';
import { rawLog, runFields, runOf } from '../run-answers.ts';
import { logEventAnswer } from '../task-log-events.ts';

/**
 * Responses of Airflow's REST API v2 about DAG runs and their task instances, parsed tolerantly: responses of Airflow
 * 3.3.2 and airflow-core/src/airflow/api_fastapi/core_api/datamodels (3.0.0). A task instance is as in API v1, with
 * more fields.
 */
export { taskInstanceAnswer, taskInstancesAnswer } from '../run-answers.ts';

export const dagRunAnswer = z.pipe(
	z.object({
		...runFields,
		run_after: optionalTime,
		queued_at: optionalTime,
		dag_versions: z.nullish(outsideList(z.object({ version_number: z.number() }))),
	}),
	z.transform(
		(run): DagRun => ({
			...runOf(run),
			// A triggered run has no logical date any more, and is due from its trigger on.
			logicalDate: run.logical_date ?? run.run_after,
			queuedAt: run.queued_at,
			dueAt: run.run_after,
			versions: (run.dag_versions ?? []).map(version => version.version_number).toSorted((a, b) => a - b),
		}),
	),
);
export const dagRunsAnswer = z.object({ dag_runs: outsideList(dagRunAnswer), total_entries: total });

export const clearedAnswer = z.pipe(
	z.object({
		task_instances: outsideList(
			z.object({ dag_run_id: outsideId, task_id: outsideId, map_index: z.nullish(z.number()) }),
		),
	}),
	z.transform((answer): ClearedTask[] =>
		answer.task_instances.map(task => ({
			dagRunId: task.dag_run_id,
			taskId: task.task_id,
			mapIndex: task.map_index ?? -1,
		})),
	),
);

/** A part of a log. Servers whose handler does not know events send lines of text. */
export const taskLogAnswer = z.object({
	content: z.union([z.array(z.union([logEventAnswer, rawLog])), rawLog]),
	continuation_token: optionalId,
});
