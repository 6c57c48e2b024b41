import type { RunGraph } from '../../selectors/graph-grid-gantt/run-graph.ts';
import type { Language } from '../../words/language.ts';
import type { Writer } from '../../words/write.ts';
import { glyphSets } from '../glyphs.ts';
import { type Element, element } from '../markup.ts';
import { cellHeight, cellWidth, margin, type Picture, textLine } from '../svg/page.ts';
import { type Line, lineWidth } from '../text.ts';
import { boxText, frameText, legend } from './draw.ts';
import type { GraphLayout, PlacedNode, Wire } from './layout.ts';
import type { FittedGraph } from './sizes.ts';

export type GraphPictureOptions = {
	readonly say: Writer;
	readonly language: Language;
	/** Alternative text for screen readers. */
	readonly title: string;
};

const x = (cells: number) => margin + cells * cellWidth;
const y = (cells: number) => margin + cells * cellHeight;
const round = (pixels: number) => Math.round(pixels * 10) / 10;
/** The middle of a cell, where lines run. */
const middleX = (cell: number) => round(x(cell + 0.5));
const middleY = (cell: number) => round(y(cell + 0.5));

/** The whole graph as a picture. */
export function graphPicture(
	run: RunGraph,
	fitted: FittedGraph,
	{ say, language, title }: GraphPictureOptions,
): Picture {
	const { graph } = fitted;
	const glyphs = glyphSets.unicode;
	const look = { glyphs, say, language, selected: null, marked: [] };
	const words = legend(run, { glyphs, say });
	const columns = Math.max(graph.width, lineWidth(words));
	return {
		title,
		width: 2 * margin + columns * cellWidth,
		height: 2 * margin + (graph.height + 2) * cellHeight,
		shapes: [
			...graph.frames.map(frame => rectangle(frame, 'frame line muted')),
			...[...graph.wires.values()].flatMap(wireShapes),
			...crossings(graph),
			...graph.frames.map(frame => text(frame.x + 2, frame.y, frameText(frame, run, fitted, look), 'over')),
			...graph.boxes.flatMap(box => {
				const { lines, tone } = boxText(box, run, fitted, look);
				if (lines.length === 1) return lines.map(line => text(box.x + 1, box.y, line));
				// The first line stands on the edge of the box.
				const rows = lines.map((line, row) => text(box.x + 2, box.y + row, line, row === 0 ? 'over' : undefined));
				return [rectangle(box, `box line ${tone}`), ...rows];
			}),
			text(0, graph.height + 1, words),
		].filter(shape => shape !== null),
	};
}

const text = (column: number, row: number, line: Line, kind?: string) =>
	textLine({ x: x(column), y: y(row) }, line, kind);

function rectangle(box: PlacedNode, kind: string): Element {
	return element('rect', {
		class: kind,
		x: middleX(box.x),
		y: middleY(box.y),
		width: (box.width - 1) * cellWidth,
		height: (box.height - 1) * cellHeight,
		rx: kind.startsWith('frame') ? 2 : 5,
	});
}

function wireShapes({ points, arrow }: Wire): Element[] {
	const d = points
		.map(([column, row], index) => `${index === 0 ? 'M' : 'L'}${middleX(column)} ${middleY(row)}`)
		.join('');
	const line = element('path', { class: 'line muted', d });
	return arrow ? [line, arrowHead(arrow)] : [line];
}

/** A triangle that points to the box beside its cell. */
function arrowHead({ x: column, y: row, to }: NonNullable<Wire['arrow']>): Element {
	const turn = { right: 0, down: 90, left: 180, up: 270 }[to];
	const reach = to === 'right' || to === 'left' ? cellWidth : cellHeight;
	return element('path', {
		class: 'arrow muted',
		d: `M${round(reach)} 0l-8-4v8z`,
		transform: `translate(${middleX(column)} ${middleY(row)})rotate(${turn})`,
	});
}

/** A gap in the horizontal line where it crosses one that it has nothing to do with. */
function crossings(graph: GraphLayout): Element[] {
	return graph.crossings.flatMap(([column, row]) => {
		const left = middleX(column);
		return [
			element('rect', { class: 'page', x: left - 3, y: middleY(row) - 2, width: 6, height: 4 }),
			element('path', { class: 'line muted', d: `M${left} ${round(y(row))}L${left} ${round(y(row + 1))}` }),
		];
	});
}
