import type { StateLook, Tone } from '../../model/airflow/task-state.ts';
import type { StateCount } from '../../selectors/dag-runs/stage-summary.ts';
import type { GraphTask, RunGraph } from '../../selectors/graph-grid-gantt/run-graph.ts';
import { type Language, textIn } from '../../words/language.ts';
import type { Writer } from '../../words/write.ts';
import { stopwatch } from '../format.ts';
import { foldMarks, type Glyphs } from '../glyphs.ts';
import { cutInside, ellipsize, type Line, lineWidth, type Span, textWidth } from '../text.ts';
import { type Canvas, type CellStyle, canvas } from './canvas.ts';
import { down, inkOf, lineGlyph, right, segments, up } from './ink.ts';
import type { PlacedNode } from './layout.ts';
import { type FittedGraph, remarkOf } from './sizes.ts';

export type GraphLook = {
	readonly glyphs: Glyphs;
	readonly say: Writer;
	readonly language: Language;
	/** The selected box: a task, or a folded group. */
	readonly selected: string | null;
	/** Ids of marked tasks. */
	readonly marked: readonly string[];
};

/** The cells that are shown. */
export type Part = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** Draws a part of a graph: lines, then boxes over them. */
export function drawGraph(run: RunGraph, fitted: FittedGraph, part: Part, look: GraphLook): Line[] {
	const { graph, style } = fitted;
	const drawing = canvas(part);
	drawLines(drawing, fitted, part, look.glyphs);
	highlight(drawing, run, fitted, look);
	for (const frame of graph.frames) if (isSeen(frame, part)) drawTitle(drawing, frame, run, fitted, look);
	for (const box of graph.boxes) {
		if (!isSeen(box, part)) continue;
		if (style === 'boxes') drawBox(drawing, box, run, fitted, look);
		else drawRow(drawing, box, run, fitted, look);
	}
	return drawing.rows();
}

const muted: CellStyle = { tone: 'muted' };
const isSeen = (box: PlacedNode, part: Part) =>
	box.x < part.x + part.width &&
	part.x < box.x + box.width &&
	box.y < part.y + part.height &&
	part.y < box.y + box.height;

function drawLines({ put }: Canvas, { graph }: FittedGraph, part: Part, glyphs: Glyphs): void {
	const ink = inkOf(graph);
	for (let y = part.y; y < part.y + part.height; y++)
		for (let x = part.x; x < part.x + part.width; x++) {
			const bits = ink.at(x, y);
			if (bits !== 0) put(x, y, lineGlyph(bits, glyphs), muted);
		}
	for (const { x, y, width, height } of graph.frames) {
		put(x, y, glyphs.line.topLeft, muted);
		put(x + width - 1, y, glyphs.line.topRight, muted);
		put(x, y + height - 1, glyphs.line.bottomLeft, muted);
		put(x + width - 1, y + height - 1, glyphs.line.bottomRight, muted);
	}
	const arrows = {
		right: glyphs.arrow,
		left: glyphs.arrowLeft,
		down: glyphs.sort.descending,
		up: glyphs.sort.ascending,
	};
	for (const { arrow } of graph.wires.values()) if (arrow) put(arrow.x, arrow.y, arrows[arrow.to], muted);
}

/** The way of what runs now, and the edges of the selected task. */
function highlight({ restyle }: Canvas, run: RunGraph, { graph }: FittedGraph, { selected }: GraphLook): void {
	const running: CellStyle = { tone: 'active' };
	const chosen: CellStyle = { tone: 'accent', bold: true };
	const styled = new Map<string, CellStyle>();
	for (const [from, to] of run.shape.edges) {
		const isChosen = selected !== null && (graph.boxOf(from) === selected || graph.boxOf(to) === selected);
		const isRunning = run.tasks.get(to)?.look.tone === 'active' && run.tasks.get(from)?.look.tone === 'good';
		if (!isChosen && !isRunning) continue;
		for (const key of graph.wiresOf(from, to))
			if (isChosen || !styled.has(key)) styled.set(key, isChosen ? chosen : running);
	}
	// What is chosen is drawn over what runs.
	for (const style of [running, chosen])
		for (const [key, its] of styled) {
			const wire = its.tone === style.tone ? graph.wires.get(key) : undefined;
			if (!wire) continue;
			for (const [x1, y1, x2, y2] of segments(wire))
				for (let x = Math.min(x1, x2); x <= Math.max(x1, x2); x++)
					for (let y = Math.min(y1, y2); y <= Math.max(y1, y2); y++) restyle(x, y, style);
		}
}

/** The name of a group in the upper edge of its frame, and its tasks by state. */
export function frameText(frame: PlacedNode, run: RunGraph, fitted: FittedGraph, { glyphs }: GraphLook): Line {
	const { room } = titlePlace(frame, fitted, glyphs);
	const counts = run.groups.get(frame.node.id) ?? [];
	const title = cutInside(glyphs.fold(frame.node.label), room, glyphs.ellipsis);
	return [{ text: title, tone: toneOf(counts), bold: true }, ...countSpans(counts, room - textWidth(title), glyphs)];
}

/** Beside an edge that enters in the upper edge of the frame, on the side with more room. */
function titlePlace({ x, y, width, node }: PlacedNode, { graph }: FittedGraph, glyphs: Glyphs) {
	const ink = inkOf(graph);
	const [first, end] = [x + 2, x + width - 2];
	const port = Array.from({ length: Math.max(0, end - first) }, (_, index) => first + index).find(
		column => (ink.at(column, y) & (up | down)) !== 0,
	);
	if (port === undefined) return { start: first, room: end - first };
	const [before, after] = [port - 1 - first, end - port - 2];
	const isBefore = before >= Math.min(after, textWidth(glyphs.fold(node.label)));
	return isBefore ? { start: first, room: before } : { start: port + 2, room: after };
}

/** The tone of a box, and its text: name, state and remark of a box of three rows, or all in one row. */
export function boxText(
	{ node, width }: PlacedNode,
	run: RunGraph,
	{ style }: FittedGraph,
	look: GraphLook,
): { readonly tone: Tone; readonly lines: readonly Line[] } {
	const { glyphs } = look;
	const task = run.tasks.get(node.id);
	const counts = node.isGroup ? (run.groups.get(node.id) ?? []) : (task?.counts ?? null);
	const tone = task?.look.tone ?? toneOf(counts ?? []);
	const special = remarkOf(node);
	const remark = special === null ? '' : glyphs.fold(textIn(special, look.language));
	if (style === 'boxes') {
		const inner = width - 4;
		return {
			tone,
			lines: [
				[{ text: cutInside(nameOf(node, look), inner, glyphs.ellipsis), bold: true }],
				contentSpans(task, counts, inner, look),
				remark === '' ? [] : [{ text: ellipsize(remark, inner, glyphs.ellipsis), tone: 'odd' }],
			],
		};
	}
	const symbol = task ? glyphs.state[task.look.symbol] : foldMarks.folded;
	const room = width - 4 - textWidth(symbol) - (remark === '' ? 0 : textWidth(remark) + 1);
	const shown = node.isGroup ? glyphs.fold(node.label) : nameOf(node, look);
	const name = cutInside(shown, room, glyphs.ellipsis);
	const left = room - textWidth(name);
	return {
		tone,
		lines: [
			[
				{ text: `${symbol} `, tone, bold: true },
				{ text: name, bold: node.isGroup },
				...(remark === '' ? [] : [{ text: ` ${remark}`, tone: 'odd' as const }]),
				...(counts ? countSpans(counts, left, glyphs) : []),
			],
		],
	};
}

function drawTitle({ write }: Canvas, frame: PlacedNode, run: RunGraph, fitted: FittedGraph, look: GraphLook): void {
	const { start } = titlePlace(frame, fitted, look.glyphs);
	writeSpans(write, start, frame.y, frameText(frame, run, fitted, look));
}

function drawBox(drawing: Canvas, box: PlacedNode, run: RunGraph, fitted: FittedGraph, look: GraphLook): void {
	const { x, y, width, node } = box;
	const { line, box: corners } = look.glyphs;
	const { put, fill } = drawing;
	const { tone, lines } = boxText(box, run, fitted, look);
	const [name = [], content = [], remark = []] = lines;
	const edge: CellStyle = { tone };
	const [x2, inner] = [x + width - 1, width - 2];
	for (const [row, first, last] of [
		[y, corners.topLeft, corners.topRight],
		[y + 2, corners.bottomLeft, corners.bottomRight],
	] as const) {
		put(x, row, first, edge);
		fill(x + 1, row, inner, line.horizontal, edge);
		put(x2, row, last, edge);
	}
	put(x, y + 1, line.vertical, edge);
	const ink = inkOf(fitted.graph);
	put(x2, y + 1, (ink.at(x2, y + 1) & right) === 0 ? line.vertical : line.teeLeft, edge);
	for (let at = x + 1; at < x2; at++) if ((ink.at(at, y + 2) & down) !== 0) put(at, y + 2, line.teeDown, edge);
	const middle: CellStyle = look.selected === node.id ? { selected: true } : {};
	const padded = (spans: Line): Span[] => [{ text: ' ' }, ...spans, { text: ' ' }];
	writeSpans(drawing.write, x + 1, y, padded(name), middle);
	fill(x + 1, y + 1, inner, ' ', middle);
	writeSpans(drawing.write, x + 1, y + 1, padded(content), middle);
	if (remark.length > 0) writeSpans(drawing.write, x + 1, y + 2, padded(remark));
}

function drawRow({ fill, write }: Canvas, box: PlacedNode, run: RunGraph, fitted: FittedGraph, look: GraphLook): void {
	const { x, y, width, node } = box;
	const [line = []] = boxText(box, run, fitted, look).lines;
	const all: Line = [{ text: ' ' }, ...line, { text: ' ' }];
	const used = lineWidth(all);
	// From left to right, a line begins where the text ends; top down, in the middle of the text.
	const isRight = fitted.graph.direction === 'right';
	const start = isRight ? x : x + Math.floor(Math.max(0, width - used) / 2);
	const isLeft = isRight && (inkOf(fitted.graph).at(x + width - 1, y) & right) !== 0;
	fill(x, y, width, isLeft ? look.glyphs.line.horizontal : ' ', muted);
	writeSpans(write, start, y, all, look.selected === node.id ? { selected: true } : {});
}

function nameOf(node: PlacedNode['node'], { glyphs, marked }: GraphLook): string {
	const mark = node.isGroup ? `${foldMarks.folded} ` : marked.includes(node.id) ? '* ' : '';
	return `${mark}${glyphs.fold(node.label)}`;
}

const trimFirst = (span: Span, index: number): Span => (index === 0 ? { ...span, text: span.text.trimStart() } : span);

/** `✔ success 0:39`; of several instances or tasks their states. */
function contentSpans(
	task: GraphTask | undefined,
	counts: readonly StateCount[] | null,
	cells: number,
	{ glyphs, say }: GraphLook,
): Span[] {
	if (counts !== null || !task) return countSpans(counts ?? [], cells + 1, glyphs).map(trimFirst);
	const { look, elapsedMs, tryNumber } = task;
	const time = elapsedMs === null ? '' : ` ${stopwatch(elapsedMs)}`;
	const tries = tryNumber > 1 ? ` ${glyphs.state.retry}${tryNumber}` : '';
	const room = cells - 2;
	const word = say(look.word);
	const words = [`${word}${time}${tries}`, `${word}${time}`, word].find(text => textWidth(text) <= room) ?? word;
	return [
		{ text: `${glyphs.state[look.symbol]} `, tone: look.tone, bold: true },
		{ text: ellipsize(words, room, glyphs.ellipsis), tone: look.tone },
	];
}

/** ` 17✔ 1✖ 42○`, as many as fit. */
function countSpans(counts: readonly StateCount[], cells: number, glyphs: Glyphs): Span[] {
	let room = cells;
	return counts.flatMap(({ look, count }): Span[] => {
		const text = ` ${count}${glyphs.state[look.symbol]}`;
		room -= textWidth(text);
		return room < 0 ? [] : [{ text, tone: look.tone }];
	});
}

function writeSpans(write: Canvas['write'], x: number, y: number, spans: readonly Span[], style: CellStyle = {}): void {
	let at = x;
	for (const { text, ...own } of spans) {
		write(at, y, text, { ...own, ...style });
		at += textWidth(text);
	}
}

/** The tone of several tasks: what failed, else what runs; good when all have succeeded. */
function toneOf(counts: readonly StateCount[]): Tone {
	const tones = counts.map(({ look }) => look.tone);
	return (
		(['bad', 'warning', 'active'] as const).find(tone => tones.includes(tone)) ??
		(tones.every(tone => tone === 'good' || tone === 'odd') ? (tones.includes('good') ? 'good' : 'odd') : 'waiting')
	);
}

/** The states in the graph, with their words. */
export function legend(run: RunGraph, { glyphs, say }: Pick<GraphLook, 'glyphs' | 'say'>): Line {
	const looks = new Map<string, StateLook>();
	for (const { look, counts } of run.tasks.values())
		for (const one of counts?.map(count => count.look) ?? [look]) looks.set(one.word[0], one);
	return [...looks.values()].map(({ symbol, word, tone }, index) => ({
		text: `${index > 0 ? '  ' : ''}${glyphs.state[symbol]} ${say(word)}`,
		tone,
	}));
}
