import type { DagRun, TaskInstance } from '../../model/airflow/pipeline.ts';
import { isActiveRun, newestRun } from '../../model/airflow/pipeline.ts';
import type { StackState } from '../../model/state.ts';
import { runKey } from '../../model/state.ts';
import { say } from '../messages/message.ts';
import { unfinishedUpstream } from './upstream.ts';
import { type WaitRule, wait } from './wait.ts';

/** The previous DAG run of the same DAG, by logical date (airflow/ti_deps/deps/prev_dagrun_dep.py, 2.8). */
export function previousRun(
	runs: StackState['dagRuns'][string] | undefined,
	{ logicalDate }: Pick<DagRun, 'logicalDate'>,
): DagRun | undefined {
	if (logicalDate === null) return undefined;
	return runs
		?.filter(one => one.logicalDate !== null && one.logicalDate < logicalDate)
		.toSorted((a, b) => (b.logicalDate ?? 0) - (a.logicalDate ?? 0))[0];
}

/** The previous DAG run, if tasks of this one wait for it (`depends_on_past`); otherwise null. */
export function pastRun({ dagTasks, dagRuns, taskInstances }: StackState, run: DagRun): DagRun | null {
	if (!isActiveRun(run)) return null;
	const dependent = (dagTasks[run.dagId] ?? []).filter(task => task.dependsOnPast || task.waitForDownstream);
	const waits = (taskInstances[runKey(run.dagId, run.dagRunId)] ?? []).some(
		({ state, taskId }) => state === null && dependent.some(task => task.taskId === taskId),
	);
	return (waits && previousRun(dagRuns[run.dagId], run)) || null;
}

/** The DAG run before a DAG's newest, if tasks wait for it and its own tasks are not known yet. */
export function previousRunToFetch(state: StackState, dagId: string): DagRun | null {
	const newest = newestRun(state.dagRuns[dagId]);
	const before = newest && pastRun(state, newest);
	return before && state.taskInstances[runKey(dagId, before.dagRunId)] === undefined ? before : null;
}

const isPassed = ({ state }: TaskInstance) => state === 'success' || state === 'skipped';

/** depends_on_past: the same task of the previous DAG run must succeed; wait_for_downstream: also its direct downstream tasks. */
export const past: WaitRule = waiting => {
	const { task, definition, definitions, run, facts } = waiting;
	const isDependent = definition?.dependsOnPast === true || definition?.waitForDownstream === true;
	if (task.state !== null || !isDependent || unfinishedUpstream(waiting).length > 0) return null;
	const before = previousRun(facts.state.dagRuns[run.dagId], run);
	const known = before && facts.state.taskInstances[runKey(before.dagId, before.dagRunId)];
	if (!before) return null;
	if (!known) return wait('past', say('waits.past unknown', { run: before.dagRunId }));
	const wanted = definition.waitForDownstream
		? [task.taskId, ...(definitions.find(({ taskId }) => taskId === task.taskId)?.downstreamTaskIds ?? [])]
		: [task.taskId];
	const missing = known.find(
		one =>
			wanted.includes(one.taskId) && (one.taskId !== task.taskId || one.mapIndex === task.mapIndex) && !isPassed(one),
	);
	if (!missing) return null;
	const isOver = !isActiveRun(before);
	return wait(
		'past',
		say(missing.taskId === task.taskId ? 'waits.past' : 'waits.past downstream', {
			task: missing.taskId,
			run: before.dagRunId,
			state: missing.state ?? '-',
		}),
		{ needsHelp: isOver },
	);
};
