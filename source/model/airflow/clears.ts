import { type DagRun, type DagTask, isFinishedTask, type TaskInstance } from './pipeline.ts';

/** The last known clear of a run's tasks. */
export type Clear = {
	/** ms by our clock. */
	readonly at: number;
	/** false: the clear was before the first look at the run; `at` is the time of that look. */
	readonly isExact: boolean;
};

/**
 * Whether it was cleared and has not started again: it has no state although it has had a try. Source:
 * airflow/models/taskinstance.py (2.8.0), `clear_task_instances`. A retry goes through up_for_retry.
 */
function awaitsAfterClear({ state, tryNumber, startedAt }: TaskInstance): boolean {
	return state === null && (tryNumber > 0 || startedAt !== null);
}

/** Whether it was ever cleared: that raises `max_tries` above the retries of its definition. */
function wasCleared(task: TaskInstance, definitions: readonly DagTask[]): boolean {
	const retries = definitions.find(({ taskId }) => taskId === task.taskId)?.retries;
	return awaitsAfterClear(task) || (retries !== undefined && task.tryNumber > 0 && task.maxTries > retries);
}

/**
 * The run's last clear, after its task instances were fetched again.
 * @param before the previous instances; undefined: this is the first time
 * @param at ms, by our clock
 */
export function clearAfter(
	known: Clear | undefined,
	before: readonly TaskInstance[] | undefined,
	after: readonly TaskInstance[],
	at: number,
): Clear | undefined {
	if (!before) return known ?? (after.some(awaitsAfterClear) ? { at, isExact: false } : undefined);
	const byName = new Map(before.map(task => [nameOf(task), task]));
	const isCleared = after.some(task => {
		const was = byName.get(nameOf(task));
		if (!was) return false;
		return (
			(awaitsAfterClear(task) && !awaitsAfterClear(was) && was.state !== null) ||
			// If cleared while it runs, it is stopped first.
			(task.state === 'restarting' && was.state !== 'restarting') ||
			(task.tryNumber > 0 && task.maxTries > was.maxTries)
		);
	});
	return isCleared ? { at, isExact: true } : known;
}

function nameOf({ taskId, mapIndex }: TaskInstance): string {
	return `${taskId}[${mapIndex}]`;
}

/** Whether the run repeats itself, or a part of itself. */
export function isRunCleared(run: DagRun, tasks: readonly TaskInstance[], definitions: readonly DagTask[]): boolean {
	return tasks.some(task => wasCleared(task, definitions) || endedBefore(task, run));
}

/** A finished run starts again when it is cleared: tasks that were not cleared ended before. */
function endedBefore(task: TaskInstance, { startedAt }: DagRun): boolean {
	return startedAt !== null && isFinishedTask(task) && task.endedAt !== null && task.endedAt < startedAt;
}

/**
 * Since when the run does its current work: its start, or the last clear within it, ms by the servers' clock; null
 * before it has started. If laketop did not see the clear, it is the time at which the first of the cleared tasks was
 * queued again.
 */
export function runCountsFrom(
	run: DagRun,
	tasks: readonly TaskInstance[],
	definitions: readonly DagTask[],
	clear: Clear | undefined,
	clockAheadMs = 0,
): number | null {
	const { startedAt } = run;
	if (startedAt === null || !isRunCleared(run, tasks, definitions)) return startedAt;
	const seenAt = clear && clear.at + clockAheadMs;
	if (clear?.isExact && seenAt !== undefined) return Math.max(startedAt, seenAt);
	const queued = tasks.flatMap(task => {
		const { state, queuedAt } = task;
		// Tasks that wait since the clear keep the times of the previous try.
		return wasCleared(task, definitions) && state !== null && queuedAt !== null && queuedAt > startedAt
			? [queuedAt]
			: [];
	});
	const bounds = [...queued, ...(seenAt === undefined ? [] : [seenAt])];
	return bounds.length === 0 ? startedAt : Math.max(startedAt, Math.min(...bounds));
}
