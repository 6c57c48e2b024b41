import type { Call, Route } from '../server/routes.ts';
import { route } from '../server/routes.ts';
import { findRun } from '../world/airflow/airflow-state.ts';
import { pythonTime } from '../world/time.ts';
import type { World } from '../world/world.ts';
import { allowQuery, PAGING, paged } from './parameters.ts';
import { Problem } from './problem.ts';
import { sendJson } from './reply.ts';

const ENTRIES = '/api/v1/dags/:dagId/dagRuns/:runId/taskInstances/:taskId/xcomEntries';

/** airflow/api_connexion/endpoints/xcom_endpoint.py, for a task's return value: the text of a Python value. */
export function xcomRoutes(world: World): Route<void>[] {
	return [
		route('GET', ENTRIES, call => {
			allowQuery(call, ...PAGING, 'map_index', 'xcom_key');
			const index = call.query.get('map_index');
			const all = returnedIn(world, call).filter(({ map_index }) => index === null || map_index === Number(index));
			const entries = paged(call, all).map(({ value: _, ...entry }) => entry);
			sendJson(call, { xcom_entries: entries, total_entries: all.length });
		}),
		route('GET', `${ENTRIES}/:key`, call => {
			allowQuery(call, 'map_index', 'deserialize');
			const index = Number(call.query.get('map_index') ?? -1);
			const found = returnedIn(world, call).find(
				({ key, map_index }) => key === call.param('key') && map_index === index,
			);
			if (found === undefined) throw new Problem(404, 'XCom entry not found');
			sendJson(call, found);
		}),
	];
}

/** The return values of a task in a run, one for each instance that succeeded; none of an unknown one. */
function returnedIn(world: World, call: Call) {
	const run = findRun(world.airflow, call.param('dagId'), call.param('runId'));
	const tasks = run?.tasks.filter(({ taskId }) => taskId === call.param('taskId')) ?? [];
	return tasks.flatMap(task =>
		run === undefined || task.state !== 'success' || task.returned === undefined
			? []
			: [
					{
						key: 'return_value',
						timestamp: pythonTime(task.endedAt ?? world.time),
						execution_date: pythonTime(run.logicalDate),
						map_index: task.mapIndex,
						task_id: task.taskId,
						dag_id: task.dagId,
						value: task.returned,
					},
				],
	);
}
