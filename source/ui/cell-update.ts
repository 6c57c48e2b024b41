import { narrowWidth } from './narrow-width.ts';

/** A cell of a line: its character, and the style that it is drawn in as the parameters of one SGR sequence. */
type Cell = { readonly character: string; readonly style: string };

/**
 * What turns a line of the screen into another: of each stretch of changed cells, where it begins and what is written.
 * Null where that is not told here: characters that are not one cell wide, unknown styles, a line longer than the screen.
 *
 * The cursor is somewhere on the line, and no style is on, before and after.
 */
export function cellUpdate(previous: string, next: string, columns: number): string | null {
	const before = cellsOf(previous);
	const after = cellsOf(next);
	if (!before || !after || before.length > columns || after.length > columns) return null;
	const end = Math.max(before.length, after.length);
	let written = '';
	let from = 0;
	while (from < end) {
		if (isSame(before[from] ?? blank, after[from] ?? blank)) {
			from++;
			continue;
		}
		let to = from + 1;
		for (let at = to; at < end && at - to < nearby; at++)
			if (!isSame(before[at] ?? blank, after[at] ?? blank)) to = at + 1;
		written += stretch(after, from, to);
		from = to;
	}
	return written;
}

const blank: Cell = { character: ' ', style: '' };

/** To move over fewer cells than this takes more bytes than to write them once more. */
const nearby = 6;

/** Cursor Horizontal Absolute counts from 1. */
function stretch(cells: readonly Cell[], from: number, to: number): string {
	let text = `\u001B[${from + 1}G`;
	let style = '';
	for (let at = from; at < to; at++) {
		const cell = cells[at] ?? blank;
		// No colour of a blank is seen where nothing but the colour of its letters changes.
		if (cell.style !== style && !(cell.character === ' ' && looksBlank(cell.style) && looksBlank(style))) {
			text += style === '' ? `\u001B[${cell.style}m` : `\u001B[0${cell.style === '' ? '' : `;${cell.style}`}m`;
			style = cell.style;
		}
		text += cell.character;
	}
	return style === '' ? text : `${text}\u001B[0m`;
}

function isSame(a: Cell, b: Cell): boolean {
	if (a.character !== b.character) return false;
	return a.style === b.style || (a.character === ' ' && looksBlank(a.style) && looksBlank(b.style));
}

/** Whether a space in that style is seen as nothing: no background, not inverse, no line through or under it. */
function looksBlank(style: string): boolean {
	return (
		style === '' ||
		/^(?:[123]|3[0-7]|9[0-7]|38;5;\d+|38;2;\d+;\d+;\d+)(?:;(?:[123]|3[0-7]|9[0-7]|38;5;\d+|38;2;\d+;\d+;\d+))*$/.test(
			style,
		)
	);
}

const sequence = /\u001B\[([\d;]*)m/y;

function cellsOf(line: string): Cell[] | null {
	if (narrowWidth(line) === null) return null;
	const cells: Cell[] = [];
	const styles = new Map<string, string>();
	let style = '';
	for (let at = 0; at < line.length; ) {
		sequence.lastIndex = at;
		const found = line[at] === '\u001B' ? sequence.exec(line) : null;
		if (found) {
			if (!apply(styles, found[1] ?? '')) return null;
			style = [...styles.values()].join(';');
			at = sequence.lastIndex;
		} else {
			cells.push({ character: line[at] ?? '', style });
			at++;
		}
	}
	return cells;
}

/** Which style a parameter turns on, and what turns it off (ECMA-48, 8.3.117 SGR). */
const switchedOn: Readonly<Record<string, string>> = {
	1: 'bold',
	2: 'dim',
	3: 'italic',
	4: 'underline',
	7: 'inverse',
	9: 'struck',
};
const switchedOff: Readonly<Record<string, readonly string[]>> = {
	22: ['bold', 'dim'],
	23: ['italic'],
	24: ['underline'],
	27: ['inverse'],
	29: ['struck'],
	39: ['colour'],
	49: ['background'],
};
/** Always in this order, so that the same style is the same text. */
const order = ['bold', 'dim', 'italic', 'underline', 'inverse', 'struck', 'colour', 'background'];

/** False for a parameter that is not known here. */
function apply(styles: Map<string, string>, parameters: string): boolean {
	const words = parameters === '' ? ['0'] : parameters.split(';');
	for (let at = 0; at < words.length; at++) {
		const word = String(Number(words[at] || '0'));
		const on = switchedOn[word];
		const off = switchedOff[word];
		if (word === '0') styles.clear();
		else if (on !== undefined) set(styles, on, word);
		else if (off !== undefined) for (const name of off) styles.delete(name);
		else if (/^(?:3|9)[0-7]$/.test(word)) set(styles, 'colour', word);
		else if (/^(?:4|10)[0-7]$/.test(word)) set(styles, 'background', word);
		else if (word === '38' || word === '48') {
			const length = words[at + 1] === '5' ? 3 : words[at + 1] === '2' ? 5 : 0;
			if (length === 0 || at + length > words.length) return false;
			set(styles, word === '38' ? 'colour' : 'background', words.slice(at, at + length).join(';'));
			at += length - 1;
		} else return false;
	}
	return true;
}

function set(styles: Map<string, string>, name: string, value: string): void {
	styles.set(name, value);
	if (styles.size === 1) return;
	const kept = order.flatMap((key): [string, string][] => (styles.has(key) ? [[key, styles.get(key) ?? '']] : []));
	styles.clear();
	for (const [key, one] of kept) styles.set(key, one);
}

/** Moves to the beginning of the next line, one after the other, as one move. */
export function joinMoves(text: string): string {
	return text.replace(/(?:\u001B\[E){2,}/g, moves => `\u001B[${moves.length / 3}E`);
}
