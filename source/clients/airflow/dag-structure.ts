import * as z from 'zod/mini';
import type { DagTask } from '../../model/airflow/pipeline.ts';
import { failureOf } from '../../model/failures/failure.ts';
import type { Failure } from '../../model/source.ts';
import { optionalId, optionalText, outsideId, outsideJson } from '../../model/text/outside-text.ts';

/**
 * What Airflow's REST APIs do not say of a DAG: its task groups, which tasks are setups, and which are in a mapped group.
 * Its web pages ask for it, Airflow 2 with `/object/grid_data` (airflow/www/views.py 2.8.0, `dag_to_grid`), Airflow 3 with
 * `/ui/structure/structure_data` (airflow/api_fastapi/core_api/services/ui/task_group.py 3.3.2, `task_group_to_dict`).
 * These responses are no part of the stable API: whatever is missing from them stays unknown.
 */
export type DagStructure = ReadonlyMap<string, Placed>;

/** A task in its groups. */
type Placed = {
	readonly groupIds: string[];
	readonly isMapped: boolean;
	readonly role?: 'setup' | 'teardown';
};

/** Groups within groups, at most. */
const deepest = 30;

/** The root group of Airflow 2, whose id is null. */
export const gridDataAnswer = z.pipe(
	z.object({ groups: outsideJson }),
	z.transform((answer): DagStructure => structureOf([answer.groups])),
);

/** The nodes of Airflow 3; beside tasks and groups there are joins, which no task is named as. */
export const structureDataAnswer = z.pipe(
	z.object({ nodes: outsideJson }),
	z.transform((answer): DagStructure => structureOf(answer.nodes)),
);

const list = z.array(outsideJson);
const group = z.object({
	id: optionalId,
	children: list,
	isMapped: z.nullish(z.boolean()),
	is_mapped: z.nullish(z.boolean()),
});
const leaf = z.object({
	id: outsideId,
	is_mapped: z.nullish(z.boolean()),
	setupTeardownType: optionalText,
	setup_teardown_type: optionalText,
});

function structureOf(nodes: unknown): DagStructure {
	const placed = new Map<string, Placed>();
	const place = (some: unknown, groupIds: readonly string[], isMapped: boolean) => {
		const children = list.safeParse(some);
		if (!children.success || groupIds.length > deepest) return;
		for (const child of children.data) {
			const inside = group.safeParse(child);
			if (inside.success) {
				const { id, children: those, isMapped: one, is_mapped: other } = inside.data;
				place(those, id === null ? groupIds : [...groupIds, id], isMapped || (one ?? other ?? false));
				continue;
			}
			const task = leaf.safeParse(child);
			if (!task.success) continue;
			const role = task.data.setupTeardownType ?? task.data.setup_teardown_type;
			placed.set(task.data.id, {
				groupIds: [...groupIds],
				isMapped: isMapped || (task.data.is_mapped ?? false),
				...(role === 'setup' || role === 'teardown' ? { role } : {}),
			});
		}
	};
	place(nodes, [], false);
	return placed;
}

/** The tasks with what the structure says of them; one that it does not have keeps its groups unknown. */
export function placedTasks(tasks: readonly DagTask[], structure: DagStructure): DagTask[] {
	return tasks.map(task => {
		const { groupIds, isMapped, role } = structure.get(task.taskId) ?? {};
		if (groupIds === undefined) return task;
		return { ...task, groupIds, ...(isMapped ? { isMapped } : {}), ...(role ? { role } : {}) };
	});
}

/**
 * Asks for the structure of a DAG again when its tasks have changed only. A server that refuses, as where a proxy lets
 * only the REST API through, is not asked again until then.
 */
export class StructureReader {
	/** By DAG. The same response about its tasks is the same list, see `AnswerReader`. */
	readonly #known = new Map<string, { readonly tasks: DagTask[]; readonly placed: DagTask[] }>();
	readonly #ask: (dagId: string, signal: AbortSignal | undefined) => Promise<DagStructure>;

	constructor(ask: (dagId: string, signal: AbortSignal | undefined) => Promise<DagStructure>) {
		this.#ask = ask;
	}

	/** The tasks of a DAG in their groups, unknown ones as they are. Throws only when it is aborted. */
	async placed(dagId: string, tasks: DagTask[], signal: AbortSignal | undefined): Promise<DagTask[]> {
		if (tasks.length === 0) return tasks;
		const known = this.#known.get(dagId);
		if (known?.tasks === tasks) return known.placed;
		try {
			const placed = placedTasks(tasks, await this.#ask(dagId, signal));
			this.#known.set(dagId, { tasks, placed });
			return placed;
		} catch (error) {
			if (signal?.aborted) throw error;
			if (isRefused(failureOf(error))) this.#known.set(dagId, { tasks, placed: tasks });
			return tasks;
		}
	}
}

/** It would answer the same again: no such page, no permission, a login page, another program. */
function isRefused({ kind, httpStatus }: Failure): boolean {
	return kind === 'protocol' || (httpStatus !== undefined && httpStatus < 500);
}
