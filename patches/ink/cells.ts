import { narrowWidth } from '../string-width/narrow-width.ts';
import { sgrAfter } from './sgr-style.ts';

/** The cells of a row: the character and the style of each, as parameters of one SGR sequence. */
export type Cells = { readonly characters: string; readonly styles: readonly string[] };

/** Successive changed cells of one row, in one style. Rows and columns count from 0. */
export type Stretch = {
	readonly row: number;
	readonly column: number;
	readonly text: string;
	/** null: blanks; any style without background or line will do. */
	readonly style: string | null;
	/** Its last cell is the last one of the row. */
	readonly endsRow: boolean;
};

/**
 * What turns a row of the screen into another. Null for rows that are not supported here: characters of more than one
 * cell, unknown styles, rows longer than the screen.
 */
export function changedStretches(row: number, previous: string, next: string, columns: number): Stretch[] | null {
	const same = sameStart(previous, next);
	const start = cellsOf(next.slice(0, same), '');
	if (!start) return null;
	const column = start.characters.length;
	const before = cellsOf(previous.slice(same), start.end);
	const after = cellsOf(next.slice(same), start.end);
	if (!before || !after) return null;
	const end = Math.max(before.characters.length, after.characters.length);
	if (column + end > columns) return null;
	const changed: number[] = [];
	for (let at = 0; at < end; at++) if (!isSameAt(at, before, after)) changed.push(at);
	return joined(changed, after).map(([from, to, style]) => ({
		row,
		column: column + from,
		text: after.characters.slice(from, to).padEnd(to - from),
		style,
		endsRow: column + to >= columns,
	}));
}

/** Length of the common start of two rows, in characters; a sequence is not split. */
function sameStart(a: string, b: string): number {
	const most = Math.min(a.length, b.length);
	let length = 0;
	while (length < most && a.charCodeAt(length) === b.charCodeAt(length)) length++;
	const last = a.lastIndexOf('\u001B', length - 1);
	if (length === 0 || last < 0) return length;
	const ends = a.indexOf('m', last);
	return ends < 0 || ends >= length ? last : length;
}

/** A gap of more bytes than this is not written again: the shortest move over several cells, `CSI 2 C`, has four. */
const maxGapBytes = 4;

/** Changed cells in one style, with short gaps between them that have the same style: [start, end, style]. */
function joined(changed: readonly number[], cells: Cells): [from: number, to: number, style: string | null][] {
	const parts: [from: number, to: number, style: string | null][] = [];
	for (const at of changed) {
		const style = styleAt(at, cells);
		const last = parts.at(-1);
		if (last) {
			const gap = cells.characters.slice(last[1], at).padEnd(at - last[1]);
			const styles = [last[2], style, ...Array.from(gap, (_, index) => styleAt(last[1] + index, cells))];
			const one = styles.filter(found => found !== null);
			const isOne = one.every(found => found === one[0]) && (one[0] === undefined || canCarry(one[0], styles));
			if (isOne && byteLength(gap) <= maxGapBytes) {
				parts[parts.length - 1] = [last[0], at + 1, one[0] ?? null];
				continue;
			}
		}
		parts.push([at, at + 1, style]);
	}
	return parts;
}

/** A style with a background or a line shows in blanks that have none. */
const canCarry = (style: string, styles: readonly (string | null)[]) => looksBlank(style) || !styles.includes(null);

function styleAt(at: number, { characters, styles }: Cells): string | null {
	const style = styles[at] ?? '';
	return (characters[at] ?? ' ') === ' ' && looksBlank(style) ? null : style;
}

/** Bytes in UTF-8 of text without surrogate pairs, as narrow characters are. */
export function byteLength(text: string): number {
	let bytes = text.length;
	for (let at = 0; at < text.length; at++) {
		const code = text.charCodeAt(at);
		if (code > 0x7f) bytes += code > 0x7ff ? 2 : 1;
	}
	return bytes;
}

/** A row is blank after its end. */
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
