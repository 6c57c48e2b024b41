import { type DagRun, isActiveRun, isFinishedTask, type TaskInstance } from '../../model/airflow/pipeline.ts';
import type { DiagnosisFacts } from '../facts.ts';
import { deferred, reschedule, retry } from './again.ts';
import { answer } from './answer.ts';
import { dagGone, dagPaused, runNotStarted } from './dag-state.ts';
import { dependency, unmetDependencies } from './dependencies.ts';
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

/** The most certain first; the first that applies is the reason. */
const rules: readonly WaitRule[] = [
	dagGone,
	dagPaused,
	runNotStarted,
	upstream,
	past,
	answer,
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
	dependency,
	scheduler,
];

/** Task states with a running or terminating process. */
const processStates: ReadonlySet<string> = new Set(['running', 'restarting', 'shutdown']);

/** Whether a task instance of an active DAG run waits. */
export function isWaiting(task: Pick<TaskInstance, 'state'>): boolean {
	return !isFinishedTask(task) && !(task.state !== null && processStates.has(task.state));
}

/**
 * Why a task instance waits; null if it does not wait or its DAG run has ended.
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
		seenAt: facts.tasksSeenAt(run),
		unmet: unmetDependencies(facts, task),
	};
	for (const rule of rules) {
		const found = rule(waiting);
		if (found) return { ...found, unmet: waiting.unmet };
	}
	return null;
}
