import type { Dag, DagRun, TaskInstance } from '../airflow/airflow-state.ts';
import { priorityWeight } from '../airflow/priority-weight.ts';
import { taskInstanceId } from '../ids.ts';
import { logTime, pythonTime } from '../time.ts';
import { partOf, type World } from '../world.ts';
import { say } from './container-log.ts';
import { type StructuredLine, structuredLine } from './structured-log.ts';

/** What the scheduler says, in the words of each generation. */
export type SchedulerLog = {
	queued(dag: Dag, tasks: readonly TaskInstance[]): void;
	taskFinished(task: TaskInstance): void;
	runEnded(run: DagRun, outcome: 'success' | 'failed'): void;
	/** A task whose worker no longer gives a sign. */
	lost(dag: Dag, run: DagRun, task: TaskInstance): void;
};

export const schedulerLog = (world: World): SchedulerLog =>
	world.airflow.generation === '3' ? newerLog(world) : olderLog(world);

const dateOf = (ms: number): string => pythonTime(ms).replace('T', ' ');
const tabbed = (tasks: readonly TaskInstance[], text: (task: TaskInstance) => string): string =>
	tasks.map(task => `\t${text(task)}`).join('\n');
/** Seconds with six digits, as Python's total_seconds(). */
const secondsOf = ({ startedAt = 0 }: { readonly startedAt?: number }, end: number): string =>
	((end - startedAt) / 1000).toFixed(6);

/** Airflow 2.8, in colours. */
function olderLog(world: World): SchedulerLog {
	const says = (file: string, line: number, text: string, level = 'INFO'): void =>
		print(
			world,
			`[\u001b[34m${logTime.airflow(world.time)}\u001b[0m] {\u001b[34m${file}:\u001b[0m${line}} ${level}\u001b[0m - ${text}\u001b[0m`,
		);
	const runner = 'scheduler_job_runner.py';
	return {
		queued(dag, tasks) {
			const list = tabbed(tasks, task => `<TaskInstance: ${task.dagId}.${task.taskId} ${task.runId} [scheduled]>`);
			says(runner, 424, `${tasks.length} tasks up for execution:\n${list}`);
			says(runner, 603, `Setting the following tasks to queued state:\n${list}`);
			for (const task of tasks) {
				const key = keyText(task, task.tryNumber + 1);
				const weight = priorityWeight(dag.definition, task.taskId);
				says(runner, 646, `Sending ${key} to executor with priority ${weight} and queue default`);
			}
		},
		taskFinished(task) {
			says(
				runner,
				733,
				`TaskInstance Finished: dag_id=${task.dagId}, task_id=${task.taskId}, run_id=${task.runId}, map_index=${task.mapIndex}, run_start_date=${dateOf(task.startedAt ?? world.time)}, run_end_date=${dateOf(world.time)}, run_duration=${secondsOf(task, world.time)}, state=${task.state}, executor_state=success, try_number=${task.tryNumber}, max_tries=${task.maxTries}, pool=default_pool, queue=default, operator=PythonOperator`,
			);
		},
		runEnded(run, outcome) {
			const isManual = run.runType === 'manual' ? 'True' : 'False';
			says(
				'dagrun.py',
				outcome === 'failed' ? 713 : 735,
				`Marking run <DagRun ${run.dagId} @ ${logTime.python(run.logicalDate)}: ${run.runId}, state:running, queued_at: ${logTime.python(run.startedAt ?? world.time)}. externally triggered: ${isManual}> ${outcome === 'failed' ? 'failed' : 'successful'}`,
				outcome === 'failed' ? 'ERROR' : 'INFO',
			);
		},
		lost({ definition }, _run, task) {
			says(
				runner,
				1721,
				`Detected zombie job: {'full_filepath': '/opt/airflow/dags/${definition.file}', 'msg': 'Detected <TaskInstance: ${task.dagId}.${task.taskId} ${task.runId} [running]> as zombie'}`,
				'ERROR',
			);
		},
	};
}

const RUNNER = { logger: 'airflow.jobs.scheduler_job_runner.SchedulerJobRunner' };
const RUN = { logger: 'airflow.models.dagrun.DagRun' };
const EXECUTOR = 'CeleryExecutor(parallelism=32)';

/** Airflow 3.3.2. */
function newerLog(world: World): SchedulerLog {
	const says = (line: StructuredLine): void => print(world, structuredLine(world.time, line));
	const runs = (line: number, event: string, level: StructuredLine['level'] = 'info'): void =>
		says({ ...RUNNER, level, event, loc: `scheduler_job_runner.py:${line}` });
	const shown = (task: TaskInstance, state: string, tryNumber: number): string =>
		`<TaskInstance: ${task.dagId}.${task.taskId} ${task.runId}${task.mapIndex < 0 ? '' : ` map_index=${task.mapIndex}`} [${state}] ti_id=${taskInstanceId(task, tryNumber)}>`;
	const logicalOf = (run: DagRun | undefined): string =>
		run === undefined || (run.runType !== 'scheduled' && run.runType !== 'backfill' && run.isDated !== true)
			? 'None'
			: dateOf(run.logicalDate);
	return {
		queued({ definition }, tasks) {
			const next = (task: TaskInstance) => task.tryNumber + 1;
			const named = (task: TaskInstance) => shown(task, 'scheduled', next(task));
			runs(755, `${tasks.length} tasks up for execution:\n${tabbed(tasks, named)}`);
			for (const index of tasks.keys()) runs(858, `DAG ${definition.dagId} has ${index}/16 running and queued tasks`);
			const numbered = (task: TaskInstance) =>
				`${named(task)} (id=${taskInstanceId(task, next(task))}, try_number=${next(task)})`;
			runs(1014, `Setting the following tasks to queued state (scheduler job_id=2):\n${tabbed(tasks, numbered)}`);
			runs(1188, `Trying to enqueue tasks: [${tasks.map(named).join(', ')}] for executor: ${EXECUTOR}`);
			for (const task of tasks) {
				runs(1347, `Received executor event with state queued for task instance ${keyText(task, next(task))}`);
			}
		},
		taskFinished(task) {
			const dag = world.airflow.dags.get(task.dagId);
			const definition = dag?.definition.tasks.find(({ taskId }) => taskId === task.taskId);
			const weight = dag === undefined ? 1 : priorityWeight(dag.definition, task.taskId);
			runs(1347, `Received executor event with state success for task instance ${keyText(task, task.tryNumber)}`);
			runs(
				1439,
				`TaskInstance Finished: dag_id=${task.dagId}, task_id=${task.taskId}, run_id=${task.runId}, map_index=${task.mapIndex}, ti_id=${taskInstanceId(task, task.tryNumber)}, run_start_date=${dateOf(task.startedAt ?? world.time)}, run_end_date=${dateOf(world.time)}, run_duration=${secondsOf(task, world.time)}, state=${task.state}, executor=${EXECUTOR}, executor_state=success, try_number=${task.tryNumber}, max_tries=${task.maxTries}, pool=default_pool, queue=default, priority_weight=${weight}, operator=${definition?.operator ?? 'PythonOperator'}, queued_dttm=${dateOf(task.queuedAt ?? world.time)}, scheduled_dttm=${dateOf(task.queuedAt ?? world.time)},queued_by_job_id=2, pid=${task.pid}`,
			);
		},
		runEnded(run, outcome) {
			const date = logicalOf(run);
			const [start, end] = date === 'None' ? ['None', 'None'] : run.dataInterval.map(dateOf);
			const word = outcome === 'failed' ? 'failed' : 'successful';
			says({
				...RUN,
				event: `Marking run <DagRun ${run.dagId} @ ${date}: ${run.runId}, state:running, queued_at: ${dateOf(run.queuedAt ?? world.time)}. run_type: ${run.runType}> ${word}`,
				loc: `dagrun.py:${outcome === 'failed' ? 1219 : 1249}`,
			});
			says({
				...RUN,
				event: `DagRun Finished: dag_id=${run.dagId}, logical_date=${date}, run_id=${run.runId}, run_start_date=${dateOf(run.startedAt ?? world.time)}, run_end_date=${dateOf(world.time)}, run_duration=${secondsOf(run, world.time)}, state=${outcome}, run_type=${run.runType}, data_interval_start=${start}, data_interval_end=${end},`,
				loc: 'dagrun.py:1315',
			});
		},
		lost({ definition }, run, task) {
			runs(3559, `Failing 1 TIs without heartbeat after ${dateOf(world.time - 60_000)}`, 'warning');
			runs(
				3630,
				`Detected a task instance without a heartbeat: {'DAG Id': '${run.dagId}', 'Task Id': '${task.taskId}', 'Run Id': '${run.runId}', 'Hostname': '${task.hostname}', 'File': '${definition.file}'} (See https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/tasks.html#task-instance-heartbeat-timeout)`,
				'error',
			);
		},
	};
}

const keyText = (task: TaskInstance, tryNumber: number): string =>
	`TaskInstanceKey(dag_id='${task.dagId}', task_id='${task.taskId}', run_id='${task.runId}', try_number=${tryNumber}, map_index=${task.mapIndex})`;

/** Each line by itself, as the log driver keeps it. */
function print(world: World, text: string): void {
	const scheduler = partOf(world, 'scheduler');
	if (scheduler === undefined) return;
	for (const one of text.split('\n')) say(scheduler, world.time, one);
}
