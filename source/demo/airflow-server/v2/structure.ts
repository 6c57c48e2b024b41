import { type Route, route } from '../../server/routes.ts';
import type { World } from '../../world/world.ts';
import { labelOf, roleOf, type StructureNode, structureOf } from '../structure.ts';
import { notFound } from './parameters.ts';
import { sendJson } from './reply.ts';

/** What the graph page asks for: airflow/api_fastapi/core_api/routes/ui/structure.py. */
export function structureRoutes(world: World): Route<void>[] {
	return [
		route('GET', '/ui/structure/structure_data', call => {
			const dagId = call.query.get('dag_id') ?? '';
			const dag = world.airflow.dags.get(dagId);
			if (dag === undefined) throw notFound(`Dag with id ${dagId} was not found`);
			const { tasks } = dag.definition;
			const edges = tasks.flatMap(({ taskId, downstream }) =>
				downstream.map(id => ({
					...{ source_id: taskId, target_id: id, is_setup_teardown: null, label: null, is_source_asset: null },
				})),
			);
			sendJson(call, { edges, nodes: structureOf(dag.definition).children.map(nodeJson) });
		}),
	];
}

function nodeJson(node: StructureNode): object {
	const isTask = 'task' in node;
	const id = isTask ? node.task.taskId : (node.group ?? '');
	return {
		...{ id, label: labelOf(id), type: 'task', team: null },
		children: isTask ? null : node.children.map(nodeJson),
		is_mapped: isTask ? (node.task.mapped !== undefined ? true : null) : false,
		tooltip: isTask ? null : '',
		setup_teardown_type: isTask ? (roleOf(node.task) ?? null) : null,
		operator: isTask ? node.task.operator : null,
		asset_condition_type: null,
	};
}
