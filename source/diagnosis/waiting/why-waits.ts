import { type DagRun, isActiveRun, isFinishedTask, type TaskInstance } from '../../model/pipeline.ts';
import type { DiagnosisFacts } from '../facts.ts';
import { deferred, reschedule, retry } from './again.ts';
import { dagGone, dagPaused, runNotStarted } from './dag-state.ts';
import {
	maxActiveTasks,
	parallelism,
	poolFull,
	poolMissing,
	poolTooSmall,
	scheduler,
	taskConcurrency,
} from './limits.ts';
import { past } from './past.ts';
import { messageLost, noWorker, unservedQueue, worker, workerSlots } from './queue.ts';
import { upstream } from './upstream.ts';
import type { Wait, WaitRule } from './wait.ts';

/** In the order of certainty: the first that holds is the reason. */
const rules: readonly WaitRule[] = [
	dagGone,
	dagPaused,
	runNotStarted,
	upstream,
	past,
	retry,
	reschedule,
	deferred,
	poolMissing,
	poolTooSmall,
	poolFull,
	maxActiveTasks,
	taskConcurrency,
	parallelism,
	noWorker,
	messageLost,
	workerSlots,
	unservedQueue,
	worker,
	scheduler,
];

/** Task states in which a process is at work, or about to be ended. */
const atWork: ReadonlySet<string> = new Set(['running', 'restarting', 'shutdown']);

/** Whether a task instance of a run under way waits for anything. */
export function isWaiting(task: Pick<TaskInstance, 'state'>): boolean {
	return !isFinishedTask(task) && !(task.state !== null && atWork.has(task.state));
}

/**
 * What a task instance waits for; null where it does not wait, or its run has ended.
 * @param tasks the run's task instances
 */
export function whyWaits(
	facts: DiagnosisFacts,
	run: DagRun,
	task: TaskInstance,
	tasks: readonly TaskInstance[],
): Wait | null {
	if (!isActiveRun(run) || !isWaiting(task)) return null;
	const definitions = facts.state.dagTasks[run.dagId] ?? [];
	const waiting = {
		task,
		run,
		tasks,
		dag: facts.state.dags?.find(({ dagId }) => dagId === run.dagId),
		definition: definitions.find(({ taskId }) => taskId === task.taskId),
		definitions,
		facts,
		now: facts.now + facts.clockAheadMs,
	};
	for (const rule of rules) {
		const found = rule(waiting);
		if (found) return found;
	}
	return null;
}
