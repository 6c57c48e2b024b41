import type { Route } from '../server/routes.ts';
import { route } from '../server/routes.ts';
import { pythonTime } from '../world/time.ts';
import type { World } from '../world/world.ts';
import { allowQuery } from './parameters.ts';
import { Problem } from './problem.ts';
import { sendJson } from './reply.ts';
import { pairOf } from './task-instances.ts';

/** airflow/api_connexion/endpoints/xcom_endpoint.py, for a task's return value: the text of a Python value. */
export function xcomRoutes(world: World): Route<void>[] {
	return [
		route('GET', '/api/v1/dags/:dagId/dagRuns/:runId/taskInstances/:taskId/xcomEntries/:key', call => {
			allowQuery(call, 'map_index', 'deserialize');
			const { run, task } = pairOf(world, call, 'XCom entry not found');
			const returned = task.state === 'success' ? task.returned : undefined;
			if (returned === undefined || call.param('key') !== 'return_value')
				throw new Problem(404, 'XCom entry not found');
			sendJson(call, {
				key: 'return_value',
				timestamp: pythonTime(task.endedAt ?? world.time),
				execution_date: pythonTime(run.logicalDate),
				map_index: task.mapIndex,
				task_id: task.taskId,
				dag_id: task.dagId,
				value: returned,
			});
		}),
	];
}
