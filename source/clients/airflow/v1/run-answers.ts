import * as z from 'zod/mini';
import type { ReportedRun } from '../../../model/airflow/run-order.ts';
import { total } from '../../../model/text/outside-number.ts';
import {
	ignored,
	optionalId,
	optionalText,
	optionalTime,
	outsideId,
	outsideList,
} from '../../../model/text/outside-text.ts';
import type { ClearedTask } from '../airflow.ts';
import { rawLog, runFields, runOf } from '../run-answers.ts';

/**
 * Responses of Airflow's REST API v1 about DAG runs and their task instances, parsed tolerantly:
 * airflow/api_connexion/openapi/v1.yaml (2.8.0).
 */
export { taskInstanceAnswer, taskInstancesAnswer } from '../run-answers.ts';

export const dagRunAnswer = z.pipe(
	z.object({ ...runFields, execution_date: optionalTime, data_interval_end: optionalTime }),
	z.transform(
		(run): ReportedRun => ({
			run: {
				...runOf(run),
				logicalDate: run.logical_date ?? run.execution_date,
				queuedAt: null,
				dueAt: run.data_interval_end,
			},
			dataIntervalEnd: run.data_interval_end,
		}),
	),
);
export const dagRunsAnswer = z.object({ dag_runs: outsideList(dagRunAnswer), total_entries: total });

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

export const taskLogAnswer = z.object({ content: rawLog, continuation_token: optionalId });
