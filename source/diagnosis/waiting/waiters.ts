import { runCountsFrom } from '../../model/clears.ts';
import { type DagRun, isActiveRun, isFinishedTask, type TaskInstance } from '../../model/pipeline.ts';
import { runKey, type StackState } from '../../model/state.ts';
import { type DiagnosisFacts, factsOf } from '../facts.ts';
import { thresholds } from '../thresholds.ts';
import type { Wait, WaitReason } from './wait.ts';
import { whyWaits } from './why-waits.ts';

/** A task instance that waits, why, and since when (ms by the servers' clock). */
export type Waiter = { readonly task: TaskInstance; readonly wait: Wait; readonly since: number };

/** Every task instance of a run that waits, with the reason. */
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
/** A memo: a frame asks several times of the same state, which does not change. */
const known = new WeakMap<StackState, Known>();

/** The same for a view, which has the state and no facts; `project` is the Compose project of the stack. */
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

/** Between two tasks every run waits for the scheduler and a worker for so long, ms: that is no news. */
const usualPauseMs = 10_000;

/** What says nothing unless it lasts, ms: a turn of the scheduler, a worker that takes the next task. */
const uninformative: Readonly<Partial<Record<WaitReason, number>>> = {
	upstream: Number.POSITIVE_INFINITY,
	scheduler: thresholds.scheduledTooLongMs,
	worker: thresholds.queuedTooLongMs,
};

/**
 * The wait that says why a run does not get on: none while any task of it is at work.
 * @param now ms by our clock
 */
export function standingWaiter(waiters: readonly Waiter[], tasks: readonly TaskInstance[], now: number): Waiter | null {
	if (tasks.some(({ state }) => state === 'running' || state === 'restarting')) return null;
	const telling = waiters.filter(
		({ wait, since }) => wait.needsHelp || now - since > (uninformative[wait.reason] ?? usualPauseMs),
	);
	return telling.find(({ wait }) => wait.needsHelp) ?? telling[0] ?? null;
}

/** When a task of the run last began, ended or was cleared; its own start where none did. */
function lastMove(run: DagRun, tasks: readonly TaskInstance[], { state, clockAheadMs }: DiagnosisFacts): number | null {
	const key = runKey(run.dagId, run.dagRunId);
	const startedAt = runCountsFrom(run, tasks, state.dagTasks[run.dagId] ?? [], state.clears[key], clockAheadMs);
	// A task that waits for another try keeps its old start.
	const moves = tasks.flatMap(task => {
		const at = isFinishedTask(task) || task.state !== 'running' ? task.endedAt : task.startedAt;
		return at === null ? [] : [at];
	});
	return moves.length > 0 ? Math.max(...moves, startedAt ?? 0) : startedAt;
}

/** Since when it waits, by its own time where it has one: a run in which tasks begin and end moves. */
function waitingSince({ state, queuedAt, endedAt, trigger }: TaskInstance, movedAt: number | null): number | null {
	if (state === 'queued') return queuedAt;
	if (state === 'deferred') return trigger?.createdAt ?? movedAt;
	if (state === 'up_for_retry' || state === 'up_for_reschedule') return endedAt ?? movedAt;
	return movedAt;
}
