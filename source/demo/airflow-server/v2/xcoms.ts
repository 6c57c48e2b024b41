import { parseJson } from '../../server/json.ts';
import type { Call, Route } from '../../server/routes.ts';
import { route } from '../../server/routes.ts';
import type { World } from '../../world/world.ts';
import { runOf } from './dag-runs.ts';
import { runAfterOf, timeJson } from './json.ts';
import { notFound, paged } from './parameters.ts';
import { sendJson } from './reply.ts';

const ENTRIES = '/api/v2/dags/:dagId/dagRuns/:runId/taskInstances/:taskId/xcomEntries';

/** airflow-core/src/airflow/api_fastapi/core_api/routes/public/xcom.py (3.3.2), for a task's return value. */
export function xcomRoutes(world: World): Route<void>[] {
	return [
		route('GET', ENTRIES, call => {
			const index = call.query.get('map_index');
			const all = returnedIn(world, call).filter(({ map_index }) => index === null || map_index === Number(index));
			const entries = paged(call, all).map(({ value: _, ...entry }) => entry);
			sendJson(call, { xcom_entries: entries, total_entries: all.length });
		}),
		route('GET', `${ENTRIES}/:key`, call => {
			const key = call.param('key');
			const index = Number(call.query.get('map_index') ?? -1);
			const found = returnedIn(world, call).find(one => one.key === key && one.map_index === index);
			if (found === undefined) throw notFound(`XCom entry with key: \`${key}\` not found`);
			sendJson(call, found);
		}),
	];
}

function returnedIn(world: World, call: Call) {
	const run = runOf(world, call);
	const tasks = run.tasks.filter(({ taskId }) => taskId === call.param('taskId'));
	return tasks.flatMap(task =>
		task.state !== 'success' || task.returned === undefined
			? []
			: [
					{
						key: 'return_value',
						timestamp: timeJson(task.endedAt ?? world.time),
						logical_date: timeJson(run.logicalDate),
						run_after: timeJson(runAfterOf(run)),
						map_index: task.mapIndex,
						task_id: task.taskId,
						dag_id: task.dagId,
						run_id: run.runId,
						dag_display_name: task.dagId,
						task_display_name: task.taskId,
						// Workers send JSON, which is stored as it is (api_fastapi/execution_api/routes/xcoms.py).
						value: parseJson(task.returned.replaceAll("'", '"')) ?? task.returned,
					},
				],
	);
}
