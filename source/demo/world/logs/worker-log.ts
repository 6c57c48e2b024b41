import type { Dag, TaskInstance } from '../airflow/airflow-state.ts';
import type { Container } from '../containers/container.ts';
import { taskInstanceId, uuidOf } from '../ids.ts';
import { logTime } from '../time.ts';
import type { World } from '../world.ts';
import { say } from './container-log.ts';
import { type StructuredLine, structuredLine } from './structured-log.ts';

/** What the Celery worker says about one try of a task, in the words of each generation. */
export type WorkerLog = {
	begun(): void;
	/** A line that a stage of the pipeline prints to the worker's own log: Airflow 2 only. */
	printed(text: string): void;
	ended(): void;
};

type Work = {
	readonly worker: Container;
	readonly dag: Dag;
	readonly task: TaskInstance;
	/** The id of Celery's message. */
	readonly id: string;
	readonly slot: number;
};

export const workerLog = (world: World, work: Work): WorkerLog =>
	world.airflow.generation === '3' ? newerLog(world, work) : olderLog(world, work);

const secondsSince = ({ startedAt }: TaskInstance, now: number): number => (now - (startedAt ?? now)) / 1000;

function olderLog(world: World, { worker, dag, task, id, slot }: Work): WorkerLog {
	const says = (process: string, text: string, laterMs = 0, level = 'INFO'): void => {
		const time = world.time + laterMs;
		say(worker, time, `[${logTime.celery(time)}: ${level}/${process}] ${text}`);
	};
	const fork = `ForkPoolWorker-${slot}`;
	const { file } = dag.definition;
	return {
		begun() {
			const name = 'airflow.providers.celery.executors.celery_executor_utils.execute_command';
			const command = `['airflow', 'tasks', 'run', '${task.dagId}', '${task.taskId}', '${task.runId}', '--local', '--subdir', 'DAGS_FOLDER/${file}']`;
			const instance = `<TaskInstance: ${task.dagId}.${task.taskId} ${task.runId} [queued]>`;
			says('MainProcess', `Task ${name}[${id}] received`);
			says(fork, `[${id}] Executing command in Celery: ${command}`, 7);
			says(fork, `Filling up the DagBag from /opt/airflow/dags/${file}`, 48);
			says(fork, `Running ${instance} on host ${task.hostname}`, 161);
		},
		printed: text => says(fork, text, 420, 'WARNING'),
		ended() {
			const name = 'airflow.providers.celery.executors.celery_executor_utils.execute_command';
			const seconds = (secondsSince(task, world.time) + 0.42).toFixed(6);
			says(fork, `Task ${name}[${id}] succeeded in ${seconds}s: None`);
		},
	};
}

function newerLog(world: World, { worker, dag, task, id }: Work): WorkerLog {
	const says = (line: StructuredLine, laterMs = 0): void =>
		say(worker, world.time + laterMs, structuredLine(world.time + laterMs, line));
	const number = task.tryNumber;
	const instance = taskInstanceId(task, number);
	return {
		begun() {
			const { dagId, runId, taskId, mapIndex } = task;
			const index = mapIndex < 0 ? '' : `map_index=${mapIndex}/`;
			const path = `dag_id=${dagId}/run_id=${runId}/task_id=${taskId}/${index}attempt=${number}.log`;
			const dto = `TaskInstanceDTO(id=UUID('${instance}'), task_id='${taskId}', dag_id='${dagId}', run_id='${runId}', try_number=${number}, dag_version_id=UUID('${uuidOf(dagId)}'), map_index=${mapIndex}, hostname='', queue='default', pool_slots=1, priority_weight=1, external_executor_id=None, executor_config=None)`;
			const bundle = `BundleInfo(name='dags-folder', version=None)`;
			says({
				event: `Task execute_workload[${id}] received`,
				logger: 'celery.worker.strategy',
				loc: 'strategy.py:161',
			});
			says(
				{
					event: `[${id}] Executing workload in Celery: dag_rel_path=PurePosixPath('${dag.definition.file}') bundle_info=${bundle} log_path='${path}' ti=${dto} sentry_integration='sentry_sdk.integrations.celery.CeleryIntegration' type='ExecuteTask'`,
					logger: 'airflow.providers.celery.executors.celery_executor_utils',
					loc: 'celery_executor_utils.py:254',
				},
				11,
			);
			says(
				{
					event: 'Secrets backends loaded for worker',
					logger: 'supervisor',
					loc: 'supervisor.py:2639',
					fields: { backend_classes: "['EnvironmentVariablesBackend']", count: 1 },
				},
				15,
			);
		},
		// What a task prints is in its own log alone.
		printed: () => undefined,
		ended() {
			const seconds = secondsSince(task, world.time);
			says({
				event: 'Workload finished',
				logger: 'supervisor',
				loc: 'supervisor.py:2658',
				fields: {
					duration: seconds + 0.1,
					exit_code: 0,
					final_state: task.state ?? 'None',
					workload_id: instance,
					workload_type: 'ExecuteTask',
				},
			});
			says({
				event: `Task execute_workload[${id}] succeeded in ${seconds + 0.42}s: None`,
				logger: 'celery.app.trace',
				loc: 'trace.py:128',
			});
		},
	};
}
