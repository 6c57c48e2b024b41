import { usualRunMs } from '../model/durations.ts';
import { type DagRun, isFinishedTask, type TaskInstance } from '../model/pipeline.ts';
import { runKey, type StackState } from '../model/state.ts';

/** When a run under way will most likely have ended. */
export type RunForecast = {
	/** By the usual duration of its DAG's runs, ms; negative: longer than usual by so much. */
	readonly leftMs: number;
	/** Since when nothing of it is at work, ms since the epoch; null: it goes on. The forecast stands still as well. */
	readonly standsStillSince: number | null;
};

/** Between two tasks the scheduler and the worker need some seconds. */
const usualPauseMs = 15_000;

/** States in which something happens by itself. */
const atWork: ReadonlySet<string> = new Set(['running', 'restarting']);
/** So does the wait for a retry, an event or the next look, as long as the scheduler looks at the DAG. */
const goesOn: ReadonlySet<string> = new Set(['up_for_retry', 'up_for_reschedule', 'deferred']);

/** null where the run is not under way, or its DAG has too few runs to tell. */
export function runForecast(state: StackState, run: DagRun, now: number): RunForecast | null {
	const usual = usualRunMs(state.dagRuns[run.dagId] ?? []);
	if (run.state !== 'running' || run.startedAt === null || usual === null) return null;
	const tasks = state.taskInstances[runKey(run.dagId, run.dagRunId)] ?? [];
	const standsStillSince = stillSince(state, run, tasks, now);
	return { leftMs: usual - ((standsStillSince ?? now) - run.startedAt), standsStillSince };
}

function stillSince(state: StackState, run: DagRun, tasks: readonly TaskInstance[], now: number): number | null {
	const dag = state.dags?.find(({ dagId }) => dagId === run.dagId);
	const isLookedAt = state.dags === null || (dag?.isActive && !dag.isPaused);
	const isAtWork = tasks.some(({ state: is }) => is !== null && (atWork.has(is) || (isLookedAt && goesOn.has(is))));
	const isLeft = tasks.some(task => !isFinishedTask(task));
	if (isAtWork || !isLeft || run.startedAt === null) return null;
	const ends = tasks.flatMap(({ endedAt }) => (endedAt === null ? [] : [endedAt]));
	const movedAt = Math.max(run.startedAt, ...ends);
	return now - movedAt > usualPauseMs ? movedAt : null;
}
