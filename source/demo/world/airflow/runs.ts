import { DAY, pythonTime } from '../time.ts';
import { sinceStart, type World } from '../world.ts';
import {
	addEventLog,
	countRun,
	createTaskInstances,
	type Dag,
	type DagRun,
	findRun,
	intervalOf,
	keyOf,
	type TaskInstance,
	versionOf,
} from './airflow-state.ts';
import { hasEnded } from './scheduling.ts';

/** User actions on runs and their tasks. */

export type NewRun = {
	dagId: string;
	runId?: string;
	logicalDate?: number;
	conf?: Record<string, unknown>;
	note?: string | null;
	/** `manual` by default. */
	runType?: DagRun['runType'];
};

/** With a microsecond's precision, as Python's clock. */
export const preciseNow = (world: World): number =>
	Math.floor(world.time) + world.random.fork(`micros/${Math.floor(sinceStart(world))}`).integer(0, 999) / 1000;

export function createRun(world: World, dag: Dag, given: NewRun): DagRun {
	const logicalDate = given.logicalDate ?? preciseNow(world);
	const run: DagRun = {
		...countRun(world.airflow, dag),
		dagId: given.dagId,
		runId: given.runId ?? `manual__${pythonTime(logicalDate)}`,
		runType: given.runType ?? 'manual',
		state: 'queued',
		logicalDate,
		// The interval of a timedelta schedule ends at the trigger; cron aligns it, which the demo leaves out.
		dataInterval:
			given.runType === 'scheduled' || given.runType === 'backfill'
				? [
						logicalDate,
						world.airflow.generation === '3' ? logicalDate : logicalDate + intervalOf(dag.definition.schedule),
					]
				: [logicalDate - DAY, logicalDate],
		queuedAt: world.time,
		updatedAt: world.time,
		version: versionOf(dag),
		conf: given.conf ?? {},
		note: given.note ?? null,
		tasks: createTaskInstances(dag.definition, given.runId ?? `manual__${pythonTime(logicalDate)}`),
		failures: new Map(),
	};
	world.airflow.runs.push(run);
	if (run.runType === 'manual')
		addEventLog(world.airflow, {
			time: world.time,
			event: 'dag_run.create',
			dagId: given.dagId,
			taskId: null,
			executionDate: null,
			owner: world.airflow.user,
			extra: `[('dag_id', '${given.dagId}')]`,
		});
	return run;
}

/** airflow/models/taskinstance.py, clear_task_instances: a running task restarts, another loses its state. */
export function clearTasks(world: World, dag: Dag, tasks: readonly TaskInstance[], resetRuns: boolean): void {
	for (const task of tasks) {
		task.held = false;
		if (task.state === 'running') {
			// The worker is ordered to end it; then it gets another try.
			task.execution++;
			world.airflow.working.delete(keyOf(task));
		}
		task.maxTries = task.tryNumber + dag.definition.retries;
		const attempt = task.attempts.get(task.tryNumber);
		if (attempt !== undefined && task.state !== null && hasEnded(task.state)) attempt.endedAs = task.state;
		task.state = null;
		task.retryAt = undefined;
		task.waited = undefined;
		const run = findRun(world.airflow, task.dagId, task.runId);
		if (run === undefined) continue;
		run.updatedAt = world.time;
		run.failures.delete(task.taskId);
		if (resetRuns && (run.state === 'success' || run.state === 'failed')) {
			run.state = 'queued';
			run.queuedAt = world.time;
			// It has none until the scheduler starts it again.
			run.startedAt = undefined;
			run.endedAt = undefined;
			run.lastDecisionAt = undefined;
		}
	}
}

/**
 * airflow/api/common/mark_tasks.py: success marks every task; failed ends those that run and skips what is scheduled or
 * queued. A task without a state keeps none: SQL's NOT IN is not true for NULL.
 */
export function setRunState(world: World, run: DagRun, state: string): void {
	run.updatedAt = world.time;
	if (state === 'queued') {
		run.state = 'queued';
		run.queuedAt = world.time;
		run.startedAt = world.time;
		run.endedAt = undefined;
		return;
	}
	for (const task of run.tasks) {
		if (state === 'failed' && (task.state === null || hasEnded(task.state))) continue;
		const wasRunning = task.state === 'running';
		world.airflow.working.delete(keyOf(task));
		task.execution++;
		task.state = state === 'success' ? 'success' : wasRunning ? 'failed' : 'skipped';
		task.endedAt ??= world.time;
		task.startedAt ??= task.endedAt;
	}
	run.state = state;
	run.endedAt = world.time;
}

/** These tasks and all tasks downstream of them. */
export function withDownstream(dag: Dag, taskIds: readonly string[]): Set<string> {
	const found = new Set<string>();
	const visit = (taskId: string): void => {
		if (found.has(taskId)) return;
		found.add(taskId);
		for (const next of dag.definition.tasks.find(task => task.taskId === taskId)?.downstream ?? []) visit(next);
	};
	for (const taskId of taskIds) visit(taskId);
	return found;
}
