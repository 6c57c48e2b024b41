import type { Call } from '../server/routes.ts';
import type { DagDefinition, TaskDefinition } from '../world/airflow/airflow-state.ts';
import type { World } from '../world/world.ts';
import { sendText } from './reply.ts';

/** A task group of a DAG with what is in it, or a task. */
export type StructureNode =
	| { readonly group: string | null; readonly children: StructureNode[] }
	| { readonly task: TaskDefinition };

/** The tasks of a DAG in their groups; the outermost has no id. */
export function structureOf({ tasks }: DagDefinition): StructureNode & { readonly children: StructureNode[] } {
	const root: { group: null; children: StructureNode[] } = { group: null, children: [] };
	const groups = new Map<string, StructureNode[]>();
	for (const task of tasks) {
		let inside: StructureNode[] = root.children;
		for (const group of groupsOf(task)) {
			const known = groups.get(group) ?? [];
			if (!groups.has(group)) {
				groups.set(group, known);
				inside.push({ group, children: known });
			}
			inside = known;
		}
		inside.push({ task });
	}
	return root;
}

/** A group prefixes the ids of its tasks, unless it is told not to. */
function groupsOf({ taskId, groups }: TaskDefinition): readonly string[] {
	const parts = taskId.split('.');
	return groups ?? parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('.'));
}

export const labelOf = (id: string): string => id.split('.').at(-1) ?? id;

export const roleOf = ({ setup, triggerRule }: TaskDefinition): 'setup' | 'teardown' | undefined =>
	setup ? 'setup' : triggerRule === 'all_done_setup_success' ? 'teardown' : undefined;

/** What the grid page of 2.8 asks for (airflow/www/views.py, `dag_to_grid`), of no runs: all that laketop asks for. */
export function sendGridData(world: World, call: Call): void {
	const dag = world.airflow.dags.get(call.query.get('dag_id') ?? '');
	if (dag === undefined) return sendText(call, JSON.stringify({ error: "can't find dag" }), 'application/json', 404);
	const node = (one: StructureNode): object => {
		if ('task' in one) {
			const role = roleOf(one.task);
			return {
				id: one.task.taskId,
				instances: [],
				label: labelOf(one.task.taskId),
				extra_links: [],
				is_mapped: one.task.mapped !== undefined,
				has_outlet_datasets: false,
				operator: one.task.operator,
				trigger_rule: one.task.triggerRule,
				...(role === undefined ? {} : { setupTeardownType: role }),
			};
		}
		return {
			id: one.group,
			label: one.group === null ? null : labelOf(one.group),
			children: one.children.map(node),
			tooltip: '',
			instances: [],
			isMapped: false,
		};
	};
	const data = { groups: node(structureOf(dag.definition)), dag_runs: [], ordering: ['data_interval_end'] };
	sendText(call, JSON.stringify(data), 'application/json; charset=utf-8');
}
