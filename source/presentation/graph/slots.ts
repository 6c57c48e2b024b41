import type { IndexEdge } from './ranks.ts';

/** A place in a rank: that of a node, or of an edge that passes the rank. */
export type Slot = {
	/** Index of the node; null: an edge passes here. */
	readonly node: number | null;
	readonly rank: number;
	/** Slots of the rank before, and of the one after. */
	readonly before: number[];
	readonly after: number[];
};

export type Slots = {
	readonly slots: readonly Slot[];
	/** Slots of each rank, in no order yet. */
	readonly ranks: readonly number[][];
	/** The slots that each edge goes through, from rank to rank. */
	readonly ways: readonly (readonly number[])[];
};

/**
 * Gives each node a slot, and each edge one in every rank that it passes. Edges that leave one node, or that arrive at
 * one, share these slots, whichever are more, so that they are drawn as one line that branches.
 */
export function slotsOf(ranks: readonly number[], edges: readonly IndexEdge[]): Slots {
	const slots: Slot[] = ranks.map((rank, node) => ({ node, rank, before: [], after: [] }));
	const byRank: number[][] = Array.from({ length: Math.max(0, ...ranks) + 1 }, () => []);
	for (const [node, rank] of ranks.entries()) byRank[rank]?.push(node);
	const isLong = ({ from, to }: IndexEdge) => (ranks[to] ?? 0) - (ranks[from] ?? 0) > 1;
	const leaving = new Map<number, number>();
	const arriving = new Map<number, number>();
	for (const { from, to } of edges.filter(isLong)) {
		leaving.set(from, (leaving.get(from) ?? 0) + 1);
		arriving.set(to, (arriving.get(to) ?? 0) + 1);
	}
	const shared = new Map<string, number>();
	const passing = (key: string, rank: number): number => {
		const found = shared.get(`${key} ${rank}`);
		if (found !== undefined) return found;
		const slot = slots.push({ node: null, rank, before: [], after: [] }) - 1;
		byRank[rank]?.push(slot);
		shared.set(`${key} ${rank}`, slot);
		return slot;
	};
	const links = new Set<string>();
	const ways = edges.map(({ from, to }) => {
		const isOfSource = (leaving.get(from) ?? 0) >= (arriving.get(to) ?? 0);
		const key = isOfSource ? `from ${from}` : `to ${to}`;
		const way = [from];
		for (let rank = (ranks[from] ?? 0) + 1; rank < (ranks[to] ?? 0); rank++) way.push(passing(key, rank));
		way.push(to);
		for (const [index, slot] of way.slice(1).entries()) {
			const previous = way[index] ?? from;
			if (links.has(`${previous} ${slot}`)) continue;
			links.add(`${previous} ${slot}`);
			slots[previous]?.after.push(slot);
			slots[slot]?.before.push(previous);
		}
		return way;
	});
	return { slots, ranks: byRank, ways };
}
