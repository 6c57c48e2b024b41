import type { TaskInstance } from '../airflow/pipeline.ts';
import { instancesKept, type RunHistory, type RunTasks } from '../airflow/run-history.ts';
import type { Folds } from './folds.ts';

const empty = (dagId: string): RunHistory => ({ dagId, runs: [], total: 0, tasks: {}, failure: null });

/** Views over many runs of a DAG. Only one DAG's runs are kept. */
export const historyFolds: Folds<
	'run history fetched' | 'run history tasks fetched' | 'run history failed' | 'run history dropped'
> = {
	'run history fetched': (state, { dagId, offset, runs, total }) => {
		const before = state.runHistory?.dagId === dagId ? state.runHistory : empty(dagId);
		const fetched = new Set(runs.map(({ dagRunId }) => dagRunId));
		const others = (list: RunHistory['runs']) => list.filter(({ dagRunId }) => !fetched.has(dagRunId));
		const end = offset + runs.length;
		// As many runs as are new have moved behind the page. What else is missing on it was deleted.
		const known = new Set(before.runs.map(({ dagRunId }) => dagRunId));
		const isNew = runs.filter(({ dagRunId }) => !known.has(dagRunId)).length;
		const moved = isNew === 0 ? [] : others(before.runs.slice(offset, end)).slice(-isNew);
		const all = [...others(before.runs.slice(0, offset)), ...runs, ...moved, ...others(before.runs.slice(end))];
		return { ...state, runHistory: { ...before, runs: all, total, failure: null } };
	},

	'run history tasks fetched': (state, { at, dagId, runs }) => {
		const before = state.runHistory?.dagId === dagId ? state.runHistory : empty(dagId);
		const sharedText = textsShared();
		const fetched = new Map(
			runs.map(({ run, taskInstances }): [string, RunTasks] => [
				run.dagRunId,
				{ run, instances: taskInstances.map(task => compact(task, sharedText)), fetchedAt: at },
			]),
		);
		const others = Object.entries(before.tasks).filter(([id]) => !fetched.has(id));
		const tasks = Object.fromEntries(withinBound([...others, ...fetched]));
		return { ...state, runHistory: { ...before, tasks, failure: null } };
	},

	'run history failed': (state, { dagId, failure }) => {
		const before = state.runHistory?.dagId === dagId ? state.runHistory : empty(dagId);
		return { ...state, runHistory: { ...before, failure } };
	},

	'run history dropped': state => (state.runHistory === null ? state : { ...state, runHistory: null }),
};

/** Without the runs that were fetched first, if there are too many task instances. The last one is always kept. */
function withinBound(entries: readonly (readonly [string, RunTasks])[]): readonly (readonly [string, RunTasks])[] {
	let count = 0;
	const first = entries.findLastIndex(([, { instances }]) => {
		count += instances.length;
		return count > instancesKept;
	});
	return entries.slice(Math.min(first + 1, entries.length - 1));
}

/** The same object for equal texts: each answer has its own copies. */
function textsShared(): (text: string) => string {
	const known = new Map<string, string>();
	return text => {
		const found = known.get(text);
		if (found !== undefined) return found;
		known.set(text, text);
		return text;
	};
}

function compact(task: TaskInstance, shared: (text: string) => string): TaskInstance {
	return {
		...task,
		dagId: shared(task.dagId),
		dagRunId: shared(task.dagRunId),
		taskId: shared(task.taskId),
		state: task.state === null ? null : shared(task.state),
		hostname: shared(task.hostname),
		pool: shared(task.pool),
		...(task.queue === undefined ? {} : { queue: shared(task.queue) }),
	};
}
