import { type QueuedSeen, runKey, type StackState } from '../state.ts';
import type { DagRun, TaskInstance } from './pipeline.ts';

/** The record after a DAG's runs were fetched; the same object if nothing changed. */
export function queuedSeenAfter(
	{ queuedSeen, dagRuns }: Pick<StackState, 'queuedSeen' | 'dagRuns'>,
	dagId: string,
	runs: readonly DagRun[],
	at: number,
): StackState['queuedSeen'] {
	const before = dagRuns[dagId] ?? [];
	const own = runs.filter(isQueued).map(({ dagRunId }): [string, QueuedSeen] => {
		const key = runKey(dagId, dagRunId);
		const again = before.some(run => run.dagRunId === dagRunId && !isQueued(run));
		return [key, queuedSeen[key] ?? { at, again }];
	});
	const known = Object.keys(queuedSeen).filter(key => key.startsWith(runKey(dagId, '')));
	if (known.length === own.length && own.every(([key]) => queuedSeen[key])) return queuedSeen;
	const others = Object.entries(queuedSeen).filter(([key]) => !known.includes(key));
	return Object.fromEntries([...others, ...own]);
}

/**
 * Since when a run waits to start, ms by the server's clock. This is its logical date, which for a manual run is the
 * time of the trigger, unless it was cleared since: Airflow 2 does not report when, so the wait counts from when
 * laketop first saw it waiting. null: unknown.
 * @param ifUnknown whether it counts as cleared if nothing disproves it
 */
export function waitsToBeginSince(
	state: StackState,
	run: DagRun,
	clockAheadMs: number,
	ifUnknown: boolean,
): number | null {
	if (!(isQueuedAgain(state, run) ?? ifUnknown)) return run.logicalDate;
	const seenAt = state.queuedSeen[runKey(run.dagId, run.dagRunId)]?.at;
	return seenAt === undefined ? null : seenAt + clockAheadMs;
}

/** Started tasks show that their run has started; null: the tasks are unknown. */
function isQueuedAgain(state: StackState, run: DagRun): boolean | null {
	const key = runKey(run.dagId, run.dagRunId);
	const { logicalDate, queuedAt, runType } = run;
	const isLater = runType === 'manual' && logicalDate !== null && queuedAt !== null && queuedAt > logicalDate;
	return isLater || state.queuedSeen[key]?.again === true || (state.taskInstances[key]?.some(hasBegun) ?? null);
}

function isQueued({ state }: DagRun): boolean {
	return state === 'queued';
}

/** A task instance keeps its tries and times when it is cleared. */
function hasBegun({ tryNumber, startedAt, endedAt }: TaskInstance): boolean {
	return tryNumber > 0 || startedAt !== null || endedAt !== null;
}
