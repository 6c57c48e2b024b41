import type { DagRun, TaskInstance } from './pipeline.ts';

/** How long a run has taken so far, or took, ms; null before it began. */
export function runElapsedMs(run: Pick<DagRun, 'startedAt' | 'endedAt'>, now: number): number | null {
	return run.startedAt === null ? null : Math.max(0, (run.endedAt ?? now) - run.startedAt);
}

/**
 * How long a task has run, or ran, ms; null before it began. Airflow's own duration where it gives one: between two
 * clocks it is the better figure.
 */
export function taskElapsedMs(
	task: Pick<TaskInstance, 'startedAt' | 'endedAt' | 'durationSeconds' | 'state'>,
	now: number,
): number | null {
	// It waits for its first try, or for another.
	if (task.state === null) return null;
	// They never ran; Airflow notes the moment of the decision as their start and end.
	if (task.state === 'upstream_failed' || task.state === 'skipped' || task.state === 'removed') return null;
	if (task.durationSeconds !== null && task.endedAt !== null) return task.durationSeconds * 1000;
	if (task.startedAt === null) return null;
	// A task of the try before keeps its start while it waits for the next one.
	if (task.endedAt === null && task.state !== 'running') return null;
	return Math.max(0, (task.endedAt ?? now) - task.startedAt);
}

/** Runs of which the usual duration is the median; fewer tell nothing. */
const runsForMedian = 10;
const fewestForMedian = 2;

/** The median duration of the newest successful runs, ms; null when there are too few to tell. */
export function usualRunMs(runs: readonly DagRun[]): number | null {
	const durations = runs
		.filter(run => run.state === 'success' && run.startedAt !== null && run.endedAt !== null)
		.slice(0, runsForMedian)
		.map(run => (run.endedAt ?? 0) - (run.startedAt ?? 0))
		.toSorted((a, b) => a - b);
	if (durations.length < fewestForMedian) return null;
	const middle = Math.floor(durations.length / 2);
	const upper = durations[middle] ?? 0;
	return durations.length % 2 === 1 ? upper : (upper + (durations[middle - 1] ?? 0)) / 2;
}
