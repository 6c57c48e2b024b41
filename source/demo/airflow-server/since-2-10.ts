import type { AirflowState, Dag, TaskDefinition, TaskInstance } from '../world/airflow/airflow-state.ts';
import { airflowVersions } from '../world/versions.ts';
import { tryNumberOf } from './dag-json.ts';

/** Where Airflow 2.10.5 answers otherwise than 2.8.0 (airflow/api_connexion/{schemas,endpoints}). */

export const isFrom210 = ({ version }: Pick<AirflowState, 'version'>): boolean => version === airflowVersions['2.10'];

/** The fields that 2.10 has in addition; none in 2.8. */
export const dagMore = (airflow: AirflowState, { definition }: Dag) =>
	isFrom210(airflow) ? { dag_display_name: definition.dagId, max_consecutive_failed_dag_runs: 0 } : {};

/** Here the tasks' owners are those of the DAG. */
export const detailsMore = (airflow: AirflowState, dag: Dag) =>
	isFrom210(airflow) ? { ...dagMore(airflow, dag), owners: ['airflow'], dataset_expression: null } : {};

export const taskMore = (airflow: AirflowState, { taskId }: TaskDefinition) =>
	isFrom210(airflow) ? { task_display_name: taskId, doc_md: null } : {};

export const instanceMore = (airflow: AirflowState, task: TaskInstance) =>
	isFrom210(airflow)
		? {
				try_number: tryNumberOf(task),
				task_display_name: task.taskId,
				executor: null,
				rendered_map_index: null,
			}
		: {};

export const eventMore = (airflow: AirflowState, taskId: string | null, runId: string | null) =>
	isFrom210(airflow)
		? { run_id: runId, map_index: taskId === null ? null : -1, try_number: taskId === null ? null : 1 }
		: {};

/** Where a log was found: a group from 2.9 on (airflow/utils/log/file_task_handler.py). */
export function logHead(airflow: AirflowState, lines: readonly string[]): string {
	const messages = lines.map(line => `*** ${line}\n`).join('');
	if (!isFrom210(airflow)) return messages;
	return ` INFO - ::group::Log message source details\n${messages} INFO - ::endgroup::\n`;
}
