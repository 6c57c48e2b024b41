import type { Tone } from '../../model/task-state.ts';
import type { RunGraph } from '../../selectors/run-graph.ts';
import type { Language } from '../../words/language.ts';
import type { Writer } from '../../words/write.ts';
import { glyphSets } from '../glyphs.ts';
import { type Line, type Span, textWidth } from '../text.ts';
import { boxText, frameText, legend } from './draw.ts';
import type { GraphLayout, PlacedNode, Wire } from './layout.ts';
import type { FittedGraph } from './sizes.ts';

export type SvgOptions = {
	readonly say: Writer;
	readonly language: Language;
	/** Alternative text for screen readers. */
	readonly title: string;
};

/** Pixels. A cell is as wide as a character of the usual monospace fonts at this size. */
const fontSize = 14;
const cellWidth = 8.4;
const cellHeight = 18;
const margin = 16;
/** The baseline of a character in its cell's height. */
const baseline = 0.74;

/** On light and dark pages, at least 4.5:1 against white and against black-blue (WCAG 2.1, 1.4.3). */
const colours: Readonly<Record<Tone | 'accent', readonly [light: string, dark: string]>> = {
	good: ['#1a7f37', '#7fcf7f'],
	active: ['#9a6700', '#e5c05f'],
	bad: ['#cf222e', '#ff8b92'],
	waiting: ['#57606a', '#a0a9b8'],
	warning: ['#8250df', '#ddb3f8'],
	odd: ['#1b7c83', '#5fc9d8'],
	muted: ['#6e7781', '#8b95a7'],
	plain: ['#24292f', '#d5dae3'],
	accent: ['#0969da', '#9cc6ff'],
};
const backgrounds = ['#ffffff', '#11151c'] as const;

const x = (cells: number) => round(margin + cells * cellWidth);
const y = (cells: number) => round(margin + cells * cellHeight);
const round = (pixels: number) => Math.round(pixels * 10) / 10;
/** The middle of a cell, where lines run. */
const middleX = (cell: number) => x(cell + 0.5);
const middleY = (cell: number) => y(cell + 0.5);

/** The whole graph as an SVG image that suits light and dark pages. */
export function graphSvg(run: RunGraph, fitted: FittedGraph, { say, language, title }: SvgOptions): string {
	const { graph } = fitted;
	const glyphs = glyphSets.unicode;
	const look = { glyphs, say, language, selected: null, marked: [] };
	const words = legend(run, { glyphs, say });
	const columns = Math.max(graph.width, lineCells(words));
	const [width, height] = [
		round(2 * margin + columns * cellWidth),
		round(2 * margin + (graph.height + 2) * cellHeight),
	];
	const parts = [
		`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
		`<title>${escaped(title)}</title>`,
		styleSheet(),
		`<rect class="page" width="${width}" height="${height}"/>`,
		...graph.frames.map(frame => rectangle(frame, 'frame')),
		...[...graph.wires.values()].map(wire => wirePath(wire)),
		...crossings(graph),
		...graph.frames.map(frame => text(frame.x + 2, frame.y, frameText(frame, run, fitted, look))),
		...graph.boxes.flatMap(box => {
			const { lines, tone } = boxText(box, run, fitted, look);
			const rows = lines.map((line, row) => text(box.x + (lines.length > 1 ? 2 : 1), box.y + row, line));
			return lines.length > 1 ? [rectangle(box, `box ${tone}`), ...rows] : rows;
		}),
		text(0, graph.height + 1, words),
		'</svg>',
	];
	return `${parts.filter(Boolean).join('\n')}\n`;
}

function styleSheet(): string {
	const rules = (shade: 0 | 1) =>
		[
			`.page{fill:${backgrounds[shade]}}`,
			...Object.entries(colours).map(([tone, shades]) => `.${tone}{--tone:${shades[shade]}}`),
		].join('');
	return [
		'<style>',
		`text{font:${fontSize}px ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace;white-space:pre}`,
		'tspan{fill:var(--tone)}.bold{font-weight:bold}',
		'.frame{fill:none;stroke:var(--tone);stroke-dasharray:2 3}.box{stroke:var(--tone);stroke-width:1.5}',
		`.wire{fill:none;stroke:var(--tone)}.arrow{fill:var(--tone)}`,
		`.box{fill:${backgrounds[0]}}${rules(0)}`,
		`@media (prefers-color-scheme:dark){.box{fill:${backgrounds[1]}}${rules(1)}}`,
		'</style>',
	].join('');
}

function rectangle(box: PlacedNode, kind: string): string {
	const [left, top] = [middleX(box.x), middleY(box.y)];
	const [width, height] = [round((box.width - 1) * cellWidth), round((box.height - 1) * cellHeight)];
	const tone = kind === 'frame' ? 'frame muted' : kind;
	return `<rect class="${tone}" x="${left}" y="${top}" width="${width}" height="${height}" rx="${kind === 'frame' ? 2 : 5}"/>`;
}

function wirePath({ points, arrow }: Wire): string {
	const path = points
		.map(([column, row], index) => `${index === 0 ? 'M' : 'L'}${middleX(column)} ${middleY(row)}`)
		.join('');
	const line = `<path class="wire muted" d="${path}"/>`;
	return arrow ? `${line}${arrowHead(arrow)}` : line;
}

/** A triangle that points to the box beside its cell. */
function arrowHead({ x: column, y: row, to }: NonNullable<Wire['arrow']>): string {
	const [centerX, centerY] = [middleX(column), middleY(row)];
	const turn = { right: 0, down: 90, left: 180, up: 270 }[to];
	const reach = to === 'right' || to === 'left' ? cellWidth : cellHeight;
	return `<path class="arrow muted" d="M${round(reach)} 0l-8-4v8z" transform="translate(${centerX} ${centerY})rotate(${turn})"/>`;
}

/** A gap in the horizontal line where it crosses one that it has nothing to do with. */
function crossings(graph: GraphLayout): string[] {
	return graph.crossings.map(([column, row]) => {
		const [left, top, bottom] = [middleX(column), y(row), y(row + 1)];
		return `<rect class="page" x="${round(left - 3)}" y="${round(middleY(row) - 2)}" width="6" height="4"/><path class="wire muted" d="M${left} ${top}L${left} ${bottom}"/>`;
	});
}

/** The spans of a line, each at its cell: fonts differ in the width of symbols. */
function text(column: number, row: number, line: Line): string {
	let at = column;
	const spans = line.map(({ text: words, tone, bold }: Span) => {
		const span = `<tspan class="${tone ?? 'plain'}${bold ? ' bold' : ''}" x="${x(at)}">${escaped(words)}</tspan>`;
		at += textWidth(words);
		return span;
	});
	return spans.length === 0 ? '' : `<text y="${round(y(row) + baseline * cellHeight)}">${spans.join('')}</text>`;
}

const lineCells = (line: Line): number => line.reduce((sum, span) => sum + textWidth(span.text), 0);

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (words: string): string => words.replaceAll(/[&<>"]/g, character => entities[character] ?? '');
