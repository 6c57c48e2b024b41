import { runCountsFrom } from '../../model/airflow/clears.ts';
import { type DagRun, isActiveRun, isFinishedTask, type TaskInstance } from '../../model/airflow/pipeline.ts';
import { askedSince, waitsForAnswer } from '../../model/airflow/question.ts';
import { runKey, type StackState } from '../../model/state.ts';
import { type DiagnosisFacts, factsOf } from '../facts.ts';
import { thresholds } from '../thresholds.ts';
import type { Wait, WaitReason } from './wait.ts';
import { whyWaits } from './why-waits.ts';

/** A waiting task instance, the reason, and since when (ms by the servers' clock). */
export type Waiter = { readonly task: TaskInstance; readonly wait: Wait; readonly since: number };

/** All waiting task instances of a DAG run, with the reasons. */
export function waitersOf(facts: DiagnosisFacts, run: DagRun): Waiter[] {
	const tasks = facts.tasksOf(run);
	const movedAt = lastMove(run, tasks, facts);
	return tasks.flatMap(task => {
		const wait = whyWaits(facts, run, task, tasks);
		return wait === null ? [] : [{ task, wait, since: waitingSince(task, movedAt) ?? facts.now + facts.clockAheadMs }];
	});
}

type Known = {
	readonly run: DagRun;
	readonly project: string | null;
	readonly second: number;
	readonly waiters: Waiter[];
};
/** Memoised: a frame asks several times about the same state. */
const known = new WeakMap<StackState, Known>();

/** `waitersOf` for views, which have no facts; `project` is the Compose project of the stack. */
export function waitersIn(state: StackState, run: DagRun, now: number, project: string | null): readonly Waiter[] {
	if (!isActiveRun(run)) return [];
	const second = Math.floor(now / 1000);
	const old = known.get(state);
	if (old?.run === run && old.project === project && old.second === second) return old.waiters;
	const facts = factsOf(state, now, { project, dagId: run.dagId, experiment: '', airflowUser: '' });
	const waiters = waitersOf(facts, run);
	known.set(state, { run, project, second, waiters });
	return waiters;
}

/** Normal pause between two tasks for the scheduler and a worker, ms. */
const usualPauseMs = 10_000;

/** How long these reasons must last before they mean anything, ms. */
const uninformative: Readonly<Partial<Record<WaitReason, number>>> = {
	upstream: Number.POSITIVE_INFINITY,
	scheduler: thresholds.scheduledTooLongMs,
	worker: thresholds.queuedTooLongMs,
};

/**
 * The wait that explains why a DAG run does not progress: none while one of its tasks is running.
 * @param now ms by our clock
 */
export function standingWaiter(waiters: readonly Waiter[], tasks: readonly TaskInstance[], now: number): Waiter | null {
	if (tasks.some(({ state }) => state === 'running' || state === 'restarting')) return null;
	const telling = waiters.filter(
		({ wait, since }) => wait.needsHelp || now - since > (uninformative[wait.reason] ?? usualPauseMs),
	);
	return telling.find(({ wait }) => wait.needsHelp) ?? telling[0] ?? null;
}

/** When a task of the DAG run last started, ended or was cleared, otherwise the start of the DAG run. */
function lastMove(run: DagRun, tasks: readonly TaskInstance[], { state, clockAheadMs }: DiagnosisFacts): number | null {
	const key = runKey(run.dagId, run.dagRunId);
	const startedAt = runCountsFrom(run, tasks, state.dagTasks[run.dagId] ?? [], state.clears[key], clockAheadMs);
	// A task that waits for a retry keeps its old start.
	const moves = tasks.flatMap(task => {
		const at = isFinishedTask(task) || task.state !== 'running' ? task.endedAt : task.startedAt;
		return at === null ? [] : [at];
	});
	return moves.length > 0 ? Math.max(...moves, startedAt ?? 0) : startedAt;
}

/** Since when it waits: by its own time if it has one, otherwise since the last change in the DAG run. */
function waitingSince(task: TaskInstance, movedAt: number | null): number | null {
	const { state, queuedAt, endedAt, trigger } = task;
	if (waitsForAnswer(task)) return askedSince(task) ?? movedAt;
	if (state === 'queued') return queuedAt;
	if (state === 'deferred') return trigger?.createdAt ?? movedAt;
	if (state === 'up_for_retry' || state === 'up_for_reschedule') return endedAt ?? movedAt;
	return movedAt;
}
