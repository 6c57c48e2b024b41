import type { TaskInstance } from '../../model/airflow/pipeline.ts';
import type { MlflowRun } from '../../model/mlflow/experiment.ts';
import { exactId } from '../../model/text/outside-id.ts';
import type { MlflowClient } from './mlflow.ts';

/** Tries of one task, and instances of a mapped one. */
const runsAsked = 50;

/**
 * The MLflow runs of an experiment whose tags name a task of a DAG run, newest first: also those that are too old for the
 * experiment's feed. Throws ClientError.
 */
export async function fetchRunsOfTask(
	client: Pick<MlflowClient, 'runs'>,
	experimentId: string,
	{ dagRunId, taskId }: Pick<TaskInstance, 'dagRunId' | 'taskId'>,
	signal: AbortSignal,
): Promise<readonly MlflowRun[]> {
	const [run, task] = [quotedValue(dagRunId), quotedValue(taskId)];
	if (run === null || task === null) return [];
	return client.runs(experimentId, runsAsked, signal, `tags.dag_run_id = ${run} and tags.task_id = ${task}`);
}

/** MLflow's filters have no escapes; null: a text with both quotes cannot be written (mlflow/utils/search_utils.py). */
function quotedValue(id: string): string | null {
	const text = exactId(id);
	return ["'", '"'].filter(quote => !text.includes(quote)).map(quote => `${quote}${text}${quote}`)[0] ?? null;
}
