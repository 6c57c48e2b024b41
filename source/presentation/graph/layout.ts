import type { DagShape, ShapeNode } from '../../selectors/graph-grid-gantt/dag-shape.ts';
import { type Cell, type LevelNode, level, type Spacing } from './level.ts';
import { type LevelEdges, levelEdges } from './level-edges.ts';
import type { Steps } from './steps.ts';

/** Left to right, or top down. */
export type Direction = 'right' | 'down';

export type Rectangle = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** A task, a folded group, or the frame around an unfolded group, in cells. */
export type PlacedNode = Rectangle & { readonly node: ShapeNode };

export type Wire = {
	/** From bend to bend, `[x, y]`; it begins on the edge of a box or frame, and ends before a box or on a frame. */
	readonly points: readonly (readonly [x: number, y: number])[];
	readonly arrow: { readonly x: number; readonly y: number; readonly to: 'right' | 'down' | 'left' | 'up' } | null;
};

export type GraphLayout = {
	readonly direction: Direction;
	readonly width: number;
	readonly height: number;
	/** In the order of execution. */
	readonly boxes: readonly PlacedNode[];
	/** Outer frames first. */
	readonly frames: readonly PlacedNode[];
	readonly wires: ReadonlyMap<string, Wire>;
	/** Where lines cross that have nothing to do with each other. */
	readonly crossings: readonly (readonly [x: number, y: number])[];
	/** The wires that an edge between two tasks is drawn with. */
	readonly wiresOf: (from: string, to: string) => readonly string[];
	/** The box of a task: of the outermost folded group around it, or its own. */
	readonly boxOf: (taskId: string) => string;
};

export type LayoutOptions = {
	readonly direction: Direction;
	/** Ids of the groups that are one box each. */
	readonly folded: ReadonlySet<string>;
	/** Cells of a box. */
	readonly size: (node: ShapeNode) => { readonly width: number; readonly height: number };
	/** Cells of the title of a frame. */
	readonly titleWidth: (node: ShapeNode) => number;
};

const spacings: Readonly<Record<Direction, Spacing>> = {
	// A cell is twice as high as wide: tracks beside each other need a column between them, as long as they are few.
	right: {
		gap: 0,
		lineGap: 0,
		straight: 2,
		trackAt: (track, tracks) => (tracks > 6 ? 1 + track : 1 + 2 * track),
		arrow: 1,
		back: 0,
	},
	down: { gap: 2, lineGap: 1, straight: 1, trackAt: track => track, arrow: 1, back: 1 },
};

/** What is drawn within a frame, or in all; in cells along the direction of flow and across it. */
type Block = {
	readonly along: number;
	readonly across: number;
	readonly inAt: number;
	readonly outAt: number;
	readonly boxes: readonly AbstractBox[];
	readonly frames: readonly AbstractBox[];
	readonly ways: readonly { readonly key: string; readonly points: readonly Cell[]; readonly arrow: Arrow }[];
	readonly crossings: readonly Cell[];
};
type AbstractBox = { readonly node: ShapeNode; readonly start: Cell; readonly along: number; readonly across: number };
type Arrow = { readonly at: Cell; readonly isBack: boolean } | null;

/**
 * Lays out a DAG: each group on its own, then as one box among those around it. Pauses between parts of the work, each
 * of which takes a few ms even with hundreds of tasks.
 */
export function* layout(shape: DagShape, options: LayoutOptions): Steps<GraphLayout> {
	const { direction } = options;
	const edges = levelEdges(shape, options.folded);
	const children = Map.groupBy(shape.nodes, ({ parent }) => parent);
	const block = yield* blockOf(null, children, edges, options);
	const isRight = direction === 'right';
	const point = ([along, across]: Cell) => (isRight ? ([along, across] as const) : ([across, along] as const));
	const placed = ({ node, start, along, across }: AbstractBox): PlacedNode => {
		const [x, y] = point(start);
		return { node, x, y, width: isRight ? along : across, height: isRight ? across : along };
	};
	const sequence = new Map(shape.nodes.map(({ id }, index) => [id, index]));
	const boxes = block.boxes.map(placed);
	boxes.sort((a, b) => (sequence.get(a.node.id) ?? 0) - (sequence.get(b.node.id) ?? 0));
	return {
		direction,
		width: isRight ? block.along : block.across,
		height: isRight ? block.across : block.along,
		boxes,
		frames: block.frames.map(placed),
		wires: new Map(
			block.ways.map(({ key, points, arrow }): [string, Wire] => {
				if (arrow === null) return [key, { points: points.map(point), arrow }];
				const [x, y] = point(arrow.at);
				const to = arrow.isBack ? (isRight ? 'left' : 'up') : direction;
				return [key, { points: points.map(point), arrow: { x, y, to } }];
			}),
		),
		crossings: block.crossings.map(point),
		wiresOf: edges.wiresOf,
		boxOf: edges.boxOf,
	};
}

type Inner = { readonly node: ShapeNode; readonly box: LevelNode; readonly block: Block | null };

function* blockOf(
	group: ShapeNode | null,
	children: ReadonlyMap<string | null, readonly ShapeNode[]>,
	edges: LevelEdges,
	options: LayoutOptions,
): Steps<Block> {
	const inner: Inner[] = [];
	for (const node of children.get(group?.id ?? null) ?? []) {
		if (node.isGroup && !options.folded.has(node.id)) {
			const block: Block = yield* blockOf(node, children, edges, options);
			inner.push({ node, block, box: { ...block, hasArrow: false } });
			continue;
		}
		const { width, height } = options.size(node);
		const [along, across] = options.direction === 'right' ? [width, height] : [height, width];
		const middle = Math.floor(across / 2);
		inner.push({ node, block: null, box: { along, across, inAt: middle, outAt: middle, hasArrow: true } });
	}
	const nodes: LevelNode[] = inner.map(({ box }) => box);
	const { between, entries, exits } = edges.at(group?.id ?? null);
	const indexOf = new Map(inner.map(({ node }, index) => [node.id, index]));
	const port = { along: 1, across: 1, inAt: 0, outAt: 0, hasArrow: false };
	const first = entries.length > 0 ? nodes.push(port) - 1 : null;
	const last = exits.length > 0 ? nodes.push(port) - 1 : null;
	const index = (id: string) => indexOf.get(id) ?? 0;
	const all = [
		...between.map(({ key, from, to }) => ({ key, from: index(from), to: index(to) })),
		...entries.map(({ key, to }) => ({ key, from: first ?? 0, to: index(to) })),
		...exits.map(({ key, from }) => ({ key, from: index(from), to: last ?? 0 })),
	];
	const { along, across, starts, ways, crossings } = yield* level(nodes, all, spacings[options.direction], {
		first,
		last,
	});
	const own: Drawn = {
		boxes: inner.flatMap(({ node, block, box }, at) =>
			block === null ? [{ node, start: starts[at] ?? origin, along: box.along, across: box.across }] : [],
		),
		frames: [],
		ways: ways.map((way, at) => ({ key: all[at]?.key ?? '', ...way })),
		crossings,
	};
	const parts = inner.flatMap(({ block }, at) => (block === null ? [] : [shifted(block, starts[at] ?? origin)]));
	const filled: Block = {
		along,
		across,
		inAt: first === null ? Math.floor(across / 2) : (starts[first]?.[1] ?? 0),
		outAt: last === null ? Math.floor(across / 2) : (starts[last]?.[1] ?? 0),
		boxes: [own, ...parts].flatMap(({ boxes }) => boxes),
		frames: parts.flatMap(({ frames }) => frames),
		ways: [own, ...parts].flatMap(part => part.ways),
		crossings: [own, ...parts].flatMap(part => part.crossings),
	};
	return group === null ? filled : framed(group, filled, { hasIn: first !== null, hasOut: last !== null }, options);
}

const origin: Cell = [0, 0];

type Drawn = Pick<Block, 'boxes' | 'frames' | 'ways' | 'crossings'>;

function shifted({ boxes, frames, ways, crossings }: Drawn, [along, across]: Cell): Drawn {
	const cell = ([a, b]: Cell): Cell => [a + along, b + across];
	const box = (one: AbstractBox): AbstractBox => ({ ...one, start: cell(one.start) });
	return {
		boxes: boxes.map(box),
		frames: frames.map(box),
		ways: ways.map(({ key, points, arrow }) => ({
			key,
			points: points.map(cell),
			arrow: arrow && { ...arrow, at: cell(arrow.at) },
		})),
		crossings: crossings.map(cell),
	};
}

/** Puts a frame around a group. Where edges enter and leave, its channel ends on the frame; elsewhere there is room. */
function framed(
	node: ShapeNode,
	content: Block,
	{ hasIn, hasOut }: { readonly hasIn: boolean; readonly hasOut: boolean },
	{ direction, titleWidth }: LayoutOptions,
): Block {
	const isRight = direction === 'right';
	const before = hasIn ? 0 : isRight ? 2 : 1;
	const beside = isRight ? 1 : 2;
	// A corner and a blank at both ends of the title.
	const least = titleWidth(node) + 4;
	const along = Math.max(content.along + before + (hasOut ? 0 : isRight ? 2 : 1), isRight ? least : 0);
	// Top down, an edge may arrive in the middle of the title: there is room for it on one side.
	const across = Math.max(content.across + 2 * beside, isRight ? 0 : hasIn ? 2 * least : least);
	const aside = beside + Math.floor((across - content.across - 2 * beside) / 2);
	const inner = shifted(content, [before, aside]);
	const end = before + content.along - 1;
	const ways = inner.ways.map(way => {
		const last = way.points.at(-1);
		const isExit = hasOut && last?.[0] === end && last[1] === content.outAt + aside && way.arrow === null;
		return isExit ? { ...way, points: [...way.points, [along - 1, last[1]] as const] } : way;
	});
	return {
		along,
		across,
		inAt: hasIn ? content.inAt + aside : Math.floor(across / 2),
		outAt: hasOut ? content.outAt + aside : Math.floor(across / 2),
		boxes: inner.boxes,
		frames: [{ node, start: [0, 0], along, across }, ...inner.frames],
		ways,
		crossings: inner.crossings,
	};
}
