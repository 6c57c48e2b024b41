import type { Attempt, DagDefinition } from '../airflow/airflow-state.ts';
import type { TaskLogFields } from './task-log-fields.ts';

/**
 * The events that Airflow 3.3.2 writes around a task's own output (airflow/sdk/execution_time/task_runner.py; recorded in
 * test/fixtures/recorded/airflow-3.3.2/task-log.json and task-log.failed.json).
 */

const write = (attempt: Attempt, time: number, text: string, fields: Omit<TaskLogFields, 'level'>): void => {
	attempt.lines.push({ time, text, fields: { level: fields.raised === undefined ? 'info' : 'error', ...fields } });
};
const runner = (
	attempt: Attempt,
	time: number,
	lineno: number,
	text: string,
	more: Partial<TaskLogFields> = {},
): void => write(attempt, time, text, { logger: 'task', filename: 'task_runner.py', lineno, ...more });

/** Standard output of the task. */
export const writePrinted = (attempt: Attempt, time: number, text: string): void =>
	write(attempt, time, text, { logger: 'task.stdout' });

export function writeStart(attempt: Attempt, time: number, { dagId, file }: DagDefinition): void {
	runner(attempt, time, 2412, '::group::Pre Execute');
	write(attempt, time + 14, 'DAG bundles loaded: dags-folder', {
		logger: 'airflow.dag_processing.bundles.manager.DagBundlesManager',
		filename: 'manager.py',
		lineno: 304,
	});
	write(attempt, time + 15, `Filling up the DagBag from /opt/airflow/dags/${file}`, {
		logger: 'airflow.dag_processing.dagbag.BundleDagBag',
		filename: 'dagbag.py',
		lineno: 460,
	});
	const parsed = { bundle_name: 'dags-folder', bundle_version: null, dag_file: file, dag_id: dagId };
	const more = { ...parsed, bundle_prepare_ms: 1, dag_file_parse_ms: 67 };
	runner(attempt, time + 82, 1073, 'Worker startup parse complete', { more });
	runner(attempt, time + 103, 2232, '::endgroup::');
}

export function writeReturned(attempt: Attempt, time: number, operator: string, returned: string): void {
	const logger = `airflow.task.operators.airflow.providers.standard.operators.python.${operator}`;
	write(attempt, time, `Done. Returned value was: ${returned}`, { logger, filename: 'python.py', lineno: 233 });
}

/** @param file the DAG's file, for a task whose code is in it; where left out, it is a stage of the pipeline */
export function writeRaised(attempt: Attempt, time: number, error: string, file?: string): void {
	const packages = '/opt/airflow-venv/lib/python3.11/site-packages/airflow';
	const sdk = (path: string, lineno: number, name: string) => ({ filename: `${packages}/${path}`, lineno, name });
	const own =
		file === undefined
			? { filename: '/opt/airflow/dags/ml_pipeline/stages.py', lineno: 93, name: 'run' }
			: { filename: `/opt/airflow/dags/${file}`, lineno: 41, name: 'run' };
	const colon = error.indexOf(': ');
	runner(attempt, time, 1676, 'Task failed with exception', {
		raised: {
			type: colon === -1 ? error : error.slice(0, colon),
			value: colon === -1 ? '' : error.slice(colon + 2),
			frames: [
				sdk('sdk/execution_time/task_runner.py', 1579, '_run_task_and_map_outcome'),
				sdk('sdk/execution_time/task_runner.py', 2234, '_execute_task'),
				sdk('sdk/execution_time/task_runner.py', 2192, '_run_execute_callable'),
				sdk('sdk/bases/operator.py', 462, 'wrapper'),
				sdk('providers/standard/operators/python.py', 231, 'execute'),
				sdk('providers/standard/operators/python.py', 254, 'execute_callable'),
				own,
			],
		},
	});
}

export function writeEnd(attempt: Attempt, time: number, hasFailed: boolean): void {
	runner(attempt, time, hasFailed ? 1677 : 1580, '::group::Post Execute');
	runner(attempt, time + 4, 2379, '::endgroup::');
}

const waits = {
	reschedule: [1630, 1631, 'Rescheduling task, marking task as UP_FOR_RESCHEDULE'],
	deferred: [1614, 1466, 'Pausing task as DEFERRED. '],
	awaiting_input: [1617, 1502, 'Pausing task as AWAITING_INPUT.'],
} as const;

/** @param operator the class of a task that asks */
export function writeWait(attempt: Attempt, time: number, mode: keyof typeof waits, operator: string): void {
	if (mode === 'awaiting_input') {
		const logger = `airflow.task.operators.airflow.providers.standard.operators.hitl.${operator}`;
		write(attempt, time, 'Waiting for response', { logger, filename: 'hitl.py', lineno: 230 });
	}
	const [group, line, words] = waits[mode];
	runner(attempt, time + 1, group, '::group::Post Execute');
	runner(attempt, time + 2, line, words);
	runner(attempt, time + 4, 2379, '::endgroup::');
}
