import stringWidth from 'string-width';
import type { Tone } from '../model/airflow/task-state.ts';

/** A piece of text in one style. */
export type Span = {
	readonly text: string;
	readonly tone?: Tone | 'accent' | undefined;
	readonly bold?: boolean | undefined;
	readonly inverse?: boolean | undefined;
	/** Part of the selected row, which has one background. */
	readonly selected?: boolean | undefined;
	/** Colours of a program's own output, see `model/logs/log-styles.ts`. */
	readonly style?: number | undefined;
	/** Part of a picture: the colours of the upper and lower half of each cell, as 0xRRGGBB. */
	readonly pixels?: { readonly top: number; readonly bottom: number } | undefined;
};
/** One row of the screen, before it is cut to its width and painted. */
export type Line = readonly Span[];

const printableAscii = /^[\x20-\x7e]*$/;

/** Cells of a text. Optimised for the most frequent characters: see patches/string-width. */
export function textWidth(text: string): number {
	return stringWidth(text);
}

export function lineWidth(line: Line): number {
	return line.reduce((sum, span) => sum + textWidth(span.text), 0);
}

const graphemes = new Intl.Segmenter();

/** The beginning of a text that fits into a number of cells, without half of a wide character. */
export function cutText(text: string, width: number): string {
	if (width <= 0) return '';
	if (printableAscii.test(text)) return text.length <= width ? text : text.slice(0, width);
	let used = 0;
	let end = 0;
	for (const { segment, index } of graphemes.segment(text)) {
		const next = used + textWidth(segment);
		if (next > width) return text.slice(0, end);
		used = next;
		end = index + segment.length;
	}
	return text;
}

/** The text within a number of cells, with an ellipsis if it was cut. */
export function ellipsize(text: string, width: number, ellipsis: string): string {
	if (textWidth(text) <= width) return text;
	return width <= 1 ? cutText(text, width) : cutText(text, width - 1) + ellipsis;
}

/** Longer than any row of a screen. */
const rowLimit = 1000;

/** A text that may be long or have line breaks, as one row. */
export function oneLine(text: string): string {
	return text.slice(0, rowLimit).replaceAll(/[\r\n]+/g, ' ');
}

/** The text in exactly a number of cells. */
export function fit(text: string, width: number, ellipsis: string, align: 'left' | 'right' = 'left'): string {
	const cut = ellipsize(text, width, ellipsis);
	const space = ' '.repeat(Math.max(0, width - textWidth(cut)));
	return align === 'left' ? cut + space : space + cut;
}

/** The line in exactly a number of cells, cut with an ellipsis or padded with spaces. */
export function fitLine(line: Line, width: number, ellipsis: string): Line {
	const fitted: Span[] = [];
	fitInto(fitted, line, width, ellipsis);
	return fitted;
}

/** The same, appended to `fitted`: every drawing does this for each row of the screen. */
export function fitInto(fitted: Span[], line: Line, width: number, ellipsis: string): void {
	let left = width;
	for (const span of line) {
		const spanWidth = textWidth(span.text);
		if (spanWidth <= left) {
			fitted.push(span);
			left -= spanWidth;
			continue;
		}
		if (left > 0) fitted.push({ ...span, text: fit(span.text, left, ellipsis) });
		return;
	}
	if (left > 0) fitted.push({ text: ' '.repeat(left), selected: line.at(-1)?.selected });
}

/** The line as the selected row. */
export function selectedLine(line: Line): Line {
	return line.map(span => ({ ...span, selected: true }));
}

/**
 * A text within a number of cells that keeps its end as well as its beginning: a Korean sentence has its verb at the
 * end, and two findings about long names start alike.
 */
export function cutInside(text: string, width: number, ellipsis: string): string {
	if (textWidth(text) <= width) return text;
	const room = width - textWidth(ellipsis);
	if (room < 2) return cutText(text, width);
	const half = Math.floor(room / 2);
	if (printableAscii.test(text)) return `${text.slice(0, room - half)}${ellipsis}${text.slice(-half)}`;
	const units = Array.from(graphemes.segment(text.slice(-rowLimit)), ({ segment }) => segment);
	let end = '';
	for (let unit = units.pop(); unit !== undefined; unit = units.pop()) {
		if (textWidth(unit + end) > half) break;
		end = unit + end;
	}
	return `${cutText(text, room - textWidth(end))}${ellipsis}${end}`;
}

/** A name in exactly a number of cells: names of one column begin alike more often than they end alike. */
export function fitName(text: string, width: number, ellipsis: string): string {
	const cut = cutInside(text, width, ellipsis);
	return cut + ' '.repeat(Math.max(0, width - textWidth(cut)));
}

/** A cell of a table, cut to a width: what has no space in it is a name, a path or an id, see `fitName`. */
export function cutCell(text: string, width: number, ellipsis: string): string {
	return text.includes(' ') ? ellipsize(text, width, ellipsis) : cutInside(text, width, ellipsis);
}

/** Breaks a text into rows of a number of cells at most, at spaces if possible. */
export function wrapText(text: string, width: number): string[] {
	if (width <= 0) return [];
	const rows: string[] = [];
	for (const paragraph of text.split('\n')) {
		let rest = paragraph;
		while (textWidth(rest) > width) {
			const piece = cutText(rest, width);
			const space = rest[piece.length] === ' ' ? piece.length : piece.lastIndexOf(' ');
			const end = space > 0 ? space : Math.max(1, piece.length);
			rows.push(rest.slice(0, end));
			rest = rest.slice(end).replace(/^ /, '');
		}
		rows.push(rest);
	}
	return rows;
}

/** In fewer columns than these, words matter more than the indent, and no cluster of letters is wider. */
const leastRoom = 12;

/** The indent of a line with the mark of a list (`  2 `), a quotation (`    | `) or a command (`    $ `). */
const indentOf = (line: Line) =>
	/^ +(?:(?:\d{1,3}|[|$]) )?/.exec(line.map(({ text }) => text).join(''))?.[0].length ?? 0;

/**
 * Breaks a line into rows that fit, at spaces if possible; each piece keeps its style. The rows after the first keep
 * the indent of an indented line, unless it leaves too little room.
 */
export function wrapLine(line: Line, width: number): Line[] {
	if (lineWidth(line) <= width) return [line];
	const indent = indentOf(line);
	const start = width - indent >= leastRoom ? indent : 0;
	const rows: Span[][] = [[]];
	let used = 0;
	const next = () => {
		rows.push(start > 0 ? [{ text: ' '.repeat(start) }] : []);
		used = start;
	};
	for (const span of line) {
		for (let word of span.text.split(/(?<= )/)) {
			if (used > start && used + textWidth(word.trimEnd()) > width) next();
			while (used + textWidth(word.trimEnd()) > width) {
				const piece = cutText(word, width - used);
				if (piece === '') break;
				rows.at(-1)?.push({ ...span, text: piece });
				word = word.slice(piece.length);
				next();
			}
			rows.at(-1)?.push({ ...span, text: word });
			used += textWidth(word);
		}
	}
	return rows;
}
