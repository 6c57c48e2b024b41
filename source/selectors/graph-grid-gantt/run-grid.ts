import { orderFromInstances, taskOrder } from '../../model/airflow/dag-graph.ts';
import { runElapsedMs } from '../../model/airflow/durations.ts';
import { type DagRun, type DagTask, isActiveRun, type TaskInstance } from '../../model/airflow/pipeline.ts';
import { byTask } from '../../model/airflow/task-history.ts';
import { type StateLook, taskStateLook } from '../../model/airflow/task-state.ts';
import type { StackState } from '../../model/state.ts';
import { historyOf, knownRuns, tasksOfRun } from '../dag-runs/run-history.ts';
import { importanceOf } from '../dag-runs/shown-pipeline.ts';
import { memoised } from '../memo.ts';
import { dagShape } from './dag-shape.ts';
import { type GridRow, gridRowsOf } from './grid-rows.ts';

/** A task, or a group of tasks, in a run. */
export type GridCell = {
	/** That of the instance in the worst or most recent state. */
	readonly state: string | null;
	readonly look: StateLook;
	/** Several of a mapped task or a group. */
	readonly instances: readonly TaskInstance[];
	/** The most tries that an instance took. */
	readonly tries: number;
};

export type GridColumn = {
	readonly run: DagRun;
	/** By task id; null: its tasks have not been fetched. */
	readonly cells: ReadonlyMap<string, GridCell> | null;
};

export type RunGrid = {
	/** The oldest first. */
	readonly columns: readonly GridColumn[];
	readonly rows: readonly GridRow[];
	/** The longest duration of the shown runs so far, ms; 0: none has started. */
	readonly longestMs: number;
	/** Runs that exist, as far as known, and how many of them are newer than those shown. */
	readonly total: number;
	readonly newer: number;
};

/** Positions in the list of runs, newest first: from, inclusive, to, exclusive. */
export type RunWindow = { readonly from: number; readonly to: number };

/** The part of the runs that fits into so many columns, with the selected one near its middle. */
export function runWindow(count: number, selected: number, columns: number): RunWindow {
	const shown = Math.max(1, Math.min(count, columns));
	const from = Math.min(Math.max(0, count - shown), Math.max(0, selected - Math.floor(shown / 2)));
	return { from, to: from + shown };
}

/** What is selected and folded in a grid. */
export type GridChoice = {
	/** The selected run; null: the newest. */
	readonly dagRunId: string | null;
	/** Ids of rows whose tasks are not shown. */
	readonly folded: readonly string[];
};

/** Runs and tasks of a DAG as a table. Pure. */
export function runGrid(
	state: StackState,
	dagId: string,
	{ from, to }: RunWindow,
	choice: GridChoice,
	now: number,
): RunGrid {
	const runs = knownRuns(state, dagId);
	const shown = runs.slice(from, to).toReversed();
	return {
		columns: shown.map((run): GridColumn => {
			const instances = tasksOfRun(state, dagId, run.dagRunId);
			return { run, cells: instances ? cellsOf(instances, !isActiveRun(run)) : null };
		}),
		rows: gridRows(state, dagId, choice),
		longestMs: Math.max(0, ...shown.map(run => runElapsedMs(run, now) ?? 0)),
		total: Math.max(runs.length, historyOf(state, dagId)?.total ?? 0),
		newer: from,
	};
}

/** The tasks of the DAG as it is now, in order, then those of the selected run that were removed since. */
export function gridRows(state: StackState, dagId: string, { dagRunId, folded }: GridChoice): readonly GridRow[] {
	const run = dagRunId ?? knownRuns(state, dagId)[0]?.dagRunId;
	const instances = (run === undefined ? undefined : tasksOfRun(state, dagId, run)) ?? none;
	const tasks = state.dagTasks[dagId] ?? none;
	return gridRowsOf(dagShape(tasks, listed(tasks, instances)), folded);
}

const none: readonly never[] = [];

/** Ids of the DAG's tasks, one a line. */
function listed(tasks: readonly DagTask[], instances: readonly TaskInstance[]): string {
	const known = tasks.length > 0 ? orderOf(tasks) : orderFromInstances(instances).taskIds;
	return [...new Set([...known, ...instances.map(({ taskId }) => taskId)])].join('\n');
}

const orderOf = memoised((tasks: readonly DagTask[]) => taskOrder(tasks).taskIds, 4);

/** The cell of a row; of a group one over all its tasks; undefined: the run has none of them. */
export function cellOf({ cells, run }: GridColumn, row: GridRow): GridCell | undefined {
	if (row.isOpen === null) return cells?.get(row.id);
	const instances = row.taskIds.flatMap(taskId => cells?.get(taskId)?.instances ?? []);
	return instances.length === 0 ? undefined : cellWith(instances, !isActiveRun(run));
}

/** Cells of a run's instances: the instances of a run that is over stay the same list. */
const knownCells = new WeakMap<
	readonly TaskInstance[],
	{ readonly hasRunEnded: boolean; readonly cells: ReadonlyMap<string, GridCell> }
>();

export function cellsOf(instances: readonly TaskInstance[], hasRunEnded: boolean): ReadonlyMap<string, GridCell> {
	const known = knownCells.get(instances);
	if (known?.hasRunEnded === hasRunEnded) return known.cells;
	const cells = new Map([...byTask(instances)].map(([taskId, some]) => [taskId, cellWith(some, hasRunEnded)]));
	knownCells.set(instances, { hasRunEnded, cells });
	return cells;
}

function cellWith(instances: readonly TaskInstance[], hasRunEnded: boolean): GridCell {
	let [shown] = instances;
	let tries = 0;
	for (const task of instances) {
		if (importanceOf(task.state) < importanceOf(shown?.state ?? null)) shown = task;
		tries = Math.max(tries, task.tryNumber);
	}
	const state = shown?.state ?? null;
	return { state, look: taskStateLook(state, hasRunEnded), instances, tries };
}
