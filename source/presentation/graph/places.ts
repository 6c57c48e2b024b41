import type { Slots } from './slots.ts';
import type { Steps } from './steps.ts';

/** Cells of a slot across the direction of flow, and where its edges arrive and leave, counted from its start. */
export type Extent = { readonly size: number; readonly inAt: number; readonly outAt: number };

/** Sweeps down and up; more move nothing visibly. */
const sweeps = 6;
/** An edge that passes is to be straight before a box is in the middle of its neighbours. */
const passingWeight = 6;

/**
 * Where each slot starts across the direction of flow, in whole cells from 0: near the middle of its neighbours, in the
 * given order and without overlapping.
 * @param gap cells between two neighbouring slots
 */
export function* placed(
	{ slots }: Pick<Slots, 'slots'>,
	order: readonly (readonly number[])[],
	extents: readonly Extent[],
	gap: (one: number, next: number) => number,
): Steps<number[]> {
	const starts = Array.from({ length: slots.length }, () => 0);
	const offsets = order.map(rank => {
		let offset = 0;
		return rank.map((slot, index) => {
			const next = rank[index + 1];
			const here = offset;
			offset += (extents[slot]?.size ?? 1) + (next === undefined ? 0 : gap(slot, next));
			return here;
		});
	});
	for (const [index, rank] of order.entries())
		for (const [at, slot] of rank.entries()) starts[slot] = offsets[index]?.[at] ?? 0;
	const wantedBy = (slot: number, isDown: boolean): number | null => {
		const { before = [], after = [] } = slots[slot] ?? {};
		const { inAt = 0, outAt = 0 } = extents[slot] ?? {};
		const neighbours = isDown ? before : after;
		const rowOf = (other: number) =>
			(starts[other] ?? 0) + ((isDown ? extents[other]?.outAt : extents[other]?.inAt) ?? 0) - (isDown ? inAt : outAt);
		// Most slots are those of an edge that passes.
		if (neighbours.length < 2) return neighbours[0] === undefined ? null : rowOf(neighbours[0]);
		return median(neighbours.map(rowOf));
	};
	const indexes = order.map((_, index) => index);
	const sweep = (isDown: boolean, isLast: boolean) => {
		for (const index of isDown ? indexes : indexes.toReversed()) {
			const rank = order[index] ?? [];
			const wanted = rank.map(slot => {
				const near = wantedBy(slot, isDown);
				const now = starts[slot] ?? 0;
				// At last only steps of a cell are taken away, so that nothing moves back to where it came from.
				return near === null || (isLast && Math.abs(near - now) > 1) ? now : near;
			});
			const weights = rank.map(slot => (slots[slot]?.node === null ? passingWeight : 1));
			const places = inOrder(wanted, offsets[index] ?? [], weights);
			for (const [at, slot] of rank.entries()) {
				const place = places[at] ?? 0;
				const offset = offsets[index]?.[at] ?? 0;
				// Rounded without the offset, which is whole: slots then stay apart.
				starts[slot] = isLast ? Math.round(place - offset) + offset : place;
			}
		}
	};
	for (let number = 0; number < sweeps; number++) {
		sweep(number % 2 === 0, false);
		yield;
	}
	sweep(true, true);
	const least = starts.reduce((low, start) => Math.min(low, start), starts[0] ?? 0);
	return starts.map(start => start - least);
}

function median(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	const middle = sorted.length / 2;
	return ((sorted[Math.ceil(middle - 1)] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}

/**
 * The places nearest to the wanted ones that keep the order and the distances (isotonic regression by pooling
 * neighbours that violate it).
 * @param offsets distance of each from the first when they are as close as they may be
 */
function inOrder(wanted: readonly number[], offsets: readonly number[], weights: readonly number[]): number[] {
	const pools: { sum: number; weight: number; count: number }[] = [];
	for (const [index, place] of wanted.entries()) {
		const weight = weights[index] ?? 1;
		let pool = { sum: (place - (offsets[index] ?? 0)) * weight, weight, count: 1 };
		for (let last = pools.at(-1); last && last.sum / last.weight > pool.sum / pool.weight; last = pools.at(-1)) {
			pool = { sum: last.sum + pool.sum, weight: last.weight + pool.weight, count: last.count + pool.count };
			pools.pop();
		}
		pools.push(pool);
	}
	const bases = pools.flatMap(({ sum, weight, count }) => Array.from({ length: count }, () => sum / weight));
	return bases.map((base, index) => base + (offsets[index] ?? 0));
}
