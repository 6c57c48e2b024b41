import { type DagRun, runsNewestFirst, type TaskInstance } from '../../model/airflow/pipeline.ts';
import type { RunHistory } from '../../model/airflow/run-history.ts';
import { runKey, type StackState } from '../../model/state.ts';
import { memoised } from '../memo.ts';

type Known = Pick<StackState, 'dagRuns' | 'taskInstances' | 'tasksSeenAt' | 'runHistory'>;

/** The runs of a DAG that are known, newest first: those watched regularly, and those of the views over many runs. */
export function knownRuns({ dagRuns, runHistory }: Known, dagId: string): readonly DagRun[] {
	return newestFirst(dagRuns[dagId] ?? none, runHistory?.dagId === dagId ? runHistory.runs : none);
}

const none: readonly never[] = [];

const newestFirst = memoised((watched: readonly DagRun[], history: readonly DagRun[]): readonly DagRun[] => {
	if (history.length === 0) return runsNewestFirst(watched);
	const fresh = new Set(watched.map(({ dagRunId }) => dagRunId));
	return runsNewestFirst([...watched, ...history.filter(({ dagRunId }) => !fresh.has(dagRunId))]);
}, 4);

/** The task instances of a run as they were fetched last; undefined: never. */
export function tasksOfRun(state: Known, dagId: string, dagRunId: string): readonly TaskInstance[] | undefined {
	const key = runKey(dagId, dagRunId);
	const watched = state.taskInstances[key];
	const found = historyOf(state, dagId)?.tasks[dagRunId];
	if (found === undefined) return watched;
	return watched !== undefined && (state.tasksSeenAt[key] ?? 0) >= found.fetchedAt ? watched : found.instances;
}

/** What is known of many runs of this DAG; null: nothing. */
export function historyOf({ runHistory }: Pick<Known, 'runHistory'>, dagId: string): RunHistory | null {
	return runHistory?.dagId === dagId ? runHistory : null;
}
