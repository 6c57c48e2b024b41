import { exactId } from '../../model/text/outside-id.ts';
import type { ClearRequest } from './airflow.ts';

/**
 * The body of `clearTaskInstances`. All fields are explicit, because the defaults differ between versions: 2.8 has
 * only_failed true and reset_dag_runs false, and clears every run of the DAG if no run is named
 * (airflow/api_connexion/schemas/task_instance_schema.py).
 *
 * @param tasks ids as the server knows them, or pairs of id and index (Airflow 3); null: all tasks of the run
 */
export function clearBody(
	{ dryRun, dagRunId, onlyFailed, withDownstream }: ClearRequest,
	tasks: readonly (string | readonly [taskId: string, mapIndex: number])[] | null,
) {
	return {
		dry_run: dryRun,
		dag_run_id: exactId(dagRunId),
		only_failed: onlyFailed,
		only_running: false,
		include_downstream: withDownstream,
		include_upstream: false,
		include_future: false,
		include_past: false,
		reset_dag_runs: true,
		...(tasks === null ? {} : { task_ids: tasks }),
	};
}
