import fc from 'fast-check';
import { expect, test } from 'vitest';
import { segments } from '../../../source/presentation/graph/ink.ts';
import type { GraphLayout, PlacedNode } from '../../../source/presentation/graph/layout.ts';
import { runs } from '../../random.ts';
import { anyDag, type Edges, graphOf, shapeWith } from './graphs.ts';

type Point = readonly [x: number, y: number];

/** Every cell of a wire, in the order of its way. */
function cellsOf(graph: GraphLayout, key: string): Point[] {
	const wire = graph.wires.get(key);
	if (!wire) throw new Error(`no wire ${key}`);
	const cells: Point[] = [];
	for (const [x1, y1, x2, y2] of segments(wire)) {
		expect(x1 === x2 || y1 === y2, `${key} is drawn along rows and columns`).toBe(true);
		const length = Math.abs(x2 - x1) + Math.abs(y2 - y1);
		for (let step = 0; step <= length; step++)
			cells.push([x1 + Math.sign(x2 - x1) * step, y1 + Math.sign(y2 - y1) * step]);
	}
	return cells;
}

const isInside = ({ x, y, width, height }: PlacedNode, [cellX, cellY]: Point) =>
	cellX >= x && cellX < x + width && cellY >= y && cellY < y + height;
const overlap = (one: PlacedNode, other: PlacedNode) =>
	one.x < other.x + other.width &&
	other.x < one.x + one.width &&
	one.y < other.y + other.height &&
	other.y < one.y + one.height;
const contains = (outer: PlacedNode, inner: PlacedNode) =>
	outer.x < inner.x &&
	outer.y < inner.y &&
	outer.x + outer.width > inner.x + inner.width &&
	outer.y + outer.height > inner.y + inner.height;

/** What must hold for every picture. */
function check(edges: Edges, width: number, height: number, folded: readonly string[]): void {
	const { graph } = graphOf(edges, { width, height, folded });
	// Each task is there once: as its own box, or in one folded group.
	const boxes = new Map(graph.boxes.map(box => [box.node.id, box]));
	expect(boxes.size).toBe(graph.boxes.length);
	for (const id of Object.keys(edges)) expect(boxes.has(graph.boxOf(id)), id).toBe(true);
	for (const { node } of graph.boxes)
		expect(node.isGroup ? folded.includes(node.id) : graph.boxOf(node.id) === node.id, node.id).toBe(true);
	// No two overlap, but frames hold what is in them.
	for (const [index, one] of graph.boxes.entries()) {
		expect(one.x >= 0 && one.y >= 0 && one.x + one.width <= graph.width && one.y + one.height <= graph.height).toBe(
			true,
		);
		for (const other of graph.boxes.slice(index + 1))
			expect(overlap(one, other), `${one.node.id}, ${other.node.id}`).toBe(false);
		for (const frame of graph.frames) expect(overlap(frame, one)).toBe(contains(frame, one));
		const parents = graph.frames.filter(frame => contains(frame, one)).map(({ node }) => node.id);
		expect(one.node.parent === null ? parents.length === 0 : parents.includes(one.node.parent)).toBe(true);
	}
	for (const [index, one] of graph.frames.entries())
		for (const other of graph.frames.slice(index + 1))
			expect(overlap(one, other)).toBe(contains(one, other) || contains(other, one));
	// Lines cross no box, and each edge leads from its box to the other without a gap.
	for (const key of graph.wires.keys()) {
		const [start, ...others] = cellsOf(graph, key);
		for (const box of graph.boxes)
			for (const cell of others) {
				const isStart = start !== undefined && cell[0] === start[0] && cell[1] === start[1];
				expect(isInside(box, cell) && !isStart, `${key} at ${cell} in ${box.node.id}`).toBe(false);
			}
	}
	for (const [from, ids] of Object.entries(edges)) for (const to of ids) checkWay(graph, boxes, from, to);
}

function checkWay(graph: GraphLayout, boxes: ReadonlyMap<string, PlacedNode>, from: string, to: string): void {
	const [one, other] = [boxes.get(graph.boxOf(from)), boxes.get(graph.boxOf(to))];
	if (!one || !other || one === other) return;
	// A part that closes a circle of groups runs the other way.
	const parts = graph.wiresOf(from, to).map(key => cellsOf(graph, key));
	expect(parts.length).toBeGreaterThan(0);
	const ends = parts.map(cells => {
		const [first, last] = [cells[0], cells.at(-1)];
		if (!first || !last) throw new Error('an empty wire');
		return [first, last] as const;
	});
	const touches = (box: PlacedNode, [x, y]: Point) =>
		isInside({ ...box, x: box.x - 1, y: box.y - 1, width: box.width + 2, height: box.height + 2 }, [x, y]);
	expect(
		ends.flat().some(end => touches(one, end)),
		`${from} > ${to} starts`,
	).toBe(true);
	expect(
		ends.flat().some(end => touches(other, end)),
		`${from} > ${to} ends`,
	).toBe(true);
	for (const [index, part] of ends.entries()) {
		const next = ends[index + 1];
		if (next)
			expect(
				part.some(a => next.some(b => a[0] === b[0] && a[1] === b[1])),
				`${from} > ${to} is connected`,
			).toBe(true);
	}
}

test('any DAG: each task once, nothing overlaps, no line crosses a box, each edge leads from box to box', () => {
	fc.assert(
		fc.property(
			anyDag(),
			fc.integer({ min: 20, max: 200 }),
			fc.integer({ min: 4, max: 60 }),
			fc.boolean(),
			(edges, width, height, isFolded) => {
				const groups = shapeWith(edges)
					.nodes.filter(({ isGroup }) => isGroup)
					.map(({ id }) => id);
				check(edges, width, height, isFolded ? groups.filter((_, index) => index % 2 === 0) : []);
			},
		),
		{ numRuns: runs(60) },
	);
});

test('lines of different edges share cells only where they leave or arrive together, or cross', () => {
	fc.assert(
		fc.property(anyDag(16, ['']), edges => {
			const { graph } = graphOf(edges, { width: 400, height: 400 });
			const crossings = new Set(graph.crossings.map(String));
			const uses = new Map<string, { from: string; to: string; isAcross: boolean }[]>();
			for (const key of graph.wires.keys()) {
				const [from = '', to = ''] = key.split(' > ');
				const cells = cellsOf(graph, key);
				for (const [index, cell] of cells.entries()) {
					const next = cells[index + 1] ?? cells[index - 1] ?? cell;
					const those = uses.get(String(cell)) ?? [];
					those.push({ from: from, to: to, isAcross: next[0] === cell[0] });
					uses.set(String(cell), those);
				}
			}
			for (const [cell, those] of uses) {
				for (const one of those)
					for (const other of those) {
						if (one === other || one.from === other.from || one.to === other.to || crossings.has(cell)) continue;
						// Lines that neither begin nor end together meet only where a third edge has one end with each of them.
						const isJoined = those.some(
							third =>
								(third.from === one.from && third.to === other.to) ||
								(third.from === other.from && third.to === one.to),
						);
						expect(isJoined, `${one.from} > ${one.to} meets ${other.from} > ${other.to} at ${cell}`).toBe(true);
					}
			}
		}),
		{ numRuns: runs(60) },
	);
});
