import { inPath } from '../../../model/outside-id.ts';
import type { TaskTry } from '../airflow.ts';

export function dagPath(dagId: string): string {
	return `/api/v2/dags/${inPath(dagId)}`;
}

export function runsPath(dagId: string): string {
	return `${dagPath(dagId)}/dagRuns`;
}

export function runPath(dagId: string, dagRunId: string): string {
	return `${runsPath(dagId)}/${inPath(dagRunId)}`;
}

export function taskPath(dagId: string, dagRunId: string, taskId: string): string {
	return `${runPath(dagId, dagRunId)}/taskInstances/${inPath(taskId)}`;
}

export function logPath({ dagId, dagRunId, taskId, tryNumber }: TaskTry): string {
	return `${taskPath(dagId, dagRunId, taskId)}/logs/${tryNumber}`;
}
