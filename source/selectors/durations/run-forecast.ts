import { isRunCleared, runCountsFrom } from '../../model/airflow/clears.ts';
import { type DagRun, isFinishedTask, type TaskInstance } from '../../model/airflow/pipeline.ts';
import { askedSince, waitsForAnswer } from '../../model/airflow/question.ts';
import type { TaskHistory } from '../../model/airflow/task-history.ts';
import { checkKey } from '../../model/check.ts';
import { runKey, type StackState } from '../../model/state.ts';
import { leftOfTasks } from './left-of-tasks.ts';
import { usualMsOf } from './usual-run.ts';

/** The expected end of a running DAG run. */
export type RunForecast = {
	/**
	 * Time left, ms, from what the remaining tasks took in earlier runs, see `left-of-tasks.ts`; where that is unknown, from
	 * the usual duration of the DAG's runs. Negative: longer than usual by this much. null: tasks were cleared, and what they
	 * take is unknown.
	 */
	readonly leftMs: number | null;
	/** How far off such forecasts usually are, ms; null if it comes from the usual duration of runs. */
	readonly spreadMs: number | null;
	/**
	 * Since when no task makes progress, or those that are left wait for answers of people, ms since the epoch; null if
	 * one does. Meanwhile the forecast does not count down.
	 */
	readonly stalledSince: number | null;
};

/** Pause between two tasks, ms, as the scheduler and the worker need some seconds. */
const usualPauseMs = 15_000;
/** Fewest earlier runs for a usual duration. */
const minRuns = 2;

/** States in which a task makes progress. */
const progressingStates: ReadonlySet<string> = new Set(['running', 'restarting']);
/** States in which a task waits for a retry, an event or a next check: progress while the scheduler handles the DAG. */
const waitingStates: ReadonlySet<string> = new Set(['up_for_retry', 'up_for_reschedule', 'deferred']);

/** null if the run is not running, or its DAG has too few runs. */
export function runForecast(state: StackState, run: DagRun, now: number): RunForecast | null {
	if (run.state !== 'running' || run.startedAt === null) return null;
	const key = runKey(run.dagId, run.dagRunId);
	const tasks = state.taskInstances[key] ?? [];
	const definitions = state.dagTasks[run.dagId] ?? [];
	const stalledSince = stalledAt(state, run, tasks, now);
	const at = stalledSince ?? now;
	const history = historyOf(state, run.dagId);
	const from = runCountsFrom(run, tasks, definitions, state.clears[key]) ?? run.startedAt;
	const left = history ? leftOfTasks({ conf: run.conf, tasks, definitions, from, now: at }, history) : null;
	if (left) return { leftMs: left.ms, spreadMs: left.spreadMs, stalledSince };
	if (isRunCleared(run, tasks, definitions)) return { leftMs: null, spreadMs: null, stalledSince };
	const usual = usualMsOf(state, run);
	return usual === null ? null : { leftMs: usual - (at - run.startedAt), spreadMs: null, stalledSince };
}

function historyOf(state: StackState, dagId: string): TaskHistory | undefined {
	const result = state.checks[checkKey('task history', dagId)]?.result;
	return result?.check === 'task history' && result.history.runs >= minRuns ? result.history : undefined;
}

function stalledAt(state: StackState, run: DagRun, tasks: readonly TaskInstance[], now: number): number | null {
	const dag = state.dags?.find(({ dagId }) => dagId === run.dagId);
	const isLookedAt = state.dags === null || (dag?.isActive && !dag.isPaused);
	const left = tasks.filter(task => !isFinishedTask(task));
	const asking = left.filter(waitsForAnswer);
	const isAtWork = left.some(
		task =>
			task.state !== null &&
			!asking.includes(task) &&
			(progressingStates.has(task.state) || (isLookedAt && waitingStates.has(task.state))),
	);
	if (isAtWork || left.length === 0) return null;
	const key = runKey(run.dagId, run.dagRunId);
	const from = runCountsFrom(run, tasks, state.dagTasks[run.dagId] ?? [], state.clears[key]);
	if (from === null) return null;
	const ends = tasks.flatMap(({ endedAt }) => (endedAt === null ? [] : [endedAt]));
	const asked = asking.flatMap(task => askedSince(task) ?? []);
	const movedAt = Math.max(from, ...ends, ...asked);
	// Nothing else is about to start: it stands still from the question on.
	if (asking.length > 0 && left.every(task => task.state === null || asking.includes(task))) return movedAt;
	return now - movedAt > usualPauseMs ? movedAt : null;
}
