import { textsOf } from '../server/json.ts';
import type { Call, Route } from '../server/routes.ts';
import { route } from '../server/routes.ts';
import type { Dag } from '../world/airflow/airflow-state.ts';
import type { World } from '../world/world.ts';
import { dagDetailsJson, dagJson, filelocOf, taskJson } from './dag-json.ts';
import { allowFields, allowQuery, booleanOf, jsonBody, PAGING, paged, sortBy } from './parameters.ts';
import { badRequest, Problem } from './problem.ts';
import { sendJson, sendText, wantsJson } from './reply.ts';
import { loads } from './signing.ts';
import { dagMore, detailsMore, taskMore } from './since-2-10.ts';

export function dagOf(world: World, dagId: string): Dag {
	const dag = world.airflow.dags.get(dagId);
	if (dag === undefined) throw new Problem(404, 'DAG not found', `The DAG with dag_id: ${dagId} was not found`);
	return dag;
}

const listedJson = ({ airflow }: World, dag: Dag) => ({ ...dagJson(dag), ...dagMore(airflow, dag) });

/** airflow/api_connexion/endpoints/{dag,task,dag_source}_endpoint.py */
export function dagRoutes(world: World): Route<void>[] {
	return [
		route('GET', '/api/v1/dags', call => list(world, call)),
		route('GET', '/api/v1/dags/:dagId', call => {
			allowQuery(call, 'fields');
			sendJson(call, listedJson(world, dagOf(world, call.param('dagId'))));
		}),
		route('GET', '/api/v1/dags/:dagId/details', call => {
			allowQuery(call, 'fields');
			const dag = dagOf(world, call.param('dagId'));
			sendJson(call, { ...dagDetailsJson(dag), ...detailsMore(world.airflow, dag) });
		}),
		route('PATCH', '/api/v1/dags/:dagId', call => patch(world, call)),
		route('GET', '/api/v1/dags/:dagId/tasks', call => {
			allowQuery(call, 'order_by');
			const dag = world.airflow.dags.get(call.param('dagId'));
			if (dag === undefined) throw new Problem(404, 'DAG not found');
			const tasks = dag.definition.tasks.map(task => ({ ...taskJson(dag, task), ...taskMore(world.airflow, task) }));
			sendJson(call, { tasks: tasks.sort((a, b) => (a.task_id < b.task_id ? -1 : 1)), total_entries: tasks.length });
		}),
		route('GET', '/api/v1/dags/:dagId/tasks/:taskId', call => {
			const dag = world.airflow.dags.get(call.param('dagId'));
			if (dag === undefined) throw new Problem(404, 'DAG not found');
			const task = dag.definition.tasks.find(({ taskId }) => taskId === call.param('taskId'));
			if (task === undefined) throw new Problem(404, 'Task not found');
			sendJson(call, { ...taskJson(dag, task), ...taskMore(world.airflow, task) });
		}),
		route('GET', '/api/v1/dagSources/:token', call => {
			const file = loads(call.param('token'));
			const dag = [...world.airflow.dags.values()].find(
				({ definition }) => JSON.stringify(filelocOf(definition)) === file,
			);
			if (dag === undefined) throw new Problem(404, 'Dag source not found');
			if (!wantsJson(call)) return sendText(call, dag.definition.source, 'text/plain');
			sendText(call, JSON.stringify({ content: dag.definition.source }), 'application/json');
		}),
	];
}

function list(world: World, call: Call): void {
	allowQuery(call, ...PAGING, 'order_by', 'tags', 'only_active', 'paused', 'dag_id_pattern', 'fields');
	const tags = call.query.getAll('tags').flatMap(text => text.split(','));
	const pattern = call.query.get('dag_id_pattern')?.toLowerCase();
	booleanOf(call, 'only_active', true);
	const paused = call.query.has('paused') ? booleanOf(call, 'paused', false) : undefined;
	const chosen = [...world.airflow.dags.values()].filter(
		({ definition, isPaused }) =>
			(tags.length === 0 || tags.some(tag => definition.tags.includes(tag))) &&
			(paused === undefined || paused === isPaused) &&
			(pattern === undefined || definition.dagId.toLowerCase().includes(pattern)),
	);
	const sorted = sortBy(chosen, call.query.get('order_by') ?? 'dag_id', {
		dag_id: ({ definition }) => definition.dagId,
	});
	sendJson(call, { dags: paged(call, sorted).map(dag => listedJson(world, dag)), total_entries: chosen.length });
}

function patch(world: World, call: Call): void {
	allowQuery(call, 'update_mask');
	const body = jsonBody(call);
	allowFields(body, 'is_paused', 'schedule_interval', 'tags');
	const mask = textsOf(call.query.getAll('update_mask').flatMap(text => text.split(','))) ?? [];
	if (mask.length > 0 && (mask.length > 1 || mask[0] !== 'is_paused')) {
		throw badRequest('Only `is_paused` field can be updated through the REST API');
	}
	const dagId = call.param('dagId');
	const dag = world.airflow.dags.get(dagId);
	if (dag === undefined) throw new Problem(404, `Dag with id: '${dagId}' not found`);
	if (typeof body.is_paused !== 'boolean') throw badRequest("{'is_paused': ['Not a valid boolean.']}");
	dag.isPaused = body.is_paused;
	sendJson(call, listedJson(world, dag));
}
