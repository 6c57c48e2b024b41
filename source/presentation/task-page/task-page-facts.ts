import { waitersIn } from '../../diagnosis/waiting/waiters.ts';
import { type DagRun, isActiveRun, type TaskInstance } from '../../model/airflow/pipeline.ts';
import type { TaskFacts } from '../../model/airflow/task-facts.ts';
import { tryKey } from '../../model/airflow/task-failure.ts';
import type { MlflowRun } from '../../model/mlflow/experiment.ts';
import type { StackState } from '../../model/state.ts';
import { usualDuration } from '../../selectors/durations/task-usual.ts';
import { containerOf, mlflowRunOf, modelVersionOf } from '../../selectors/links/task-links.ts';
import type { Message } from '../../words/message.ts';
import type { TaskPageFacts } from './page-parts.ts';

export type TaskPageSources = {
	/** As far as it is known. */
	readonly run: DagRun | undefined;
	readonly task: TaskInstance;
	readonly facts: TaskFacts;
	/** MLflow runs that were asked for because of it. */
	readonly found: readonly MlflowRun[];
	/** Compose project of the stack. */
	readonly project: string | null;
	/** Why earlier tries are missing. */
	readonly hiddenTries: Message | null;
};

/** What the page of a task instance shows, from the facts of the stack and those asked for it. Pure. */
export function taskPageFacts(state: StackState, sources: TaskPageSources, now: number): TaskPageFacts {
	const { run, facts, found, project, hiddenTries } = sources;
	const task = facts.detail.value ?? sources.task;
	const waiters = run ? waitersIn(state, run, now, project) : [];
	const known = state.mlflowRuns ?? [];
	const runs = [...known, ...found.filter(one => !known.some(({ runId }) => runId === one.runId))];
	const mlflowRun = mlflowRunOf(runs, task, now);
	return {
		task,
		hasRunEnded: run !== undefined && !isActiveRun(run),
		facts,
		waiter: waiters.find(one => isSame(one.task, task)) ?? null,
		failure: state.taskFailures[tryKey(task)],
		usual: usualDuration(facts.earlier.value ?? []),
		container: containerOf(state, task.hostname),
		mlflowRun,
		modelVersion: modelVersionOf(state.modelVersions ?? [], task, mlflowRun),
		hiddenTries,
	};
}

/** The state of a waiting task may have changed since; the wait is then over. */
const isSame = (a: TaskInstance, b: TaskInstance): boolean =>
	a.taskId === b.taskId && a.mapIndex === b.mapIndex && a.state === b.state;
