import { type Dag, type DagRun, keyOf, priorityWeight, type TaskInstance } from './airflow-state.ts';
import { beginAttempt, endAttempt, planAttempt } from './attempt.ts';
import { say } from './container-log.ts';
import { decide, outcomeOf } from './scheduling.ts';
import { logTime, pythonTime, SECOND } from './time.ts';
import { after, answers, containerOf, every, type World } from './world.ts';

/** The scheduler and the Celery worker of the demo: they bring runs forward, and write logs as the real ones do. */

const WORKER_CONCURRENCY = 4;
/** From the broker to the start of the process. */
const PICKUP_MS = 900;
/** AIRFLOW__SCHEDULER__SCHEDULER_ZOMBIE_TASK_THRESHOLD of the compose file. */
const ZOMBIE_MS = 60 * SECOND;

export function runScheduler(world: World): void {
	every(world, 500, () => {
		if (!answers(world, 'airflow-scheduler') || !answers(world, 'airflow-postgres')) return;
		if (world.time - world.airflow.schedulerHeartbeat >= 5 * SECOND) world.airflow.schedulerHeartbeat = world.time;
		for (const run of world.airflow.runs) if (run.state === 'queued') tryStart(world, run);
		for (const run of world.airflow.runs) if (run.state === 'running') bringForward(world, run);
		findZombies(world);
	});
	every(world, 250, () => takeWork(world));
	every(world, 30 * SECOND, () => {
		if (!answers(world, 'airflow-scheduler')) return;
		for (const dag of world.airflow.dags.values()) dag.lastParsedAt = world.time;
	});
}

function tryStart(world: World, run: DagRun): void {
	const dag = world.airflow.dags.get(run.dagId);
	if (dag === undefined || dag.isPaused) return;
	const active = world.airflow.runs.filter(other => other.dagId === run.dagId && other.state === 'running').length;
	if (active >= dag.definition.maxActiveRuns) return;
	run.state = 'running';
	run.startedAt = world.time;
	run.endedAt = undefined;
	run.updatedAt = world.time;
}

function bringForward(world: World, run: DagRun): void {
	const dag = world.airflow.dags.get(run.dagId);
	if (dag === undefined) return;
	const queued = run.tasks.filter(task => task.state === 'scheduled' && !task.held);
	if (queued.length > 0 && !dag.isPaused) queue(world, dag, queued);
	let decided = false;
	for (const task of run.tasks) {
		if (task.held) continue;
		if (task.state === 'up_for_retry' && task.retryAt !== undefined && world.time >= task.retryAt) {
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
	schedulerSays(
		world,
		outcome === 'failed' ? 'dagrun.py' : 'dagrun.py',
		outcome === 'failed' ? 713 : 735,
		`Marking run <DagRun ${run.dagId} @ ${logTime.python(run.logicalDate)}: ${run.runId}, state:running, queued_at: ${logTime.python(run.startedAt ?? world.time)}. externally triggered: ${run.runType === 'manual' ? 'True' : 'False'}> ${outcome === 'failed' ? 'failed' : 'successful'}`,
		outcome === 'failed' ? 'ERROR' : 'INFO',
	);
}

function schedulerSays(world: World, file: string, line: number, text: string, level = 'INFO'): void {
	const scheduler = containerOf(world, 'airflow-scheduler');
	const lines = `[\u001b[34m${logTime.airflow(world.time)}\u001b[0m] {\u001b[34m${file}:\u001b[0m${line}} ${level}\u001b[0m - ${text}\u001b[0m`;
	for (const one of lines.split('\n')) say(scheduler, world.time, one);
}

function queue(world: World, dag: Dag, tasks: readonly TaskInstance[]): void {
	const list = tasks.map(task => `\t<TaskInstance: ${task.dagId}.${task.taskId} ${task.runId} [scheduled]>`).join('\n');
	schedulerSays(world, 'scheduler_job_runner.py', 424, `${tasks.length} tasks up for execution:\n${list}`);
	schedulerSays(world, 'scheduler_job_runner.py', 603, `Setting the following tasks to queued state:\n${list}`);
	for (const task of tasks) {
		task.state = 'queued';
		task.queuedAt = world.time;
		const key = `TaskInstanceKey(dag_id='${task.dagId}', task_id='${task.taskId}', run_id='${task.runId}', try_number=${task.tryNumber + 1}, map_index=-1)`;
		schedulerSays(
			world,
			'scheduler_job_runner.py',
			646,
			`Sending ${key} to executor with priority ${priorityWeight(dag.definition, task.taskId)} and queue default`,
		);
	}
}

/** The worker takes what has lain in the queue for a moment; without the broker it hears of nothing. */
function takeWork(world: World): void {
	if (!answers(world, 'airflow-worker') || !answers(world, 'airflow-redis') || !answers(world, 'airflow-postgres'))
		return;
	for (const run of world.airflow.runs) {
		if (run.state !== 'running') continue;
		for (const task of run.tasks) {
			if (world.airflow.working.size >= WORKER_CONCURRENCY) return;
			if (task.state !== 'queued' || task.held) continue;
			if (task.queuedAt !== undefined && world.time - task.queuedAt < PICKUP_MS) continue;
			execute(world, run, task);
		}
	}
}

function execute(world: World, run: DagRun, task: TaskInstance): void {
	const dag = world.airflow.dags.get(run.dagId);
	if (dag === undefined) return;
	const attempt = beginAttempt(world, run, task, world.time);
	const plan = planAttempt(world, dag, run, task, attempt);
	const worker = containerOf(world, 'airflow-worker');
	const { start } = worker;
	const { execution } = task;
	const random = world.random.fork(`${keyOf(task)}/${task.tryNumber}/celery`);
	const id = `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-a${random.hex(3)}-${random.hex(12)}`;
	const slot = random.integer(1, WORKER_CONCURRENCY);
	const workerSays = (process: string, text: string): void =>
		say(worker, world.time, `[${logTime.celery(world.time)}: INFO/${process}] ${text}`);
	const command = `['airflow', 'tasks', 'run', '${task.dagId}', '${task.taskId}', '${task.runId}', '--local', '--subdir', 'DAGS_FOLDER/${dag.definition.file}']`;
	const name = 'airflow.providers.celery.executors.celery_executor_utils.execute_command';
	workerSays('MainProcess', `Task ${name}[${id}] received`);
	workerSays(`ForkPoolWorker-${slot}`, `[${id}] Executing command in Celery: ${command}`);
	workerSays(`ForkPoolWorker-${slot}`, `Filling up the DagBag from /opt/airflow/dags/${dag.definition.file}`);
	workerSays(
		`ForkPoolWorker-${slot}`,
		`Running <TaskInstance: ${task.dagId}.${task.taskId} ${task.runId} [queued]> on host ${task.hostname}`,
	);
	world.airflow.working.set(keyOf(task), task);
	const alive = (): boolean => task.execution === execution && worker.start === start && worker.status !== 'exited';
	for (const happening of plan.happenings) {
		after(world, happening.at, () => {
			if (!alive()) return;
			if (happening.at > 500 && !answers(world, 'mlflow')) fail(mlflowDown);
			else happening.run(world.time);
		});
	}
	const mlflowDown =
		'ml_pipeline.tracking.TrackingServerDown: MLflow at http://mlflow:5000 does not answer ([Errno 111] Connection refused). Is the container mlflow up? docker compose -f docker-compose-mlops.yml restart mlflow';
	const settle = (outcome: 'success' | 'failed', error?: string): void => {
		world.airflow.working.delete(keyOf(task));
		endAttempt(world, dag, run, task, world.time, outcome, error);
		const seconds = ((world.time - (task.startedAt ?? world.time)) / 1000 + 0.42).toFixed(6);
		workerSays(`ForkPoolWorker-${slot}`, `Task ${name}[${id}] succeeded in ${seconds}s: None`);
		schedulerSays(
			world,
			'scheduler_job_runner.py',
			733,
			`TaskInstance Finished: dag_id=${task.dagId}, task_id=${task.taskId}, run_id=${task.runId}, map_index=-1, run_start_date=${pythonTime(task.startedAt ?? world.time).replace('T', ' ')}, run_end_date=${pythonTime(world.time).replace('T', ' ')}, run_duration=${((world.time - (task.startedAt ?? 0)) / 1000).toFixed(6)}, state=${task.state}, executor_state=success, try_number=${task.tryNumber}, max_tries=${task.maxTries}, pool=default_pool, queue=default, operator=PythonOperator`,
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
		if (alive()) settle(plan.outcome, plan.error);
	});
}

/** A task whose worker has gone keeps its state until the scheduler has missed its heartbeat for long enough. */
function findZombies(world: World): void {
	const worker = containerOf(world, 'airflow-worker');
	for (const task of [...world.airflow.working.values()]) {
		const startedInThisLife = worker.status === 'running' && (task.startedAt ?? 0) >= worker.startedAt;
		if (startedInThisLife) continue;
		const lostAt = worker.finishedAt === 0 ? worker.startedAt : worker.finishedAt;
		if (world.time - lostAt < ZOMBIE_MS) continue;
		world.airflow.working.delete(keyOf(task));
		const run = world.airflow.runs.find(({ runId, dagId }) => runId === task.runId && dagId === task.dagId);
		const dag = world.airflow.dags.get(task.dagId);
		if (run === undefined || dag === undefined || task.state !== 'running') continue;
		schedulerSays(
			world,
			'scheduler_job_runner.py',
			1721,
			`Detected zombie job: {'full_filepath': '/opt/airflow/dags/${dag.definition.file}', 'msg': 'Detected <TaskInstance: ${task.dagId}.${task.taskId} ${task.runId} [running]> as zombie'}`,
			'ERROR',
		);
		endAttempt(world, dag, run, task, world.time, 'failed', 'AirflowException: Task received SIGTERM signal');
	}
}
