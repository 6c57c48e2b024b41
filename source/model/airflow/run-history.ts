import type { Failure } from '../source.ts';
import type { DagRun, TaskInstance } from './pipeline.ts';

/** Many runs of one DAG with their tasks, for the views that compare runs. */
export type RunHistory = {
	readonly dagId: string;
	/** The runs made last, without a gap, the last first. */
	readonly runs: readonly DagRun[];
	/** Number of all runs of the DAG. */
	readonly total: number;
	/** By run id, those fetched last at the end. */
	readonly tasks: Readonly<Record<string, RunTasks>>;
	/** Why the last request failed; null: it did not. */
	readonly failure: Failure | null;
};

/** The task instances of a run, fetched when the run was as given here. */
export type RunTasks = {
	readonly run: DagRun;
	readonly instances: readonly TaskInstance[];
	/** ms since the epoch. */
	readonly fetchedAt: number;
};

/** Task instances kept: twice those of a hundred runs of a DAG of 100 tasks. Some 10 MB. */
export const instancesKept = 20_000;

/** Whether the tasks of a run that was fetched as `before` are outdated: it has moved since, or still does. */
export function hasMoved(before: DagRun, now: DagRun): boolean {
	return before.state !== now.state || before.startedAt !== now.startedAt || before.endedAt !== now.endedAt;
}
