import type { Container } from '../containers/container.ts';
import { schedulerLog } from '../logs/scheduler-log.ts';
import { writeTraceback } from '../logs/task-log.ts';
import { workerLog } from '../logs/worker-log.ts';
import { after, every, hasMlflow, mlflowAnswers, partAnswers, type World } from '../world.ts';
import { type DagRun, keyOf, storyKeyOf, type TaskInstance } from './airflow-state.ts';
import { beginAttempt, endAttempt, planAttempt, putOff } from './attempt.ts';
import { PIPELINE_DAG, STAGES } from './dag-catalogue.ts';
import { questionOf } from './newer.ts';
import { CONCURRENCY, freeWorker, isWorker, tasksOn } from './workers.ts';

/** The Celery worker of the demo: it runs queued tasks. */

/** From the broker to the start of the process. */
const PICKUP_MS = 900;

export function runWorker(world: World): void {
	every(world, 250, () => takeWork(world));
	world.onContainerChange.add(container => {
		if (!isWorker(world, container) || container.status === 'running' || container.status === 'paused') return;
		// Its running tasks are lost, although the database still says that they run.
		for (const task of tasksOn(world, container)) {
			world.airflow.lost.set(keyOf(task), { task, since: world.time });
			world.airflow.working.delete(keyOf(task));
		}
	});
}

/** The worker takes messages that have been in the queue for a moment; without the broker it gets none. */
function takeWork(world: World): void {
	if (!partAnswers(world, 'broker') || !partAnswers(world, 'database')) return;
	for (const run of world.airflow.runs) {
		if (run.state !== 'running') continue;
		for (const task of run.tasks) {
			if (task.state !== 'queued' || task.held) continue;
			if (task.queuedAt !== undefined && world.time - task.queuedAt < PICKUP_MS) continue;
			const worker = freeWorker(world);
			if (worker === undefined) return;
			execute(world, run, task, worker);
		}
	}
}

function execute(world: World, run: DagRun, task: TaskInstance, worker: Container): void {
	const dag = world.airflow.dags.get(run.dagId);
	if (dag === undefined) return;
	const attempt = beginAttempt(world, run, task, world.time, worker);
	const plan = planAttempt(world, dag, run, task, attempt);
	const { start } = worker;
	const { execution } = task;
	const random = world.random.fork(`${storyKeyOf(run)}/${task.taskId}/${task.tryNumber}/celery`);
	const id = `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-a${random.hex(3)}-${random.hex(12)}`;
	const slot = random.integer(1, CONCURRENCY);
	const log = workerLog(world, { worker, dag, task, id, slot });
	log.begun();
	const stage = run.dagId === PIPELINE_DAG ? STAGES.find(({ taskId }) => taskId === task.taskId) : undefined;
	if (stage !== undefined) {
		log.printed(`${stage.mark} ${stage.taskId} 단계 시작 (${stage.layer})`);
	}
	world.airflow.working.set(keyOf(task), task);
	const alive = (): boolean => task.execution === execution && worker.start === start;
	for (const happening of plan.happenings) {
		after(world, happening.at, () => {
			if (!alive()) return;
			if (happening.at > 500 && logsToMlflow && !mlflowAnswers(world)) fail(mlflowDown);
			else happening.run(world.time);
		});
	}
	const logsToMlflow = hasMlflow(world);
	const mlflowDown =
		'ml_pipeline.tracking.TrackingServerDown: MLflow at http://mlflow:5000 does not answer ([Errno 111] Connection refused). Is the container mlflow up? docker restart mlflow';
	const settle = (outcome: 'success' | 'failed', error?: string): void => {
		world.airflow.working.delete(keyOf(task));
		endAttempt(world, dag, run, task, world.time, outcome, error);
		log.ended();
		schedulerLog(world).taskFinished(task);
	};
	const fail = (error: string): void => {
		writeTraceback(attempt, world.time, error);
		settle('failed', error);
	};
	after(world, plan.durationMs, () => {
		if (!alive()) return;
		if (plan.outcome === 'success' && questionOf(world, dag, task) !== undefined) {
			world.airflow.working.delete(keyOf(task));
			return putOff(world, dag, run, task, world.time, 'awaiting_input');
		}
		if (plan.outcome === 'success' || plan.outcome === 'failed') return settle(plan.outcome, plan.error);
		world.airflow.working.delete(keyOf(task));
		putOff(world, dag, run, task, world.time, plan.outcome);
	});
}
