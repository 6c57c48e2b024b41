import type { DagRun, TaskInstance } from '../../model/airflow/pipeline.ts';

/** Each task instance of these runs once: one whose row changes between two pages may be on both. */
export function distinctTasks(tasks: readonly TaskInstance[], runs: readonly DagRun[]): TaskInstance[] {
	const wanted = new Set(runs.map(({ dagRunId }) => dagRunId));
	const ofRuns = tasks.filter(({ dagRunId }) => wanted.has(dagRunId));
	return [...new Map(ofRuns.map(task => [`${task.dagRunId}\n${task.taskId}\n${task.mapIndex}`, task])).values()];
}
