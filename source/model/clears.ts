import { type DagRun, type DagTask, isFinishedTask, type TaskInstance } from './pipeline.ts';

/** When tasks of a run were last seen to be cleared. */
export type Clear = {
	/** ms by our clock. */
	readonly at: number;
	/** false: they had been when the run was first looked at; `at` is when that was. */
	readonly isExact: boolean;
};

/**
 * Whether it was cleared and waits for its first try since: it has no state although a try of it began.
 * Source: airflow/models/taskinstance.py (2.8.0), `clear_task_instances`. A retry goes through up_for_retry.
 */
function awaitsAfterClear({ state, tryNumber, startedAt }: TaskInstance): boolean {
	return state === null && (tryNumber > 0 || startedAt !== null);
}

/** Whether it was cleared at some time: that raises `max_tries` over the retries of its definition. */
function wasCleared(task: TaskInstance, definitions: readonly DagTask[]): boolean {
	const retries = definitions.find(({ taskId }) => taskId === task.taskId)?.retries;
	return awaitsAfterClear(task) || (retries !== undefined && task.tryNumber > 0 && task.maxTries > retries);
}

/**
 * What is known of a run's last clear after its task instances were fetched once more.
 * @param before those of the last time; undefined: this is the first
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
			// Cleared while it runs, it is ended first.
			(task.state === 'restarting' && was.state !== 'restarting') ||
			(task.tryNumber > 0 && task.maxTries > was.maxTries)
		);
	});
	return isCleared ? { at, isExact: true } : known;
}

function nameOf({ taskId, mapIndex }: TaskInstance): string {
	return `${taskId}[${mapIndex}]`;
}

/** Whether the run does again what it, or a part of it, had done. */
export function isRunCleared(run: DagRun, tasks: readonly TaskInstance[], definitions: readonly DagTask[]): boolean {
	return tasks.some(task => wasCleared(task, definitions) || endedBefore(task, run));
}

/** A run that had ended begins anew when it is cleared: what it keeps ended before. */
function endedBefore(task: TaskInstance, { startedAt }: DagRun): boolean {
	return startedAt !== null && isFinishedTask(task) && task.endedAt !== null && task.endedAt < startedAt;
}

/**
 * Since when the run does what it does now: its start, or the last clear within it, ms by the servers' clock; null
 * before it began. Where nobody saw the clear, the first of the cleared tasks to be queued again tells.
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
		// What waits since the clear keeps the times of the try before.
		return wasCleared(task, definitions) && state !== null && queuedAt !== null && queuedAt > startedAt
			? [queuedAt]
			: [];
	});
	const bounds = [...queued, ...(seenAt === undefined ? [] : [seenAt])];
	return bounds.length === 0 ? startedAt : Math.max(startedAt, Math.min(...bounds));
}
