import type { TaskInstance } from '../../model/airflow/pipeline.ts';
import { inPath } from '../../model/text/outside-id.ts';

/** Paths of the REST API under `root`, `/api/v1` or `/api/v2`: the same below it in both generations. */
export function pathsUnder(root: string) {
	const dagPath = (dagId: string) => `${root}/dags/${inPath(dagId)}`;
	const runsPath = (dagId: string) => `${dagPath(dagId)}/dagRuns`;
	const runPath = (dagId: string, dagRunId: string) => `${runsPath(dagId)}/${inPath(dagRunId)}`;
	const taskPath = (dagId: string, dagRunId: string, taskId: string) =>
		`${runPath(dagId, dagRunId)}/taskInstances/${inPath(taskId)}`;
	const logPath = ({
		dagId,
		dagRunId,
		taskId,
		tryNumber,
	}: Pick<TaskInstance, 'dagId' | 'dagRunId' | 'taskId' | 'tryNumber'>) =>
		`${taskPath(dagId, dagRunId, taskId)}/logs/${tryNumber}`;
	return { dagPath, runsPath, runPath, taskPath, logPath };
}
