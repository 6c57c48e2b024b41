import type { DagRun, TaskInstance } from './pipeline.ts';

/** Duration of a run so far, or in all, ms; null before it has started. */
export function runElapsedMs(run: Pick<DagRun, 'startedAt' | 'endedAt'>, now: number): number | null {
	return run.startedAt === null ? null : Math.max(0, (run.endedAt ?? now) - run.startedAt);
}

/**
 * Duration of a task so far, or in all, ms; null before it has started. Airflow's own duration if there is one: it does
 * not depend on two clocks.
 */
export function taskElapsedMs(
	task: Pick<TaskInstance, 'startedAt' | 'endedAt' | 'durationSeconds' | 'state'>,
	now: number,
): number | null {
	// It waits for its first or next try.
	if (task.state === null) return null;
	// They never ran; Airflow sets start and end to the time of the decision.
	if (task.state === 'upstream_failed' || task.state === 'skipped' || task.state === 'removed') return null;
	if (task.durationSeconds !== null && task.endedAt !== null) return task.durationSeconds * 1000;
	if (task.startedAt === null) return null;
	// A task keeps the start of its previous try while it waits for the next one.
	if (task.endedAt === null && task.state !== 'running') return null;
	return Math.max(0, (task.endedAt ?? now) - task.startedAt);
}

/** A task is slower than usual from this multiple of its usual duration, and from this excess, ms. */
const slowerFactor = 1.3;
const slowerLeastMs = 2000;

export function isSlower(tookMs: number, usualMs: number): boolean {
	return tookMs >= usualMs * slowerFactor && tookMs - usualMs >= slowerLeastMs;
}

/** Runs for the median of the usual duration, and the fewest that are enough. */
const runsForMedian = 10;
const minForMedian = 2;

/** The median duration of the newest successful runs, ms; null if there are too few. */
export function usualRunMs(runs: readonly DagRun[]): number | null {
	const durations = runs
		.filter(run => run.state === 'success' && run.startedAt !== null && run.endedAt !== null)
		.slice(0, runsForMedian)
		.map(run => (run.endedAt ?? 0) - (run.startedAt ?? 0))
		.toSorted((a, b) => a - b);
	if (durations.length < minForMedian) return null;
	const middle = Math.floor(durations.length / 2);
	const upper = durations[middle] ?? 0;
	return durations.length % 2 === 1 ? upper : (upper + (durations[middle - 1] ?? 0)) / 2;
}
