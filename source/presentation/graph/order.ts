import type { Slots } from './slots.ts';
import type { Steps } from './steps.ts';

/** Sweeps through the ranks at most, and those without an improvement; fewer where each of them takes long. */
const mostSweeps = 16;
const patience = 4;
const manySlots = 1500;
const fewSweeps = 6;

/**
 * The order of the slots in each rank, with few crossings: each rank is sorted by the mean position of the neighbours in
 * the rank before it, then of those in the rank after it, and so on (the barycentre heuristic of Sugiyama).
 */
export function* ordered({ slots, ranks }: Pick<Slots, 'slots' | 'ranks'>): Steps<number[][]> {
	let order = firstOrder(slots, ranks);
	let best = order;
	let fewest = crossings(order, slots);
	const most = slots.length > manySlots ? fewSweeps : mostSweeps;
	for (let sweep = 0, since = 0; sweep < most && since < patience && fewest > 0; sweep++, since++) {
		yield;
		order = swept(order, slots, sweep % 2 === 0);
		const number = crossings(order, slots);
		if (number < fewest) [best, fewest, since] = [order, number, 0];
	}
	return best;
}

/** Depth-first from the first rank, so that what belongs together starts together. */
function firstOrder(slots: Slots['slots'], ranks: Slots['ranks']): number[][] {
	const order: number[][] = ranks.map(() => []);
	const seen = new Uint8Array(slots.length);
	for (const root of ranks.flat()) {
		const open = [root];
		for (let slot = open.pop(); slot !== undefined; slot = open.pop()) {
			if (seen[slot] === 1) continue;
			seen[slot] = 1;
			const { rank = 0, after = [] } = slots[slot] ?? {};
			order[rank]?.push(slot);
			open.push(...after.toReversed());
		}
	}
	return order;
}

function swept(order: readonly number[][], slots: Slots['slots'], isDown: boolean): number[][] {
	const position = positions(order, slots.length);
	const wanted = new Float64Array(slots.length);
	const swept = order.map(rank => [...rank]);
	const indexes = swept.map((_, index) => index);
	for (const index of isDown ? indexes : indexes.toReversed()) {
		const rank = swept[index] ?? [];
		for (const slot of rank) {
			const { before = [], after = [] } = slots[slot] ?? {};
			const neighbours = isDown ? before : after;
			let sum = 0;
			for (const other of neighbours) sum += position[other] ?? 0;
			wanted[slot] = neighbours.length === 0 ? (position[slot] ?? 0) : sum / neighbours.length;
		}
		rank.sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
		for (const [at, slot] of rank.entries()) position[slot] = at;
	}
	return swept;
}

function positions(order: readonly (readonly number[])[], count: number): Float64Array {
	const position = new Float64Array(count);
	for (const rank of order) for (const [at, slot] of rank.entries()) position[slot] = at;
	return position;
}

/** Crossings of the edges between neighbouring ranks, counted with a tree of sums (Barth, Jünger, Mutzel 2002). */
function crossings(order: readonly number[][], slots: Slots['slots']): number {
	const position = positions(order, slots.length);
	const tree = new Int32Array(order.reduce((most, { length }) => Math.max(most, length), 0) + 1);
	let count = 0;
	for (const [index, rank] of order.entries()) {
		const size = order[index + 1]?.length ?? 0;
		if (size < 2) continue;
		tree.fill(0);
		let added = 0;
		const between = (end: number) => {
			let atMost = 0;
			for (let node = end + 1; node > 0; node -= node & -node) atMost += tree[node] ?? 0;
			count += added - atMost;
		};
		const add = (end: number) => {
			for (let node = end + 1; node <= size; node += node & -node) tree[node] = (tree[node] ?? 0) + 1;
		};
		for (const slot of rank) {
			// Edges that leave one slot do not cross each other.
			const after = slots[slot]?.after ?? [];
			for (const to of after) between(position[to] ?? 0);
			for (const to of after) add(position[to] ?? 0);
			added += after.length;
		}
	}
	return count;
}
