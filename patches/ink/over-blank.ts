import { looksBlank } from './cells.ts';
import { sgrAfter, styleChange } from './sgr-style.ts';

/** Resets the style, blanks all rows and moves the cursor to the first cell. */
const eraseAll = '\u001B[0m\u001B[H\u001B[J';

/**
 * A whole frame for a screen on which nothing is known to be: erases it, and writes what is not blank. The frame starts
 * in the first row, as every frame on the alternate screen does; the cursor is at the end of the last one afterwards.
 */
export function frameOverBlank(rows: readonly string[]): string {
	return eraseAll + rows.map(overBlank).join('\n');
}

/** Moving over fewer cells than this takes more bytes than writing them. */
const nearby = 5;

const sequence = /\u001B\[([\d;]*)m/g;
const parts = / +|[^ ]+/g;
/** Controls, and characters that are drawn into the cell of the blank before them. */
const unsupported = /\p{Cc}| [\p{M}\u200D]/u;

/**
 * A row for a blank line of the screen, from its first cell: the cursor moves over blanks. Widths are not needed for it,
 * so that it supports wide characters. A row with anything but text and known styles stays as it is.
 */
export function overBlank(row: string): string {
	if (unsupported.test(row.replace(sequence, ''))) return row;
	let written = '';
	/** On at the terminal. */
	let drawn = '';
	let style = '';
	let gap = 0;
	const turnTo = (to: string) => {
		written += styleChange(drawn, to);
		drawn = to;
	};
	const take = (text: string) => {
		for (const [part] of text.matchAll(parts)) {
			if (part.startsWith(' ') && looksBlank(style)) {
				gap += part.length;
				continue;
			}
			if (gap >= nearby) written += `\u001B[${gap}C`;
			else if (gap > 0) {
				if (!looksBlank(drawn)) turnTo('');
				written += ' '.repeat(gap);
			}
			gap = 0;
			turnTo(style);
			written += part;
		}
	};
	let end = 0;
	for (const found of row.matchAll(sequence)) {
		take(row.slice(end, found.index));
		const after = sgrAfter(style, found[1] ?? '');
		if (after === null) return row;
		style = after;
		end = found.index + found[0].length;
	}
	take(row.slice(end));
	return written + styleChange(drawn, '');
}
