import { checkKey } from '../model/check.ts';
import { isRunCleared, runCountsFrom } from '../model/clears.ts';
import { usualRunMs } from '../model/durations.ts';
import { type DagRun, type DagTask, isFinishedTask, type TaskInstance } from '../model/pipeline.ts';
import { askedSince, waitsForAnswer } from '../model/question.ts';
import { runKey, type StackState } from '../model/state.ts';
import { byTask, type TaskHistory } from '../model/task-history.ts';

/** The expected end of a running DAG run. */
export type RunForecast = {
	/**
	 * Time left, ms, from the usual duration of the DAG's runs, or of the remaining tasks if some were cleared;
	 * negative: longer than usual by this much. null: tasks were cleared, and their usual durations are unknown.
	 */
	readonly leftMs: number | null;
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
/** States in which the time since the start counts, as sensors usually wait. */
const startedStates: ReadonlySet<string> = new Set(['running', 'up_for_reschedule', 'deferred']);

/** null if the run is not running, or its DAG has too few runs. */
export function runForecast(state: StackState, run: DagRun, now: number): RunForecast | null {
	if (run.state !== 'running' || run.startedAt === null) return null;
	const key = runKey(run.dagId, run.dagRunId);
	const tasks = state.taskInstances[key] ?? [];
	const definitions = state.dagTasks[run.dagId] ?? [];
	const stalledSince = stalledAt(state, run, tasks, now);
	if (isRunCleared(run, tasks, definitions)) {
		const history = historyOf(state, run.dagId);
		const leftMs = history ? leftOfTasks(definitions, tasks, history, stalledSince ?? now) : null;
		return { leftMs, stalledSince };
	}
	const usual = usualRunMs(state.dagRuns[run.dagId] ?? []);
	return usual === null ? null : { leftMs: usual - ((stalledSince ?? now) - run.startedAt), stalledSince };
}

function historyOf(state: StackState, dagId: string): TaskHistory | undefined {
	const result = state.checks[checkKey('task history', dagId)]?.result;
	return result?.check === 'task history' && result.history.runs >= minRuns ? result.history : undefined;
}

/** The longest path through the remaining tasks by their usual durations; null if one of these is unknown. */
function leftOfTasks(
	definitions: readonly DagTask[],
	tasks: readonly TaskInstance[],
	history: TaskHistory,
	now: number,
): number | null {
	if (definitions.length === 0) return null;
	const usual = new Map(history.tasks.map(({ taskId, usualMs }) => [taskId, usualMs]));
	const instances = byTask(tasks);
	const ownMs = new Map<string, number>();
	for (const { taskId } of definitions) {
		const some = instances.get(taskId) ?? [];
		if (some.length > 0 && some.every(isFinishedTask)) continue;
		const usualMs = usual.get(taskId);
		if (usualMs === undefined) return null;
		const begun = some.flatMap(({ state, startedAt }) =>
			state !== null && startedStates.has(state) && startedAt !== null ? [startedAt] : [],
		);
		ownMs.set(taskId, usualMs - (begun.length === 0 ? 0 : Math.max(0, now - Math.min(...begun))));
	}
	const pauseMs = history.usualIdleMs / Math.max(1, definitions.length);
	const next = new Map(definitions.map(({ taskId, downstreamTaskIds }) => [taskId, downstreamTaskIds]));
	const known = new Map<string, number | null>();
	/** From the start of a task to the end of the run; null if no task is left on the path. */
	const from = (taskId: string): number | null => {
		const found = known.get(taskId);
		if (found !== undefined) return found;
		// Ends a cycle, in case the server reports one.
		known.set(taskId, null);
		const after = (next.get(taskId) ?? []).flatMap(id => from(id) ?? []);
		const own = ownMs.get(taskId);
		const longest = after.length === 0 ? null : Math.max(...after);
		const left = own === undefined ? longest : own + (longest === null ? 0 : longest + pauseMs);
		known.set(taskId, left);
		return left;
	};
	const ways = definitions.flatMap(({ taskId }) => from(taskId) ?? []);
	return ways.length === 0 ? 0 : Math.max(...ways);
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
