import type { DagShape, ShapeNode } from '../../selectors/graph-grid-gantt/dag-shape.ts';
import { isSame, memoised } from '../../selectors/memo.ts';
import type { Text } from '../../words/language.ts';
import { foldMarks, type Glyphs } from '../glyphs.ts';
import { textWidth } from '../text.ts';
import { type Direction, type GraphLayout, layout } from './layout.ts';
import { finished, type Steps } from './steps.ts';

/** A task as a box of three rows, or as one row. */
export type BoxStyle = 'boxes' | 'rows';

/** A layout and the room that it was chosen for. */
export type FittedGraph = { readonly graph: GraphLayout; readonly style: BoxStyle };

export type Room = { readonly width: number; readonly height: number };

/** `✔ success 0:39` between a border and a blank on both sides. */
const narrowestBox = 18;
const widestBox = 36;
/** `17✔ 1✖ 42○` and a blank before it. */
const countsWidth = 12;
/** With more tasks than these nothing fits, and rows show the most of them: laying out takes its time. */
const mostToTry = 80;

/**
 * The layout that fits: boxes from left to right, else top down, else rows from left to right, else top down; where
 * nothing fits, the rows of which the largest part is shown. The same arguments give the same object.
 */
export function fitted(...asked: Asked): FittedGraph {
	const given = givenBy(asked);
	const known = kept.find(one => isSame(one.given, given));
	return known?.graph ?? keep(given, finished(fitting(...given)));
}

type Asked = readonly [shape: DagShape, folded: readonly string[], width: number, height: number, glyphs: Glyphs];
/** Groups are compared by their ids, one a line. */
type Given = readonly [shape: DagShape, folded: string, width: number, height: number, glyphs: Glyphs];

const givenBy = ([shape, folded, ...more]: Asked): Given => [shape, folded.join('\n'), ...more];

/** For the screen, and for commands that follow each other. */
const mostKept = 4;
let kept: readonly { readonly given: Given; readonly graph: FittedGraph }[] = [];

/** How many layouts were made: a change is news to the screen. */
let made = 0;

function keep(given: Given, graph: FittedGraph): FittedGraph {
	made++;
	kept = [{ given, graph }, ...kept.slice(0, mostKept - 1)];
	return graph;
}

/** A graph of more tasks is laid out in slices. */
const mostAtOnce = 60;

/** The same for the screen: null while a large graph is still being laid out, which `layoutWork` goes on with. */
export function fittedSoon(...asked: Asked): FittedGraph | null {
	const given = givenBy(asked);
	const [shape] = given;
	if (shape.nodes.length <= mostAtOnce) return fitted(...asked);
	const known = kept.find(one => isSame(one.given, given));
	if (known) return known.graph;
	if (!pending || !isSame(pending.given, given)) pending = { given, steps: fitting(...given) };
	return null;
}

let pending: { readonly given: Given; readonly steps: Steps<FittedGraph> } | null = null;

/** Lays out what the screen waits for. */
export const layoutWork = {
	get isDone(): boolean {
		return pending === null;
	},
	/** Changes with each layout that is ready. */
	get made(): number {
		return made;
	},
	/** @param ms longest duration, but for the last part of the work */
	advance(ms: number): void {
		const until = performance.now() + ms;
		while (pending && performance.now() < until) {
			const { done, value } = pending.steps.next();
			if (!done) continue;
			keep(pending.given, value);
			pending = null;
		}
	},
};

function* fitting(...[shape, folded, width, height, glyphs]: Given): Steps<FittedGraph> {
	const variants = laidOut(shape, folded, glyphs);
	const tries: readonly (readonly [BoxStyle, Direction])[] = [
		['boxes', 'right'],
		['boxes', 'down'],
		['rows', 'right'],
		['rows', 'down'],
	];
	const isLarge = shape.nodes.length > mostToTry;
	for (const [style, direction] of isLarge ? [] : tries) {
		const graph = yield* variants(style, direction);
		if (graph.width <= width && graph.height <= height) return { graph, style };
	}
	const share = (graph: GraphLayout) =>
		(Math.min(width, graph.width) * Math.min(height, graph.height)) / Math.max(1, graph.width * graph.height);
	const across = yield* variants('rows', 'right');
	if (share(across) >= shareTopDown(across, { width, height })) return { graph: across, style: 'rows' };
	const down = yield* variants('rows', 'down');
	return { graph: share(down) > share(across) ? down : across, style: 'rows' };
}

/** Cells of a usual row, with what is between it and the next. */
const usualRow = 16;

/** About the part of a graph that would be shown top down: laying it out a second time takes as long as the first. */
function shareTopDown({ boxes }: GraphLayout, room: Room): number {
	const ranks = Map.groupBy(boxes, ({ x }) => x);
	const most = [...ranks.values()].reduce((widest, { length }) => Math.max(widest, length), 1);
	return Math.min(1, room.width / (most * usualRow)) * Math.min(1, room.height / (2 * ranks.size));
}

/** The layouts of a shape, each made when it is asked for first. */
const laidOut = memoised((shape: DagShape, folded: string, glyphs: Glyphs) => {
	const known = new Map<string, GraphLayout>();
	return function* (style: BoxStyle, direction: Direction): Steps<GraphLayout> {
		const key = `${style} ${direction}`;
		const found = known.get(key);
		if (found) return found;
		const made = yield* layout(shape, {
			direction,
			folded: new Set(folded.split('\n')),
			size: node => sizeOf(node, style, glyphs),
			titleWidth: node => Math.min(widestBox, textWidth(glyphs.fold(node.label))),
		});
		known.set(key, made);
		return made;
	};
}, mostKept);

/** What is special about a task. */
export function remarkOf({ role, triggerRule }: Pick<ShapeNode, 'role' | 'triggerRule'>): Text | null {
	if (role !== null) return role === 'setup' ? ['setup', '준비'] : ['teardown', '정리'];
	return triggerRule === null ? null : [triggerRule, triggerRule];
}

function sizeOf(node: ShapeNode, style: BoxStyle, glyphs: Glyphs): Room {
	const mark = node.isGroup ? foldMarks.folded.length + 1 : 0;
	const name = textWidth(glyphs.fold(node.label));
	// The layout is the same in both languages.
	const remark = Math.max(...(remarkOf(node) ?? ['']).map(text => textWidth(glyphs.fold(text))));
	if (style === 'boxes')
		return { width: Math.min(widestBox, Math.max(narrowestBox, mark + name + 4, remark + 4)), height: 3 };
	const counts = node.isMapped || node.isGroup ? countsWidth : 0;
	// Symbol or mark, and a blank, before the name; a blank on both sides, and the beginning of the line.
	return {
		width: Math.min(widestBox, Math.max(mark, 2) + name) + counts + (remark === 0 ? 0 : remark + 1) + 3,
		height: 1,
	};
}
