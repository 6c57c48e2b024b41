import { narrowWidth } from '../string-width/narrow-width.ts';
import { sgrAfter } from './sgr-style.ts';

/** The cells of a line: the character and the style of each, as parameters of one SGR sequence. */
type Cells = { readonly characters: string; readonly styles: readonly string[] };

/**
 * The sequences that turn a line of the screen into another: for each stretch of changed cells, its start and its text.
 * Null for lines that are not supported here: characters of more than one cell, unknown styles, lines longer than the
 * screen.
 *
 * Before and after, the cursor is somewhere on the line, and no style is on.
 */
export function cellUpdate(previous: string, next: string, columns: number): string | null {
	const same = sameStart(previous, next);
	const start = cellsOf(next.slice(0, same), '');
	if (!start) return null;
	const column = start.characters.length;
	const before = cellsOf(previous.slice(same), start.end);
	const after = cellsOf(next.slice(same), start.end);
	if (!before || !after) return null;
	const end = Math.max(before.characters.length, after.characters.length);
	if (column + end > columns) return null;
	let written = '';
	let from = 0;
	while (from < end) {
		if (isSameAt(from, before, after)) {
			from++;
			continue;
		}
		let to = from + 1;
		for (let at = to; at < end && at - to < nearby; at++) if (!isSameAt(at, before, after)) to = at + 1;
		written += stretch(after, from, to, column);
		from = to;
	}
	return written;
}

/** Length of the common start of two lines, in characters; a sequence is not split. */
function sameStart(a: string, b: string): number {
	const most = Math.min(a.length, b.length);
	let length = 0;
	while (length < most && a.charCodeAt(length) === b.charCodeAt(length)) length++;
	const last = a.lastIndexOf('\u001B', length - 1);
	if (length === 0 || last < 0) return length;
	const ends = a.indexOf('m', last);
	return ends < 0 || ends >= length ? last : length;
}

/** Moving over fewer cells than this takes more bytes than writing them again. */
export const nearby = 6;

/**
 * Cursor Horizontal Absolute counts from 1.
 * @param column of the first of the cells
 */
function stretch(cells: Cells, from: number, to: number, column: number): string {
	let text = `\u001B[${column + from + 1}G`;
	let style = '';
	for (let at = from; at < to; at++) {
		const character = cells.characters[at] ?? ' ';
		const own = cells.styles[at] ?? '';
		// A blank does not show its text colour, so a change of only that needs no sequence.
		if (own !== style && !(character === ' ' && looksBlank(own) && looksBlank(style))) {
			text += style === '' ? `\u001B[${own}m` : `\u001B[0${own === '' ? '' : `;${own}`}m`;
			style = own;
		}
		text += character;
	}
	return style === '' ? text : `${text}\u001B[0m`;
}

/** A line is blank after its end. */
function isSameAt(at: number, a: Cells, b: Cells): boolean {
	const character = a.characters[at] ?? ' ';
	if (character !== (b.characters[at] ?? ' ')) return false;
	const style = a.styles[at] ?? '';
	const other = b.styles[at] ?? '';
	return style === other || (character === ' ' && looksBlank(style) && looksBlank(other));
}

const looks = new Map<string, boolean>();

/** Whether a space in that style is invisible: no background, not inverse, no line through or under it. */
export function looksBlank(style: string): boolean {
	if (style === '') return true;
	let looksSo = looks.get(style);
	if (looksSo === undefined) {
		const letters =
			/^(?:[123]|3[0-7]|9[0-7]|38;5;\d+|38;2;\d+;\d+;\d+)(?:;(?:[123]|3[0-7]|9[0-7]|38;5;\d+|38;2;\d+;\d+;\d+))*$/;
		looksSo = letters.test(style);
		// Outside text may bring any number of styles.
		if (looks.size >= 256) looks.clear();
		looks.set(style, looksSo);
	}
	return looksSo;
}

const sequence = /\u001B\[([\d;]*)m/g;

/**
 * Null unless the text consists of narrow characters and known styles.
 * @param before the style at its start
 */
function cellsOf(part: string, before: string): (Cells & { readonly end: string }) | null {
	if (narrowWidth(part) === null) return null;
	const styles: string[] = [];
	let characters = '';
	let style = before;
	let from = 0;
	const take = (to: number) => {
		characters += part.slice(from, to);
		for (let at = from; at < to; at++) styles.push(style);
	};
	sequence.lastIndex = 0;
	for (let found = sequence.exec(part); found; found = sequence.exec(part)) {
		take(found.index);
		const after = sgrAfter(style, found[1] ?? '');
		if (after === null) return null;
		style = after;
		from = sequence.lastIndex;
	}
	take(part.length);
	return { characters, styles, end: style };
}

const reset = '\u001B[0m';

/**
 * Joins successive moves to the start of the next line into one move, and leaves out styles that are reset before
 * anything is written: Ink's own update of a line repeats every style before the first change.
 */
export function joinMoves(text: string): string {
	return text
		.replace(/(?:\u001B\[E){2,}/g, moves => `\u001B[${moves.length / 3}E`)
		.replace(/(?:\u001B\[[\d;]*m){2,}/g, styles => styles.slice(Math.max(0, styles.lastIndexOf(reset))));
}
