import type { AirflowClient } from '../clients/airflow/airflow.ts';
import type { DagRun } from '../model/pipeline.ts';
import { type TaskHistory, taskHistory } from '../model/task-history.ts';

/** Earlier runs that are compared: one request each. */
const runsCompared = 5;

/** The durations of a DAG's tasks in its last successful runs. Throws ClientError. */
export async function fetchTaskHistory(
	client: AirflowClient,
	dagId: string,
	dagRuns: readonly DagRun[],
	signal: AbortSignal,
): Promise<TaskHistory> {
	const earlier = dagRuns
		.flatMap(({ state, dagRunId, startedAt, endedAt }) =>
			state === 'success' && startedAt !== null && endedAt !== null
				? [{ dagRunId, span: { from: startedAt, until: endedAt } }]
				: [],
		)
		.slice(0, runsCompared);
	const runs = [];
	for (const { dagRunId, span } of earlier) {
		runs.push({ span, tasks: await client.taskInstances(dagId, dagRunId, signal) });
	}
	return taskHistory(runs);
}
