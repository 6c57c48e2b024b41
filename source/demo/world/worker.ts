import { type DagRun, keyOf, storyKeyOf, type TaskInstance } from './airflow-state.ts';
import { beginAttempt, endAttempt, planAttempt, putOff } from './attempt.ts';
import type { Container } from './container.ts';
import { say } from './container-log.ts';
import { PIPELINE_DAG, STAGES } from './dag-catalogue.ts';
import { questionOf } from './newer.ts';
import { schedulerSays } from './scheduler-log.ts';
import { logTime, pythonTime } from './time.ts';
import { CONCURRENCY, freeWorker, isWorker, tasksOn } from './workers.ts';
import { after, every, partAnswers, type World } from './world.ts';

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
	const workerSays = (process: string, text: string, laterMs = 0, level = 'INFO'): void => {
		const time = world.time + laterMs;
		say(worker, time, `[${logTime.celery(time)}: ${level}/${process}] ${text}`);
	};
	const command = `['airflow', 'tasks', 'run', '${task.dagId}', '${task.taskId}', '${task.runId}', '--local', '--subdir', 'DAGS_FOLDER/${dag.definition.file}']`;
	const name = 'airflow.providers.celery.executors.celery_executor_utils.execute_command';
	workerSays('MainProcess', `Task ${name}[${id}] received`);
	workerSays(`ForkPoolWorker-${slot}`, `[${id}] Executing command in Celery: ${command}`, 7);
	workerSays(`ForkPoolWorker-${slot}`, `Filling up the DagBag from /opt/airflow/dags/${dag.definition.file}`, 48);
	workerSays(
		`ForkPoolWorker-${slot}`,
		`Running <TaskInstance: ${task.dagId}.${task.taskId} ${task.runId} [queued]> on host ${task.hostname}`,
		161,
	);
	const stage = run.dagId === PIPELINE_DAG ? STAGES.find(({ taskId }) => taskId === task.taskId) : undefined;
	if (stage !== undefined) {
		workerSays(`ForkPoolWorker-${slot}`, `${stage.mark} ${stage.taskId} 단계 시작 (${stage.layer})`, 420, 'WARNING');
	}
	world.airflow.working.set(keyOf(task), task);
	const alive = (): boolean => task.execution === execution && worker.start === start;
	for (const happening of plan.happenings) {
		after(world, happening.at, () => {
			if (!alive()) return;
			if (happening.at > 500 && logsToMlflow && !partAnswers(world, 'mlflow')) fail(mlflowDown);
			else happening.run(world.time);
		});
	}
	const logsToMlflow = world.stack.parts.mlflow !== null;
	const mlflowDown =
		'ml_pipeline.tracking.TrackingServerDown: MLflow at http://mlflow:5000 does not answer ([Errno 111] Connection refused). Is the container mlflow up? docker restart mlflow';
	const settle = (outcome: 'success' | 'failed', error?: string): void => {
		world.airflow.working.delete(keyOf(task));
		endAttempt(world, dag, run, task, world.time, outcome, error);
		const seconds = ((world.time - (task.startedAt ?? world.time)) / 1000 + 0.42).toFixed(6);
		workerSays(`ForkPoolWorker-${slot}`, `Task ${name}[${id}] succeeded in ${seconds}s: None`);
		schedulerSays(
			world,
			'scheduler_job_runner.py',
			733,
			`TaskInstance Finished: dag_id=${task.dagId}, task_id=${task.taskId}, run_id=${task.runId}, map_index=${task.mapIndex}, run_start_date=${pythonTime(task.startedAt ?? world.time).replace('T', ' ')}, run_end_date=${pythonTime(world.time).replace('T', ' ')}, run_duration=${((world.time - (task.startedAt ?? 0)) / 1000).toFixed(6)}, state=${task.state}, executor_state=success, try_number=${task.tryNumber}, max_tries=${task.maxTries}, pool=default_pool, queue=default, operator=PythonOperator`,
		);
	};
	const fail = (error: string): void => {
		attempt.lines.push({
			time: world.time,
			text: `[${logTime.airflow(world.time)}] {taskinstance.py:2699} ERROR - Task failed with exception\nTraceback (most recent call last):\n  File "/opt/airflow/dags/ml_pipeline/tracking.py", line 148, in _connect\n${error}`,
		});
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
