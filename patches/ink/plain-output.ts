/**
 * Replaces Ink's `Output` in the bundle (`patches/ink/rows-of-text.ts`), which splits every text into cells for each
 * frame and rebuilds the screen from them. Here a row is the sequence of its texts; a text is cut only if another
 * covers it. The rows of a text are cached while it is on the screen.
 */
import stringWidth from 'string-width';
import { remembered } from './row-memory.ts';
import { sgrAfter } from './sgr-style.ts';

type Transformer = (row: string, index: number) => string;

/** A part of a row of the screen: its start and width, in cells. No style continues after its end. */
type Segment = { readonly x: number; readonly width: number; readonly text: string };

type Row = { readonly text: string; readonly width: number };

/** The rows of the texts of the last frame. */
let known = new Map<string, readonly Row[]>();

export class PlainOutput {
	readonly height: number;
	readonly #rows: Segment[][];
	readonly #rowsOf = new Map<string, readonly Row[]>();

	constructor({ height }: { readonly width: number; readonly height: number }) {
		this.height = height;
		this.#rows = Array.from({ length: height }, () => []);
	}

	/** Puts a text in its place, over what is there. */
	write(x: number, y: number, text: string, { transformers }: { readonly transformers: readonly Transformer[] }): void {
		if (text === '') return;
		let rows = this.#rowsOf.get(text) ?? known.get(text);
		if (rows === undefined) rows = rowsOf(text);
		this.#rowsOf.set(text, rows);
		for (const [index, row] of rows.entries()) {
			const onScreen = this.#rows[y + index];
			if (!onScreen) continue;
			const changed = transformers.reduce((now, change) => change(now, index), row.text);
			const drawn = changed === row.text ? row : measured(changed);
			if (drawn.width > 0) place(onScreen, { x, ...drawn });
		}
	}

	clip(): void {
		throw new Error('laketop draws nothing that has to be hidden (see patches/ink/plain-output.ts)');
	}

	/** The frame: its rows without the spaces at their ends. */
	get(): { output: string; height: number } {
		known = this.#rowsOf;
		return { output: this.#rows.map(joined).join('\n'), height: this.height };
	}
}

function joined(segments: Segment[]): string {
	let row = '';
	let end = 0;
	for (const { x, width, text } of segments) {
		row += ' '.repeat(x - end) + text;
		end = x + width;
	}
	return row.trimEnd();
}

/** Keeps the segments in the order of the screen, without overlaps. */
function place(segments: Segment[], added: Segment): void {
	const end = added.x + added.width;
	let at = segments.length;
	while (at > 0 && (segments[at - 1]?.x ?? 0) >= added.x) at--;
	const last = segments[at - 1];
	if (at === segments.length && (last === undefined || last.x + last.width <= added.x)) {
		segments.push(added);
		return;
	}
	const kept = segments.flatMap((segment): Segment[] => {
		const right = segment.x + segment.width;
		if (right <= added.x || segment.x >= end) return [segment];
		const before = added.x - segment.x;
		const after = end - segment.x;
		return [
			...(before > 0 ? [{ x: segment.x, width: before, text: cut(segment.text, 0, before) }] : []),
			...(right > end ? [{ x: end, width: right - end, text: cut(segment.text, after, segment.width) }] : []),
		];
	});
	segments.splice(0, segments.length, ...kept, added);
	segments.sort((a, b) => a.x - b.x);
}

const measured = remembered((text): Row => ({ text, width: stringWidth(text) }));

const sequence = /\u001B\[([\d;]*)m/g;

/** A style that is on at the end of a row continues in the next: each row gets its complete style. */
function rowsOf(text: string): readonly Row[] {
	let style = '';
	return text.split('\n').map((row): Row => {
		const before = style;
		style = styleAfter(row, before);
		return measured(
			before === '' && style === '' ? row : `${before && `\u001B[${before}m`}${row}${style && '\u001B[0m'}`,
		);
	});
}

/** Unknown sequences are left out; they change no cell's width. */
function styleAfter(row: string, before: string): string {
	const last = row.lastIndexOf('\u001B[');
	if (last < 0) return before;
	// Nearly all painted rows end like this.
	if (row.startsWith('\u001B[0m', last)) return '';
	let style = before;
	for (const [, parameters = ''] of row.matchAll(sequence)) style = sgrAfter(style, parameters) ?? style;
	return style;
}

const graphemes = new Intl.Segmenter();

/** The cells of a row from one column to before another; the rest of a wide character that is cut becomes a space. */
function cut(row: string, from: number, to: number): string {
	let style = '';
	let text = '';
	let drawn = '';
	let column = 0;
	const take = (words: string) => {
		for (const { segment } of graphemes.segment(words)) {
			const width = stringWidth(segment);
			const start = column;
			column += width;
			const seen = Math.min(column, to) - Math.max(start, from);
			if (width === 0 || seen <= 0) continue;
			if (drawn !== style) text += `\u001B[0${style && `;${style}`}m`;
			drawn = style;
			text += seen === width ? segment : ' '.repeat(seen);
		}
	};
	let end = 0;
	for (const found of row.matchAll(sequence)) {
		take(row.slice(end, found.index));
		style = sgrAfter(style, found[1] ?? '') ?? style;
		end = found.index + found[0].length;
	}
	take(row.slice(end));
	return drawn === '' ? text : `${text}\u001B[0m`;
}
