/** How many cells a character takes in the emulated terminal. */
import type { IUnicodeVersionProvider } from '@xterm/headless';
import { eastAsianWidth } from 'get-east-asian-width';

// Marks drawn over the character before, format characters (ZWJ, variation selectors), and the vowels and final
// consonants of conjoining Hangul, which join the leading consonant's cell.
const zeroWidth = /^[\p{Mn}\p{Me}\p{Cf}\u1160-\u11FF\uD7B0-\uD7FF]$/u;
// A format character by its category, but terminals draw it as a hyphen.
const softHyphen = 0xad;

/** The width of one code point: 0 for marks, 2 for East Asian wide ones, and optionally for ambiguous ones. */
export function codePointWidth(codePoint: number, ambiguousWide = false): 0 | 1 | 2 {
	if (codePoint < 0x20 || (codePoint >= 0x7f && codePoint < 0xa0)) {
		return 0;
	}
	if (codePoint < 0x7f) {
		return 1;
	}
	if (codePoint !== softHyphen && zeroWidth.test(String.fromCodePoint(codePoint))) {
		return 0;
	}
	return eastAsianWidth(codePoint, { ambiguousAsWide: ambiguousWide });
}

/** One entry per cell: the character with its marks; an empty string for the second half of a wide one. */
export function cellsOf(row: string, ambiguousWide = false): string[] {
	const cells: string[] = [];
	let last = -1;
	for (const character of row) {
		const width = codePointWidth(character.codePointAt(0) ?? 0, ambiguousWide);
		if (width === 0 && last >= 0) {
			cells[last] += character;
		}
		if (width > 0) {
			last = cells.push(character) - 1;
		}
		if (width === 2) {
			cells.push('');
		}
	}
	return cells;
}

/** xterm.js packs width and "belongs to the character before" into a number (its UnicodeService). */
const packedWidth = (packed: number) => (packed >> 1) & 3;
const pack = (width: number, joins: boolean) => (width << 1) | (joins ? 1 : 0);

/** Widths of the current Unicode version for xterm.js, whose built-in table is of version 6. */
export function widthProvider(ambiguousWide: boolean): IUnicodeVersionProvider {
	return {
		version: ambiguousWide ? 'current-ambiguous-wide' : 'current',
		wcwidth: codePoint => codePointWidth(codePoint, ambiguousWide),
		charProperties(codePoint, preceding) {
			const width = codePointWidth(codePoint, ambiguousWide);
			const before = packedWidth(preceding);
			return width === 0 && before > 0 ? pack(before, true) : pack(width, false);
		},
	};
}
