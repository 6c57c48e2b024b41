import type { Call, Route } from '../../server/routes.ts';
import { route } from '../../server/routes.ts';
import { type Dag, versionOf } from '../../world/airflow/airflow-state.ts';
import { SECOND } from '../../world/time.ts';
import { after, partAnswers, type World } from '../../world/world.ts';
import { sortBy } from '../parameters.ts';
import { dagJson, definedTaskJson, detailsJson, fileTokenOf } from './json.ts';
import { bodyOf, notFound, paged } from './parameters.ts';
import { sendBody, sendJson } from './reply.ts';

export function dagOf(world: World, call: Call): Dag {
	const dagId = call.param('dagId');
	const dag = world.airflow.dags.get(dagId);
	if (dag === undefined) throw notFound(`The Dag with ID: \`${dagId}\` was not found`);
	return dag;
}

/** airflow-core/src/airflow/api_fastapi/core_api/routes/public/{dags,tasks,dag_sources,dag_parsing}.py */
export function dagRoutes(world: World): Route<void>[] {
	return [
		route('GET', '/api/v2/dags', call => list(world, call)),
		route('GET', '/api/v2/dags/:dagId', call => sendJson(call, dagJson(dagOf(world, call)))),
		route('GET', '/api/v2/dags/:dagId/details', call => sendJson(call, detailsJson(dagOf(world, call)))),
		route('PATCH', '/api/v2/dags/:dagId', call => {
			const dag = dagOf(world, call);
			const body = bodyOf(call, ['is_paused']);
			if (body === undefined) return;
			dag.isPaused = body.is_paused === true;
			sendJson(call, dagJson(dag));
		}),
		route('GET', '/api/v2/dags/:dagId/tasks', call => {
			const dag = dagOf(world, call);
			const tasks = dag.definition.tasks.map(task => definedTaskJson(dag, task));
			sendJson(call, { tasks: tasks.sort((a, b) => (a.task_id < b.task_id ? -1 : 1)), total_entries: tasks.length });
		}),
		route('GET', '/api/v2/dagSources/:dagId', call => {
			const dag = dagOf(world, call);
			const { dagId } = dag.definition;
			const newest = versionOf(dag);
			const number = Number(call.query.get('version_number') ?? newest);
			const source = number === newest ? dag.definition.source : dag.olderSources?.[number - 1];
			if (source === undefined) {
				throw notFound(`The source code of the Dag ${dagId}, version_number ${number} was not found`);
			}
			if ((call.request.headers.accept ?? '').includes('text/plain')) return sendBody(call, source, 'text/plain');
			sendJson(call, { content: source, dag_id: dagId, version_number: number, dag_display_name: dagId });
		}),
		route('PUT', '/api/v2/parseDagFile/:token', call => {
			const dags = [...world.airflow.dags.values()].filter(dag => fileTokenOf(dag) === call.param('token'));
			if (dags.length === 0) throw notFound('File not found');
			// The DAG processor finds the request in the database.
			after(world, 2 * SECOND, () => {
				if (partAnswers(world, 'parser')) for (const dag of dags) dag.lastParsedAt = world.time;
			});
			sendJson(call, null, 201);
		}),
	];
}

function list(world: World, call: Call): void {
	const pattern = call.query.get('dag_id_pattern')?.toLowerCase();
	const paused = call.query.get('paused');
	const chosen = [...world.airflow.dags.values()].filter(
		({ definition, isPaused }) =>
			(pattern === undefined || definition.dagId.toLowerCase().includes(pattern)) &&
			(paused === null || (paused === 'true') === isPaused),
	);
	const sorted = sortBy(chosen, call.query.get('order_by') ?? 'dag_id', {
		dag_id: ({ definition }) => definition.dagId,
	});
	sendJson(call, { dags: paged(call, sorted).map(dagJson), total_entries: chosen.length });
}
