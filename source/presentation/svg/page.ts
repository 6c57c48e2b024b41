import type { Tone } from '../../model/airflow/task-state.ts';
import { type Element, element } from '../markup.ts';
import { ellipsize, type Line, type Span, textWidth } from '../text.ts';

/** Pixels. A cell is as wide as a character of the usual monospace fonts at this size. */
export const fontSize = 14;
export const cellWidth = 8.4;
export const cellHeight = 18;
export const margin = 16;
/** The baseline of a character in its cell's height. */
const baseline = 0.74;

export type PictureTone = Tone | 'accent' | 'page';

/** On light and dark pages, at least 4.5:1 against the background (WCAG 2.1, 1.4.3). */
const colours: Readonly<Record<Exclude<PictureTone, 'page'>, readonly [light: string, dark: string]>> = {
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
/** Of light and dark pages. */
export const backgrounds = ['#ffffff', '#11151c'] as const;

/**
 * The style sheet of all pictures. A class names a tone: alone it fills, with `line` it draws the outline. Colours are
 * written out, because programs that convert SVG know no variables.
 */
export function styleSheet(): string {
	const rules = (shade: 0 | 1) =>
		[
			`.page{fill:${backgrounds[shade]}}`,
			...Object.entries(colours).map(
				([tone, { [shade]: colour }]) =>
					`.${tone}{fill:${colour};color:${colour}}.line.${tone}{fill:none;stroke:${colour}}`,
			),
			`.box.line{fill:${backgrounds[shade]}}.over tspan{stroke:${backgrounds[shade]}}`,
		].join('');
	return [
		`svg text{font:${fontSize}px ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace;white-space:pre}`,
		'.bold{font-weight:bold}.box{stroke-width:1.5}.frame{stroke-dasharray:2 3}.dashed{stroke-dasharray:5 3}',
		`.over tspan{paint-order:stroke;stroke-width:5px}.dotted{stroke-dasharray:1.5 3}.faint{opacity:.35}.thick{stroke-width:2}${rules(0)}`,
		`@media (prefers-color-scheme:dark){${rules(1)}}`,
	].join('');
}

export type Picture = {
	/** Alternative text for screen readers. */
	readonly title: string;
	/** Pixels. */
	readonly width: number;
	readonly height: number;
	readonly shapes: readonly Element[];
};

/** A picture as a file of its own, or as a part of an HTML page that has the style sheet. */
export function svgOf({ title, width, height, shapes }: Picture, place: 'file' | 'page' = 'file'): Element {
	const size = { width, height, viewBox: `0 0 ${tenths(width)} ${tenths(height)}`, role: 'img' };
	const isFile = place === 'file';
	return element(
		'svg',
		isFile ? { xmlns: 'http://www.w3.org/2000/svg', ...size } : size,
		element('title', {}, title),
		isFile ? element('style', {}, styleSheet()) : null,
		element('rect', { class: 'page', width, height }),
		...shapes,
	);
}

const tenths = (pixels: number) => Math.round(pixels * 10) / 10;

/** Where a row of text begins, pixels. */
export type Place = { readonly x: number; readonly y: number };

/**
 * The spans of a line, each at its cell: fonts differ in the width of symbols. What several spaces part stands at cells of
 * its own, because programs that convert SVG make one space of them. `y` is the top of the row.
 * @param kind class of the whole line
 */
export function textLine({ x, y }: Place, line: Line, kind?: string): Element | null {
	let at = 0;
	const spans = line.flatMap(({ text, tone, bold }: Span) =>
		text.split(/( {2,}|^ )/).flatMap(piece => {
			const here = x + at * cellWidth;
			at += textWidth(piece);
			if (piece.trim() === '') return [];
			return [element('tspan', { class: classes(tone ?? 'plain', bold), x: here }, piece)];
		}),
	);
	return spans.length === 0 ? null : element('text', { class: kind, y: y + baseline * cellHeight }, ...spans);
}

const classes = (tone: PictureTone, bold: boolean | undefined) => `${tone}${bold ? ' bold' : ''}`;

/** A word whose end or middle is at a place. */
export function word(
	{ x, y }: Place,
	text: string,
	{
		tone = 'plain',
		anchor = 'start',
	}: { readonly tone?: PictureTone; readonly anchor?: 'start' | 'middle' | 'end' } = {},
): Element {
	return element('text', { x, y: y + baseline * cellHeight, class: tone, 'text-anchor': anchor }, text);
}

/** A rectangle with a text that appears while the pointer is over it. */
export function bar(
	{ x, y, width, height }: Place & { readonly width: number; readonly height: number },
	kind: string,
	hint?: string,
): Element {
	const size = { class: kind, x, y, width, height };
	return hint === undefined ? element('rect', size) : element('rect', size, element('title', {}, hint));
}

export function rule(from: Place, to: Place, kind: string): Element {
	return element('line', { class: `line ${kind}`, x1: from.x, y1: from.y, x2: to.x, y2: to.y });
}

/** Cells that names take: as wide as the longest one, up to a limit. */
export const nameCells = (names: readonly string[], most: number) =>
	Math.min(most, Math.max(4, ...names.map(textWidth)));

export const shortened = (text: string, cells: number) => ellipsize(text, cells, '…');
