import { schedulerLog } from '../logs/scheduler-log.ts';
import { pythonTime, SECOND } from '../time.ts';
import { every, partAnswers, type World } from '../world.ts';
import {
	type Dag,
	type DagRun,
	findRun,
	intervalOf,
	isDue,
	logicalDateOf,
	skipDue,
	type TaskInstance,
} from './airflow-state.ts';
import { endAttempt } from './attempt.ts';
import { completeBackfills, mayStart } from './newer.ts';
import { createRun } from './runs.ts';
import { decide, outcomeOf } from './scheduling.ts';

/** The scheduler of the demo: advances runs, and writes the same log as the real one. */

/** AIRFLOW__SCHEDULER__SCHEDULER_ZOMBIE_TASK_THRESHOLD of the compose file. */
const ZOMBIE_MS = 60 * SECOND;

export function runScheduler(world: World): void {
	every(world, 500, () => {
		if (!partAnswers(world, 'scheduler') || !partAnswers(world, 'database')) return;
		if (world.time - world.airflow.schedulerHeartbeat >= 5 * SECOND) world.airflow.schedulerHeartbeat = world.time;
		for (const dag of world.airflow.dags.values()) makeDueRun(world, dag);
		for (const run of world.airflow.runs) if (run.state === 'queued') tryStart(world, run);
		for (const run of world.airflow.runs) if (run.state === 'running') bringForward(world, run);
		completeBackfills(world);
		findZombies(world);
	});
	const parse = (): void => {
		if (!partAnswers(world, 'parser')) return;
		for (const dag of world.airflow.dags.values()) dag.lastParsedAt = world.time;
	};
	every(world, 30 * SECOND, parse);
	// A scheduler that has just started parses all files at once.
	world.onContainerChange.add(container => {
		if (container.definition.name === world.stack.parts.parser) parse();
	});
}

/** Scheduled runs exist only in an autonomous world. A DAG without catch-up runs the last interval. */
function makeDueRun(world: World, dag: Dag): void {
	if (dag.isPaused || !isDue(dag, world.time)) return;
	const length = intervalOf(dag.definition.schedule);
	skipDue(dag, world.time);
	if (!world.autonomous) return;
	const logicalDate = logicalDateOf(world.airflow, dag.definition, dag.nextRunAt - length);
	createRun(world, dag, {
		dagId: dag.definition.dagId,
		runId: `scheduled__${pythonTime(logicalDate)}`,
		logicalDate,
		runType: 'scheduled',
	});
}

function tryStart(world: World, run: DagRun): void {
	const dag = world.airflow.dags.get(run.dagId);
	if (dag === undefined || dag.isPaused) return;
	// [scheduler] allow_trigger_in_future is off: a run with a future date waits for it (airflow/models/dagrun.py
	// 2.8.0).
	if (run.logicalDate > world.time) return;
	const active = world.airflow.runs.filter(other => other.dagId === run.dagId && other.state === 'running').length;
	// A backfill has a limit of its own in place of the DAG's (airflow/models/dagrun.py 3.3.2).
	const isFree = run.backfillId === undefined ? active < dag.definition.maxActiveRuns : mayStart(world, run);
	if (!isFree) return;
	run.state = 'running';
	run.startedAt = world.time;
	run.endedAt = undefined;
	run.updatedAt = world.time;
}

/** Of default_pool. */
function freeSlots({ airflow }: World): number {
	const busy = airflow.runs
		.flatMap(({ tasks }) => tasks)
		.filter(({ state }) => state === 'running' || state === 'queued');
	return Math.max(0, airflow.poolSlots - busy.length);
}

function bringForward(world: World, run: DagRun): void {
	const dag = world.airflow.dags.get(run.dagId);
	if (dag === undefined) return;
	const queued = run.tasks.filter(task => task.state === 'scheduled' && !task.held);
	// Slots are counted only for a task that waits for one: a demo that runs for days has thousands of runs.
	if (queued.length > 0 && !dag.isPaused) {
		const fitting = queued.slice(0, freeSlots(world));
		if (fitting.length > 0) queue(world, dag, fitting);
	}
	let decided = false;
	for (const task of run.tasks) {
		if (task.held) continue;
		const waits = task.state === 'up_for_retry' || task.state === 'up_for_reschedule' || task.state === 'deferred';
		if (waits && task.retryAt !== undefined && world.time >= task.retryAt) {
			task.state = 'scheduled';
			decided = true;
		}
		if (task.state !== null) continue;
		const definition = dag.definition.tasks.find(({ taskId }) => taskId === task.taskId);
		const next = definition === undefined ? undefined : decide(dag, run, definition);
		if (next === undefined) continue;
		decided = true;
		task.state = next;
		if (next !== 'scheduled') {
			task.startedAt = world.time;
			task.endedAt = world.time;
		}
	}
	if (decided) {
		run.lastDecisionAt = world.time;
		run.updatedAt = world.time;
	}
	const outcome = outcomeOf(dag, run);
	if (outcome === undefined) return;
	run.state = outcome;
	run.endedAt = world.time;
	run.lastDecisionAt = world.time;
	run.updatedAt = world.time;
	schedulerLog(world).runEnded(run, outcome);
}

function queue(world: World, dag: Dag, tasks: readonly TaskInstance[]): void {
	schedulerLog(world).queued(dag, tasks);
	for (const task of tasks) {
		task.state = 'queued';
		task.queuedAt = world.time;
	}
}

/** A task whose worker is gone keeps its state until the scheduler has missed its heartbeat for long enough. */
function findZombies(world: World): void {
	for (const [key, { task, since }] of [...world.airflow.lost]) {
		if (task.state !== 'running') world.airflow.lost.delete(key);
		if (task.state !== 'running' || world.time - since < ZOMBIE_MS) continue;
		world.airflow.lost.delete(key);
		const run = findRun(world.airflow, task.dagId, task.runId);
		const dag = world.airflow.dags.get(task.dagId);
		if (run === undefined || dag === undefined) continue;
		schedulerLog(world).lost(dag, run, task);
		endAttempt(world, dag, run, task, world.time, 'failed', 'AirflowException: Task received SIGTERM signal');
	}
}
