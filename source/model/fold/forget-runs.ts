import { isActiveRun } from '../airflow/pipeline.ts';
import { runKey, type StackState } from '../state.ts';

/** Finished runs whose task instances are kept: the newest, and those shown last. */
const runsKept = 60;

/**
 * Drops facts about DAGs that Airflow no longer lists, because they are outdated. An active run is kept: perhaps only
 * its DAG's file is gone.
 */
export function withoutGoneDags(state: StackState): StackState {
	const listed = new Set(state.dags?.map(({ dagId }) => dagId));
	for (const [dagId, runs] of Object.entries(state.dagRuns)) if (runs.some(isActiveRun)) listed.add(dagId);
	const withRuns = Object.keys(state.dagRuns).filter(dagId => state.dagRuns[dagId]?.length);
	const isKnownGone = [...withRuns, ...Object.keys({ ...state.dagTasks, ...state.newestRuns })].some(
		id => !listed.has(id),
	);
	if (!isKnownGone) return state;
	const ofListed = <Value>(record: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> => {
		const kept = Object.entries(record).filter(([key]) => listed.has(key.split('\n')[0] ?? ''));
		return kept.length === Object.keys(record).length ? record : Object.fromEntries(kept);
	};
	// That there are no runs is not outdated.
	const empty = Object.fromEntries(Object.entries(state.dagRuns).filter(([, runs]) => runs.length === 0));
	return {
		...state,
		dagTasks: ofListed(state.dagTasks),
		dagRuns: { ...empty, ...ofListed(state.dagRuns) },
		queuedSeen: ofListed(state.queuedSeen),
		runsSeenAt: ofListed(state.runsSeenAt),
		newestRuns: ofListed(state.newestRuns),
		taskInstances: ofListed(state.taskInstances),
		tasksSeenAt: ofListed(state.tasksSeenAt),
		clears: ofListed(state.clears),
		taskFailures: ofListed(state.taskFailures),
		runHistory: state.runHistory && listed.has(state.runHistory.dagId) ? state.runHistory : null,
		matchedRuns: state.matchedRuns && listed.has(state.matchedRuns.dagId) ? state.matchedRuns : null,
	};
}

/** Drops task instances of runs that have left the list, so that a month of uptime costs no more memory than a day. */
export function forgetOldRuns(state: StackState): StackState {
	const keys = Object.keys(state.taskInstances);
	if (keys.length <= runsKept) return state;
	const listed = new Set<string>();
	for (const [dagId, runs] of Object.entries(state.dagRuns)) {
		for (const [index, run] of runs.entries()) {
			if (index < runsKept / 2 || isActiveRun(run)) listed.add(runKey(dagId, run.dagRunId));
		}
	}
	const kept = keys.filter((key, index) => listed.has(key) || index >= keys.length - runsKept / 2);
	return {
		...state,
		taskInstances: Object.fromEntries(kept.map(key => [key, state.taskInstances[key] ?? []])),
		tasksSeenAt: Object.fromEntries(kept.map(key => [key, state.tasksSeenAt[key] ?? 0])),
		clears: Object.fromEntries(Object.entries(state.clears).filter(([key]) => kept.includes(key))),
	};
}
