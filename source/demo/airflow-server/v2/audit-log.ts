import { isObject, type JsonObject, parseJson } from '../../server/json.ts';
import { type Call, findRoute, route } from '../../server/routes.ts';
import { addEventLog } from '../../world/airflow/airflow-state.ts';
import type { World } from '../../world/world.ts';

/** The requests that the audit log names, by the function that answers them (core_api/routes/public, 3.3.2). */
const named = (
	[
		['POST', '/api/v2/dags/:dagId/dagRuns', 'trigger_dag_run'],
		['PATCH', '/api/v2/dags/:dagId/dagRuns/:runId', 'patch_dag_run'],
		['PATCH', '/api/v2/dags/:dagId', 'patch_dag'],
		['POST', '/api/v2/dags/:dagId/clearTaskInstances', 'post_clear_task_instances'],
		['PATCH', '/api/v2/dags/:dagId/dagRuns/:runId/taskInstances/:taskId', 'patch_task_instance'],
		['PATCH', '/api/v2/dags/:dagId/dagRuns/:runId/taskInstances/:taskId/:mapIndex', 'patch_task_instance'],
		['PATCH', '/api/v2/pools/:pool', 'patch_pool'],
		['PUT', '/api/v2/parseDagFile/:token', 'reparse_dag_file'],
	] as const
).map(([method, path, event]) => route(method, path, () => event));

/** Records a change that was made (airflow-core/src/airflow/api_fastapi/logging/decorators.py). */
export function logChange(world: World, call: Call): void {
	const found = findRoute(named, call.method, call.path);
	if (found === undefined || found === 'method' || call.response.statusCode >= 400) return;
	const body = parseJson(call.body.toString());
	const fields: JsonObject = { ...Object.fromEntries(call.query), ...(isObject(body) ? body : {}) };
	const { dagId = null, runId, taskId = null, pool } = found.params;
	const inBody = typeof fields.dag_run_id === 'string' ? fields.dag_run_id : null;
	addEventLog(world.airflow, {
		time: world.time,
		event: found.route.run(call),
		dagId,
		runId: runId ?? inBody,
		taskId,
		executionDate: null,
		owner: world.airflow.user,
		extra: JSON.stringify({ ...(pool === undefined ? {} : { pool_name: pool }), ...fields, method: call.method }),
	});
}
