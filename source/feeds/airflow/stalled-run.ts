import { type DagRun, isActiveRun, isFinishedTask } from '../../model/airflow/pipeline.ts';
import { runKey, type StackState } from '../../model/state.ts';

/** No task of an active run makes progress, and some are unfinished. */
export function isStalled({ taskInstances }: StackState, run: DagRun): boolean {
	const tasks = taskInstances[runKey(run.dagId, run.dagRunId)] ?? [];
	return isActiveRun(run) && tasks.some(task => !isFinishedTask(task)) && !tasks.some(({ state }) => atWork.has(state));
}

const atWork: ReadonlySet<string | null> = new Set([
	'running',
	'queued',
	'restarting',
	'deferred',
	// It waits for a person, not for the scheduler.
	'awaiting_input',
]);
