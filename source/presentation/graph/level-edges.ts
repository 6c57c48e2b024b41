import type { DagShape, ShapeNode } from '../../selectors/graph-grid-gantt/dag-shape.ts';

/** The edges within one group, or on the outermost level (null), between its tasks and groups. */
export type EdgesAt = {
	readonly between: readonly { readonly key: string; readonly from: string; readonly to: string }[];
	/** From the group's frame to these, and from these to the frame. */
	readonly entries: readonly { readonly key: string; readonly to: string }[];
	readonly exits: readonly { readonly key: string; readonly from: string }[];
};

export type LevelEdges = {
	readonly at: (group: string | null) => EdgesAt;
	/** The keys of the parts of an edge between two tasks, in the order of its way. */
	readonly wiresOf: (from: string, to: string) => readonly string[];
	/** What stands for a task: the outermost folded group around it, or itself. */
	readonly boxOf: (taskId: string) => string;
};

/**
 * Cuts the edges between tasks at the frames of groups: from the task to the frames around it, between what stands beside
 * each other on one level, and from the frames to the other task.
 */
export function levelEdges({ nodes, edges }: DagShape, folded: ReadonlySet<string>): LevelEdges {
	const known = new Map(nodes.map(node => [node.id, node]));
	const chains = new Map<string, readonly string[]>();
	/** From the outermost group to the box itself. */
	const chainOf = (id: string): readonly string[] => {
		const found = chains.get(id);
		if (found) return found;
		const chain: string[] = [];
		for (let node: ShapeNode | undefined = known.get(id); node; node = known.get(node.parent ?? ''))
			chain.unshift(node.id);
		const end = chain.findIndex(one => folded.has(one));
		const shown = end === -1 ? chain : chain.slice(0, end + 1);
		chains.set(id, shown);
		return shown;
	};
	type Edges = {
		between: Map<string, { key: string; from: string; to: string }>;
		entries: Map<string, { key: string; to: string }>;
		exits: Map<string, { key: string; from: string }>;
	};
	const levels = new Map<string | null, Edges>();
	const at = (group: string | null): Edges => {
		const edgesThere = levels.get(group) ?? { between: new Map(), entries: new Map(), exits: new Map() };
		levels.set(group, edgesThere);
		return edgesThere;
	};
	const wires = new Map<string, readonly string[]>();
	for (const [from, to] of edges) {
		const [before, after] = [chainOf(from), chainOf(to)];
		const split = before.findIndex((id, index) => id !== after[index]);
		const [one, other] = [before[split], after[split]];
		// Both are in one folded group.
		if (one === undefined || other === undefined) continue;
		const keys: string[] = [];
		const put = <Edge>(edges: Map<string, Edge & { key: string }>, key: string, edge: Edge) => {
			edges.set(key, { ...edge, key });
			keys.push(key);
		};
		for (const [index, id] of [...before.entries()].toReversed())
			if (index > split) put(at(before[index - 1] ?? null).exits, `${id} >`, { from: id });
		put(at(before[split - 1] ?? null).between, `${one} > ${other}`, { from: one, to: other });
		for (const [index, id] of after.entries())
			if (index > split) put(at(after[index - 1] ?? null).entries, `> ${id}`, { to: id });
		wires.set(`${from} > ${to}`, keys);
	}
	return {
		at: group => {
			const { between, entries, exits } = at(group);
			return { between: [...between.values()], entries: [...entries.values()], exits: [...exits.values()] };
		},
		wiresOf: (from, to) => wires.get(`${from} > ${to}`) ?? [],
		boxOf: taskId => chainOf(taskId).at(-1) ?? taskId,
	};
}
