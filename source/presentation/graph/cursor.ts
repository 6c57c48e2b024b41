import type { DagShape } from '../../selectors/graph-grid-gantt/dag-shape.ts';
import type { Part } from './draw.ts';
import type { GraphLayout, PlacedNode } from './layout.ts';
import type { Room } from './sizes.ts';

export type Step = 'left' | 'right' | 'up' | 'down';

/** Across the direction of flow, a cell counts as many along it: the next box is one of the same rank, if there is one. */
const aside = 4;

/**
 * The box that an arrow key leads to: along the direction of flow one that an edge leads to, the nearest one; across it
 * the nearest box. The same box where there is none.
 */
export function nextBox(shape: DagShape, graph: GraphLayout, from: string, step: Step): string {
	const boxes = new Map(graph.boxes.map(box => [box.node.id, box]));
	const here = boxes.get(from);
	if (!here) return graph.boxes[0]?.node.id ?? from;
	const isAlong = graph.direction === 'right' ? step === 'left' || step === 'right' : step === 'up' || step === 'down';
	const isForward = step === 'right' || step === 'down';
	const candidates = isAlong
		? neighbours(shape, graph, from, isForward).flatMap(id => boxes.get(id) ?? [])
		: graph.boxes.filter(box => isBeyond(here, box, step));
	const [nearest] = candidates.toSorted(
		(a, b) => distance(here, a, graph, isAlong) - distance(here, b, graph, isAlong),
	);
	return nearest?.node.id ?? from;
}

function neighbours({ edges }: DagShape, { boxOf }: GraphLayout, of: string, isForward: boolean): string[] {
	const found = edges.flatMap(([from, to]) => {
		const [one, other] = isForward ? [boxOf(from), boxOf(to)] : [boxOf(to), boxOf(from)];
		return one === of && other !== of ? [other] : [];
	});
	return [...new Set(found)];
}

function isBeyond(here: PlacedNode, other: PlacedNode, step: Step): boolean {
	if (step === 'left') return other.x + other.width <= here.x;
	if (step === 'right') return other.x >= here.x + here.width;
	return step === 'up' ? other.y + other.height <= here.y : other.y >= here.y + here.height;
}

function distance(one: PlacedNode, other: PlacedNode, { direction }: GraphLayout, isAlong: boolean): number {
	const across = Math.abs(middleX(one) - middleX(other));
	const down = Math.abs(middleY(one) - middleY(other));
	const [flow, beside] = direction === 'right' ? [across, down] : [down, across];
	return isAlong ? beside * aside + flow : flow * aside + beside;
}

const middleX = ({ x, width }: PlacedNode) => x + width / 2;
const middleY = ({ y, height }: PlacedNode) => y + height / 2;

/** The part of a graph around a box, as much as there is room for; the whole graph where it fits. */
export function partAround({ boxes, width, height }: GraphLayout, boxId: string | null, room: Room): Part {
	const box = boxes.find(({ node }) => node.id === boxId);
	const start = (middle: number, size: number, all: number) =>
		Math.max(0, Math.min(all - size, Math.round(middle - size / 2)));
	return {
		x: box ? start(middleX(box), room.width, width) : 0,
		y: box ? start(middleY(box), room.height, height) : 0,
		width: Math.min(room.width, width),
		height: Math.min(room.height, height),
	};
}
