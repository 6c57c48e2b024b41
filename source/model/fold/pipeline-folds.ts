import { isDeepStrictEqual } from 'node:util';
import { clearAfter } from '../airflow/clears.ts';
import { queuedSeenAfter } from '../airflow/queued-runs.ts';
import { runsReached } from '../settings/list-limits.ts';
import { runKey } from '../state.ts';
import { type Folds, replace, withKey } from './folds.ts';
import { forgetOldRuns, withoutGoneDags } from './forget-runs.ts';

const failuresKept = 100;

/** What Airflow reports: its health, DAGs, runs and tasks. */
export const pipelineFolds: Folds<
	| 'airflow health'
	| 'dags fetched'
	| 'default dag found'
	| 'import errors fetched'
	| 'dag tasks fetched'
	| 'dag runs fetched'
	| 'newest runs fetched'
	| 'run counts fetched'
	| 'questions fetched'
	| 'airflow events fetched'
	| 'dag runs matched'
	| 'task instances fetched'
	| 'task failure explained'
> = {
	'airflow health': (state, seen) => {
		const isSame = state.airflowHealth?.metadatabase === seen.health.metadatabase;
		const metadatabaseSince = isSame ? state.metadatabaseSince : seen.at;
		return replace(replace(state, 'airflowHealth', seen.health), 'metadatabaseSince', metadatabaseSince);
	},

	'dags fetched': (state, seen) => withoutGoneDags(replace(state, 'dags', seen.dags)),

	'default dag found': (state, { dagId }) => replace(state, 'defaultDag', dagId),

	'import errors fetched': (state, seen) => replace(state, 'importErrors', seen.errors),

	'dag tasks fetched': (state, seen) => replace(state, 'dagTasks', withKey(state.dagTasks, seen.dagId, seen.tasks)),

	'dag runs fetched': (state, seen) =>
		forgetOldRuns(
			replace(
				{
					...state,
					runsSeenAt: { ...state.runsSeenAt, [seen.dagId]: seen.at },
					queuedSeen: queuedSeenAfter(state, seen.dagId, seen.runs, seen.at),
				},
				'dagRuns',
				withKey(state.dagRuns, seen.dagId, shareByKey(state.dagRuns[seen.dagId], seen.runs)),
			),
		),

	'newest runs fetched': (state, seen) =>
		replace(
			{ ...state, listsSeenAt: { ...state.listsSeenAt, dags: seen.at } },
			'newestRuns',
			Object.fromEntries(seen.runs.map(run => [run.dagId, run])),
		),

	'run counts fetched': (state, seen) =>
		replace(state, 'runCounts', Object.fromEntries(seen.counts.map(counts => [counts.dagId, counts]))),

	'questions fetched': (state, seen) => replace(state, 'questions', seen.questions),

	// Only the timeline has them.
	'airflow events fetched': state => state,

	'dag runs matched': (state, seen) => {
		const { dagId, runState, total, offset } = seen;
		const { matchedRuns: before } = state;
		const isSameList = before !== null && before.dagId === dagId && before.runState === runState;
		// The list was closed before this page arrived.
		if (offset !== undefined && !isSameList) return state;
		// The total fell: older pages may have shifted, so they are fetched again.
		const known = isSameList && total >= before.total ? before.runs : [];
		const [first, others] = offset === undefined ? [seen.runs, known] : [known, seen.runs];
		const ids = new Set(first.map(({ dagRunId }) => dagRunId));
		const runs = [...first, ...others.filter(({ dagRunId }) => !ids.has(dagRunId))].slice(0, runsReached);
		const listsSeenAt = offset === undefined ? { ...state.listsSeenAt, runs: seen.at } : state.listsSeenAt;
		return replace({ ...state, listsSeenAt }, 'matchedRuns', { dagId, runState, runs, total });
	},

	'task instances fetched': (state, seen) => {
		const key = runKey(seen.dagId, seen.dagRunId);
		const tasksSeenAt = { ...state.tasksSeenAt, [key]: seen.at };
		const clear = clearAfter(state.clears[key], state.taskInstances[key], seen.taskInstances, seen.at);
		const clears = clear && clear !== state.clears[key] ? { ...state.clears, [key]: clear } : state.clears;
		return replace(
			{ ...state, tasksSeenAt, clears },
			'taskInstances',
			withKey(state.taskInstances, key, seen.taskInstances),
		);
	},

	'task failure explained': (state, seen) => {
		const { reason, tail, isUnread } = seen;
		const failures = withKey(state.taskFailures, seen.key, { reason, tail, ...(isUnread ? { isUnread } : {}) });
		const kept = Object.entries(failures).slice(-failuresKept);
		return replace(state, 'taskFailures', Object.fromEntries(kept));
	},
};

/** The new list, with the old objects in place of equal ones. */
function shareByKey<Item extends { dagRunId: string }>(before: readonly Item[] | undefined, now: readonly Item[]) {
	if (!before) return now;
	const known = new Map(before.map(item => [item.dagRunId, item]));
	return now.map(item => {
		const old = known.get(item.dagRunId);
		return old && isDeepStrictEqual(old, item) ? old : item;
	});
}
