/** An edge between nodes, by their index. */
export type IndexEdge = { readonly from: number; readonly to: number };

/**
 * The rank of each node: after all ranks of the nodes before it (longest path), and a node that nothing precedes just
 * before what follows it. An edge that closes a circle, as between two groups that depend on each other's tasks, is
 * turned round.
 * @returns ranks from 0, and the edges, each leading to a higher rank
 */
export function ranked(
	count: number,
	edges: readonly IndexEdge[],
): { readonly ranks: readonly number[]; readonly edges: readonly (IndexEdge & { readonly isReversed: boolean })[] } {
	const acyclic = withoutCircles(count, edges);
	const next: number[][] = Array.from({ length: count }, () => []);
	const waitsFor = Array.from({ length: count }, () => 0);
	for (const { from, to } of acyclic) {
		next[from]?.push(to);
		waitsFor[to] = (waitsFor[to] ?? 0) + 1;
	}
	const isSource = waitsFor.map(number => number === 0);
	const ranks = Array.from({ length: count }, () => 0);
	const ready = isSource.flatMap((is, index) => (is ? [index] : []));
	for (const node of ready) {
		for (const to of next[node] ?? []) {
			ranks[to] = Math.max(ranks[to] ?? 0, (ranks[node] ?? 0) + 1);
			waitsFor[to] = (waitsFor[to] ?? 1) - 1;
			if (waitsFor[to] === 0) ready.push(to);
		}
	}
	for (const [node, is] of isSource.entries()) {
		const followers = next[node] ?? [];
		if (is && followers.length > 0) ranks[node] = Math.min(...followers.map(to => ranks[to] ?? 1)) - 1;
	}
	return { ranks, edges: acyclic };
}

/** Depth-first: an edge back to a node on the way is turned round. */
function withoutCircles(count: number, edges: readonly IndexEdge[]) {
	const outgoing: number[][] = Array.from({ length: count }, () => []);
	for (const [index, { from }] of edges.entries()) outgoing[from]?.push(index);
	const isReversed = new Set<number>();
	const state = new Uint8Array(count);
	for (let root = 0; root < count; root++) {
		if (state[root] !== 0) continue;
		// A stack of its own: a chain of tasks may be longer than the call stack.
		const way = [{ node: root, edge: 0 }];
		state[root] = 1;
		for (let top = way.at(-1); top !== undefined; top = way.at(-1)) {
			const index = outgoing[top.node]?.[top.edge++];
			if (index === undefined) {
				state[top.node] = 2;
				way.pop();
				continue;
			}
			const to = edges[index]?.to ?? 0;
			if (state[to] === 1) isReversed.add(index);
			else if (state[to] === 0) {
				state[to] = 1;
				way.push({ node: to, edge: 0 });
			}
		}
	}
	return edges.map(({ from, to }, index) =>
		isReversed.has(index) ? { from: to, to: from, isReversed: true } : { from, to, isReversed: false },
	);
}
