import { orderFromInstances, type TaskOrder, taskOrder } from '../../model/airflow/dag-graph.ts';
import {
	type Dag,
	type DagRun,
	type DagTask,
	isActiveRun,
	newestRun,
	type TaskInstance,
} from '../../model/airflow/pipeline.ts';
import { type StateLook, taskStateLook } from '../../model/airflow/task-state.ts';
import type { StackState } from '../../model/state.ts';
import { memoised } from '../memo.ts';
import { knownRuns, tasksOfRun } from './run-history.ts';

/** A task of the shown run: its instances (several if it is mapped), none before the run has created them. */
export type Stage = {
	readonly taskId: string;
	readonly instances: readonly TaskInstance[];
	/** The instance whose state is shown: the one in the worst or most recent state. */
	readonly shown: TaskInstance | undefined;
	readonly look: StateLook;
	/** Then a task without a state has not run, and will not. */
	readonly hasRunEnded: boolean;
};

export type ShownPipeline = {
	readonly dagId: string;
	readonly dag: Dag | undefined;
	/** Newest first. */
	readonly runs: readonly DagRun[];
	readonly run: DagRun | undefined;
	readonly isNewest: boolean;
	readonly stages: readonly Stage[];
	readonly isChain: boolean;
};

/** The shown DAG and run. Pure; the same facts give the same object. */
export function shownPipeline(state: StackState, dagId: string, dagRunId: string | null): ShownPipeline {
	const runs = knownRuns(state, dagId);
	const newest = newestRun(runs);
	const run = dagRunId === null ? newest : runs.find(one => one.dagRunId === dagRunId);
	const instances = run && tasksOfRun(state, dagId, run.dagRunId);
	const dag = state.dags?.find(one => one.dagId === dagId);
	const { stages, isChain } = stagesOf(state.dagTasks[dagId], instances ?? none, run);
	return together(dagId, dag, runs, run, run !== undefined && run === newest, stages, isChain);
}

const none: readonly never[] = [];

// Results for callers that alternate: the shown run, the run of the log, and that of a list or a command.
const kept = 4;
const orderOf = memoised(taskOrder, kept);
const stagesOf = memoised(
	(tasks: readonly DagTask[] | undefined, instances: readonly TaskInstance[], run: DagRun | undefined) => {
		const order: TaskOrder = tasks ? orderOf(tasks) : orderFromInstances(instances);
		// A task that was removed from the DAG still belongs to the run that ran it.
		const byTask = Map.groupBy(instances, ({ taskId }) => taskId);
		const stages = [...new Set([...order.taskIds, ...byTask.keys()])].map(taskId =>
			stageOf(taskId, byTask.get(taskId) ?? none, run !== undefined && !isActiveRun(run)),
		);
		return { stages, isChain: order.isChain };
	},
	kept,
);
const together = memoised(
	(
		dagId: string,
		dag: Dag | undefined,
		runs: readonly DagRun[],
		run: DagRun | undefined,
		isNewest: boolean,
		stages: readonly Stage[],
		isChain: boolean,
	): ShownPipeline => ({ dagId, dag, runs, run, isNewest, stages, isChain }),
	kept,
);

/**
 * States by importance, for the shown instance of a mapped task: failed, running, waiting, over. What has ended is in the
 * order of Airflow's grid (airflow/www/utils.py 2.8.0, `priority`; airflow/api_fastapi/common/parameters.py 3.3.2,
 * `state_priority`).
 */
const importance = [
	'failed',
	'up_for_retry',
	'upstream_failed',
	'awaiting_input',
	'running',
	'restarting',
	'queued',
	'scheduled',
	'deferred',
	'up_for_reschedule',
	// Not scheduled yet.
	'none',
	// A state that is not known here: a newer Airflow may wait in it.
	'unknown',
	'success',
	'skipped',
	'removed',
];

/** Of several states the one to show: the lower, the more important. */
export function importanceOf(state: string | null): number {
	const index = importance.indexOf(state ?? 'none');
	return index === -1 ? importance.indexOf('unknown') : index;
}

function stageOf(taskId: string, instances: readonly TaskInstance[], hasRunEnded: boolean): Stage {
	const [shown] = instances.toSorted((a, b) => importanceOf(a.state) - importanceOf(b.state));
	return { taskId, instances, shown, look: taskStateLook(shown?.state ?? null, hasRunEnded), hasRunEnded };
}
