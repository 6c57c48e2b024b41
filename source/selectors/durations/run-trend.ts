import { isSlower, runElapsedMs } from '../../model/airflow/durations.ts';
import { type Dag, type DagRun, isActiveRun } from '../../model/airflow/pipeline.ts';
import { schedulePeriodMs } from '../../model/airflow/schedule-period.ts';
import { quantile } from '../../model/quantile.ts';
import type { StackState } from '../../model/state.ts';
import { knownRuns } from '../dag-runs/run-history.ts';
import { stageElapsedMs } from '../dag-runs/stage-summary.ts';
import type { GridRow } from '../graph-grid-gantt/grid-rows.ts';
import { cellOf, type GridChoice, type RunGrid, type RunWindow, runGrid } from '../graph-grid-gantt/run-grid.ts';

/** One run in a trend. */
export type TrendPoint = {
	readonly dagRunId: string;
	/** The state of the task, or of the run; null: the task has not been fetched, or the run has none. */
	readonly state: string | null;
	/** So far, or in all; null before the start. */
	readonly elapsedMs: number | null;
	/** By how much it is slower than usual, ms; null: it is not, or what is usual is unknown. */
	readonly slowerMs: number | null;
};

/** Durations of a task, a group or the runs themselves, ms. */
export type Trend = {
	/** The oldest first. */
	readonly points: readonly TrendPoint[];
	/** Over successful ones; null: none. */
	readonly medianMs: number | null;
	readonly p90Ms: number | null;
	readonly failed: number;
	/** Tries after the first, of all instances. */
	readonly retries: number;
};

export type RunTrend = {
	readonly grid: RunGrid;
	readonly run: Trend;
	/** From the time at which a run was due to its end. */
	readonly landing: Trend;
	readonly tasks: readonly { readonly row: GridRow; readonly trend: Trend }[];
	readonly schedule: Schedule;
};

/** Where the DAG is on its schedule; times in ms since the epoch. */
export type Schedule = {
	/** Known runs, among which success is looked for. */
	readonly runs: number;
	/** End of the run that succeeded last; null: none of the known ones did. */
	readonly lastSuccessAt: number | null;
	readonly isPaused: boolean;
	/** Otherwise it is triggered by hand only, or by assets. */
	readonly hasSchedule: boolean;
	/** When the next run is due; null: unknown, or never. */
	readonly nextRunAt: number | null;
	/**
	 * Runs that are missing between scheduled ones, from the oldest shown run on; null: unknown, because the schedule is not
	 * evenly spaced.
	 */
	readonly missed: number | null;
};

/** Runs that a trend is made from, the newest. */
export const trendRuns = 50;

/** Fewest successful runs of which the median is usual. */
const leastRuns = 3;

/** Durations, landing times, failures and retries over runs. Pure. */
export function runTrend(
	state: StackState,
	dagId: string,
	window: RunWindow,
	choice: GridChoice,
	now: number,
): RunTrend {
	const grid = runGrid(state, dagId, window, choice, now);
	const runs = grid.columns.map(({ run }) => run);
	const dag = state.dags?.find(one => one.dagId === dagId);
	return {
		grid,
		run: trendOf(runs.map(run => ({ run, state: run.state, elapsedMs: runElapsedMs(run, now), retries: 0 }))),
		landing: trendOf(runs.map(run => ({ run, state: run.state, elapsedMs: landingMs(run, now), retries: 0 }))),
		tasks: grid.rows.map(row => ({
			row,
			// Made when it is read: of hundreds of tasks a screen shows some dozens.
			get trend() {
				return trendOf(
					grid.columns.map(column => {
						const cell = cellOf(column, row);
						const instances = cell?.instances ?? [];
						return {
							run: column.run,
							state: cell?.state ?? null,
							elapsedMs: stageElapsedMs({ shown: instances[0], instances }, now),
							retries: instances.reduce((sum, { tryNumber }) => sum + Math.max(0, tryNumber - 1), 0),
						};
					}),
				);
			},
		})),
		schedule: scheduleOf(dag, knownRuns(state, dagId), runs, now),
	};
}

type Sample = {
	readonly run: DagRun;
	readonly state: string | null;
	readonly elapsedMs: number | null;
	readonly retries: number;
};

function trendOf(samples: readonly Sample[]): Trend {
	const succeeded = samples.flatMap(({ state, elapsedMs }) =>
		state === 'success' && elapsedMs !== null ? [elapsedMs] : [],
	);
	const medianMs = quantile(succeeded, 0.5);
	const usualMs = succeeded.length < leastRuns ? null : medianMs;
	return {
		points: samples.map(({ run, state, elapsedMs }) => ({
			dagRunId: run.dagRunId,
			state,
			elapsedMs,
			slowerMs: elapsedMs !== null && usualMs !== null && isSlower(elapsedMs, usualMs) ? elapsedMs - usualMs : null,
		})),
		medianMs,
		p90Ms: quantile(succeeded, 0.9),
		failed: samples.filter(({ state }) => state === 'failed').length,
		retries: samples.reduce((sum, { retries }) => sum + retries, 0),
	};
}

/** Of a run that waits to end, up to now; null: when it was due is unknown. */
function landingMs({ dueAt, endedAt, state }: DagRun, now: number): number | null {
	if (dueAt === undefined || dueAt === null) return null;
	if (endedAt === null && !isActiveRun({ state })) return null;
	return Math.max(0, (endedAt ?? now) - dueAt);
}

function scheduleOf(dag: Dag | undefined, known: readonly DagRun[], shown: readonly DagRun[], now: number): Schedule {
	const ends = known.flatMap(({ state, endedAt }) => (state === 'success' && endedAt !== null ? [endedAt] : []));
	return {
		runs: known.length,
		lastSuccessAt: ends.length === 0 ? null : Math.max(...ends),
		isPaused: dag?.isPaused ?? false,
		hasSchedule: (dag?.schedule ?? null) !== null,
		nextRunAt: dag?.nextRunAt ?? null,
		missed: missedRuns(dag, shown, now),
	};
}

/** Runs that a schedule with a fixed period lacks between the oldest shown run and now. */
function missedRuns(dag: Dag | undefined, shown: readonly DagRun[], now: number): number | null {
	const periodMs = dag ? schedulePeriodMs(dag) : null;
	if (!dag || periodMs === null) return null;
	const due = shown
		.filter(({ runType }) => runType === 'scheduled')
		.flatMap(({ logicalDate }) => logicalDate ?? [])
		.toSorted((a, b) => a - b);
	const between = due.slice(1).reduce((sum, at, index) => sum + gapsIn(at - (due[index] ?? at), periodMs), 0);
	// What is overdue now: Airflow would have made the run at that time, unless the DAG is paused.
	const late = dag.isPaused || dag.nextRunAt === null ? 0 : Math.max(0, Math.floor((now - dag.nextRunAt) / periodMs));
	return between + late;
}

/** Rounded: a day of a time zone may have 23 or 25 hours. */
const gapsIn = (ms: number, periodMs: number) => Math.max(0, Math.round(ms / periodMs) - 1);
