import { type Bends, type Channel, channel, type Link } from './channel.ts';
import { ordered } from './order.ts';
import { placed } from './places.ts';
import { type IndexEdge, ranked } from './ranks.ts';
import { slotsOf } from './slots.ts';
import type { Steps } from './steps.ts';

/** A box to place. Sizes in cells along the direction of flow and across it. */
export type LevelNode = {
	readonly along: number;
	readonly across: number;
	/** Where edges arrive and leave across the direction, from its start. */
	readonly inAt: number;
	readonly outAt: number;
	/** An arrow shows where an edge arrives; a line goes on into a frame. */
	readonly hasArrow: boolean;
};

/** Cells between what is drawn. */
export type Spacing = {
	/** Across the direction: between boxes, and beside a line. */
	readonly gap: number;
	readonly lineGap: number;
	/** Along the direction: of the channel without a track, and the place of each track in a channel that has some. */
	readonly straight: number;
	readonly trackAt: (track: number, tracks: number) => number;
	/** Cells after the last track. */
	readonly arrow: number;
	/** A free cell before the first track, for an arrow against the direction. */
	readonly back: number;
};

/** A cell: along the direction of flow, and across it. */
export type Cell = readonly [along: number, across: number];

export type Way = {
	/** From bend to bend: from the last cell of a box to the cell before the next. */
	readonly points: readonly Cell[];
	readonly arrow: { readonly at: Cell; readonly isBack: boolean } | null;
};

export type Level = {
	readonly along: number;
	readonly across: number;
	/** Of each node, its first cell. */
	readonly starts: readonly Cell[];
	/** Of each edge. */
	readonly ways: readonly Way[];
	readonly crossings: readonly Cell[];
};

/** Where edges enter and leave a level that is inside a frame. */
export type Ports = { readonly first: number | null; readonly last: number | null };

/**
 * Places nodes in ranks (Sugiyama's method) and leads the edges through the channels between the ranks. Pauses between
 * parts of the work.
 * @param ports nodes that have the first or the last rank for themselves
 * @param least cells across at least
 */
export function* level(
	nodes: readonly LevelNode[],
	edges: readonly IndexEdge[],
	spacing: Spacing,
	{ first, last }: Ports = { first: null, last: null },
): Steps<Level> {
	if (nodes.length === 0) return { along: 0, across: 0, starts: [], ways: [], crossings: [] };
	const { ranks, turned } = ranksWith(nodes.length, edges, { first, last });
	const { slots, ranks: byRank, ways } = slotsOf(ranks, turned);
	yield;
	const order = yield* ordered({ slots, ranks: byRank });
	const extents = slots.map(({ node }) => {
		const box = node === null ? undefined : nodes[node];
		return box ? { size: box.across, inAt: box.inAt, outAt: box.outAt } : { size: 1, inAt: 0, outAt: 0 };
	});
	const isBox = (slot: number) => slots[slot]?.node !== null && slots[slot]?.node !== undefined;
	const rows = yield* placed({ slots }, order, extents, (one, next) =>
		isBox(one) && isBox(next) ? spacing.gap : spacing.lineGap,
	);
	const inRow = (slot: number) => (rows[slot] ?? 0) + (extents[slot]?.inAt ?? 0);
	const outRow = (slot: number) => (rows[slot] ?? 0) + (extents[slot]?.outAt ?? 0);
	const isBackAt = new Set(turned.filter(({ isReversed }) => isReversed).map(({ from }) => ranks[from]));

	const rankStart: number[] = [];
	const channels: RoutedChannel[] = [];
	let along = 0;
	for (const [rank, members] of order.entries()) {
		rankStart.push(along);
		along += members.reduce((most, slot) => Math.max(most, nodes[slots[slot]?.node ?? -1]?.along ?? 1), 0);
		if (rank === order.length - 1) break;
		const links = new Map<string, Link & { readonly index: number }>();
		for (const slot of members)
			for (const next of slots[slot]?.after ?? [])
				links.set(`${slot} ${next}`, { from: outRow(slot), to: inRow(next), index: links.size });
		const routed = channel([...links.values()]);
		yield;
		const before = isBackAt.has(rank) ? spacing.back : 0;
		const start = along;
		const at = (track: number) => start + before + spacing.trackAt(track, routed.tracks);
		along = routed.tracks === 0 ? start + spacing.straight : at(routed.tracks - 1) + 1 + spacing.arrow;
		channels.push({ at, bends: (key: string) => routed.bends[links.get(key)?.index ?? -1] ?? [], routed });
	}

	const startOf = (node: number): Cell => [rankStart[ranks[node] ?? 0] ?? 0, rows[node] ?? 0];
	return {
		along,
		across: slots.reduce((most, _, slot) => Math.max(most, (rows[slot] ?? 0) + (extents[slot]?.size ?? 1)), 0),
		starts: nodes.map((_, node) => startOf(node)),
		ways: turned.map(({ from, to, isReversed }, index) => {
			const way = ways[index] ?? [];
			const [fromAlong] = startOf(from);
			const [toAlong] = startOf(to);
			const target = nodes[to];
			const end = toAlong - (target?.hasArrow ? 1 : 0);
			const points: Cell[] = [[fromAlong + (nodes[from]?.along ?? 1) - 1, outRow(from)]];
			for (const [step, slot] of way.slice(0, -1).entries()) {
				const through = channels[ranks[from] === undefined ? 0 : ranks[from] + step];
				for (const [track, row] of through?.bends(`${slot} ${way[step + 1]}`) ?? [])
					points.push([through?.at(track) ?? 0, row]);
			}
			points.push([end, inRow(to)]);
			return { points, arrow: arrowOf(isReversed, nodes[from], target, points) };
		}),
		crossings: channels.flatMap(({ at, routed }) => routed.crossings.map(([track, row]): Cell => [at(track), row])),
	};
}

function arrowOf(
	isReversed: boolean,
	from: LevelNode | undefined,
	to: LevelNode | undefined,
	points: readonly Cell[],
): Way['arrow'] {
	const [along = 0, across = 0] = points[0] ?? [];
	if (isReversed) return from?.hasArrow ? { at: [along + 1, across], isBack: true } : null;
	const last = points.at(-1);
	return to?.hasArrow && last ? { at: last, isBack: false } : null;
}

type RoutedChannel = {
	/** The cell of a track along the direction of flow. */
	readonly at: (track: number) => number;
	/** Of the link between two slots: `FROM TO`. */
	readonly bends: (link: string) => Bends;
	readonly routed: Channel;
};

/** Ranks with the ports at the ends: nothing stands beside them. */
function ranksWith(count: number, edges: readonly IndexEdge[], { first, last }: Ports) {
	const nodes = Array.from({ length: count }, (_, node) => node).filter(node => node !== first && node !== last);
	const inner = edges.filter(({ from, to }) => from !== first && to !== last);
	const { ranks, edges: acyclic } = ranked(count, inner);
	const shift = first === null ? 0 : 1;
	const highest = nodes.reduce((most, node) => Math.max(most, ranks[node] ?? 0), 0);
	const shifted = ranks.map((rank, node) => (node === first ? 0 : node === last ? highest + shift + 1 : rank + shift));
	let next = 0;
	const turned = edges.map(edge =>
		edge.from !== first && edge.to !== last
			? (acyclic[next++] ?? { ...edge, isReversed: false })
			: { ...edge, isReversed: false },
	);
	return { ranks: shifted, turned };
}
