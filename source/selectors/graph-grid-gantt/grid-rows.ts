import { memoised } from '../memo.ts';
import type { DagShape, ShapeNode } from './dag-shape.ts';

/** A row of the grid: a task, or a task group. */
export type GridRow = {
	/** That of its node. */
	readonly id: string;
	/** Without the names of the groups that it is in. */
	readonly name: string;
	/** Number of groups that it is in. */
	readonly depth: number;
	/** The task; of a group all its tasks. */
	readonly taskIds: readonly string[];
	/** Whether the tasks of the group are shown; null for a task. */
	readonly isOpen: boolean | null;
};

/**
 * The tasks of a DAG in order, those of a group together at the first of them.
 * @param folded ids of groups whose tasks are not shown
 */
export const gridRowsOf = memoised(
	(shape: DagShape, folded: readonly string[]): readonly GridRow[] => rowsOf(shape, new Set(folded)),
	4,
);

function rowsOf({ nodes }: DagShape, folded: ReadonlySet<string>): GridRow[] {
	const groups = new Map(nodes.flatMap(node => (node.isGroup ? [[node.id, node] as const] : [])));
	const inside = new Map<string | null, Set<ShapeNode>>();
	/** The tasks of each group, also those of groups in it. */
	const members = new Map<string, string[]>();
	for (const task of nodes) {
		if (task.isGroup) continue;
		for (let node: ShapeNode | undefined = task; node; node = groups.get(node.parent ?? '')) {
			inside.set(node.parent, (inside.get(node.parent) ?? new Set()).add(node));
			if (node.isGroup) members.set(node.id, [...(members.get(node.id) ?? []), task.id]);
		}
	}
	const below = (parent: string | null, depth: number): GridRow[] =>
		[...(inside.get(parent) ?? [])].flatMap(({ id, label, isGroup }) => {
			if (!isGroup) return [{ id, name: label, depth, taskIds: [id], isOpen: null }];
			const isOpen = !folded.has(id);
			const row = { id, name: label, depth, taskIds: members.get(id) ?? [], isOpen };
			return [row, ...(isOpen ? below(id, depth + 1) : [])];
		});
	return below(null, 0);
}
