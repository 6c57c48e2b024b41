import type { DagRun } from './pipeline.ts';

/** A run, and what the API reports besides. */
export type ReportedRun = { readonly run: DagRun; readonly dataIntervalEnd: number | null };

/**
 * Derives when each run was queued, which Airflow 2 does not report: the order in which its rows were created narrows
 * it down. The logical date of a manual run is the moment of the trigger, to the microsecond, unless the user chose a
 * date; a scheduled run is created at the end of its data interval or later; and a run is created after all runs with a
 * smaller row number.
 * @param newestFirst of one DAG, ordered by row number, the last first
 * @param now by the server's clock, ms since the epoch
 */
export function withQueueTimes(newestFirst: readonly ReportedRun[], now: number): DagRun[] {
	const lastStart = latest(...newestFirst.map(({ run }) => run.startedAt));
	const overtaken = overtakenRuns(newestFirst);
	/** The earliest creation time of the previous run, and the last start among the previous runs. */
	let made: number | null = null;
	let started: number | null = null;
	const queued = newestFirst.toReversed().map(({ run, dataIntervalEnd }): DagRun => {
		const { logicalDate, startedAt } = run;
		const isAhead = logicalDate !== null && logicalDate > now;
		const exact = isMomentOfTrigger(run) && !isAhead ? logicalDate : null;
		made = latest(made, exact ?? (run.runType === 'scheduled' ? dataIntervalEnd : null));
		let queuedAt = exact ?? made;
		if (isWaiting(run) && !isAhead) {
			// A later run has started already: this one was cleared, and queued again since.
			if (overtaken.has(run)) queuedAt = latest(queuedAt, lastStart);
			// Unknown; the runs before it came first.
			else if (exact === null) queuedAt = latest(queuedAt, started, run.runType === 'manual' ? logicalDate : null);
		} else if (exact === null && !isAhead && run.runType === 'manual') queuedAt = latest(queuedAt, logicalDate);
		started = latest(started, startedAt);
		return { ...run, queuedAt: queuedAt === null || startedAt === null ? queuedAt : Math.min(queuedAt, startedAt) };
	});
	return queued.toReversed();
}

/** Runs that wait although a later one has started. */
function overtakenRuns(newestFirst: readonly ReportedRun[]): ReadonlySet<DagRun> {
	const overtaken = new Set<DagRun>();
	let hasStarted = false;
	for (const { run } of newestFirst) {
		if (hasStarted && isWaiting(run)) overtaken.add(run);
		hasStarted ||= run.startedAt !== null;
	}
	return overtaken;
}

/** A date that a user chose has no fraction of a second. */
function isMomentOfTrigger({ runType, logicalDate }: DagRun): boolean {
	return runType === 'manual' && logicalDate !== null && logicalDate % 1000 !== 0;
}

function isWaiting({ state, startedAt }: DagRun): boolean {
	return state === 'queued' && startedAt === null;
}

function latest(...times: readonly (number | null)[]): number | null {
	const known = times.filter(time => time !== null);
	return known.length === 0 ? null : Math.max(...known);
}
