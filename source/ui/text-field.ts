import { textWidth } from '../presentation/text.ts';

/** A line of text being typed; the cursor is before the character of that index (in graphemes). */
export type TextField = {
	readonly text: string;
	readonly cursor: number;
	/** All of it is selected: typing replaces it. */
	readonly isSelected?: boolean;
	/** Longest text in UTF-16 units; the rest is cut off. */
	readonly limit: number;
	/** The last inserted text did not fit and was cut. */
	readonly isCut?: boolean;
};

/** Longer than names and expressions that people write in a line. */
const defaultLimit = 1000;

const segmenter = new Intl.Segmenter();
const segmented = (text: string) => Array.from(segmenter.segment(text), part => part.segment);
/** The last text and its graphemes: a full field is read for each key, and does not change. */
let last: { readonly text: string; readonly all: readonly string[] } = { text: '', all: [] };
function graphemes(text: string): readonly string[] {
	if (text.length <= 1) return text === '' ? [] : [text];
	if (last.text !== text) last = { text, all: segmented(text) };
	return last.all;
}

export function textField(text: string, limit = Math.max(defaultLimit, text.length)): TextField {
	const { kept, isCut } = cutTo(limit, text);
	return { text: kept, cursor: graphemes(kept).length, limit, ...(isCut ? { isCut } : {}) };
}

/** The start of a text that fits, without half a character at its end. */
function cutTo(limit: number, text: string): { kept: string; isCut: boolean } {
	if (text.length <= limit) return { kept: text, isCut: false };
	return { kept: text.slice(0, Math.max(0, limit)).replace(/[\uD800-\uDBFF]$/, ''), isCut: true };
}

/** A field with a selected text, to replace or keep. */
export function selectedField(text: string, limit?: number): TextField {
	return { ...textField(text, limit), isSelected: text !== '' };
}

/** The field after a key, with the readline keys of shells; null if the key edits nothing. */
export function typed(field: TextField, key: string): TextField | null {
	const { text, cursor, limit } = field;
	if (field.isSelected && (key === 'backspace' || key === 'delete')) return textField('', limit);
	const all = graphemes(text);
	const join = (before: readonly string[], after: readonly string[]): TextField => ({
		text: [...before, ...after].join(''),
		cursor: before.length,
		limit,
	});
	const before = all.slice(0, cursor);
	const after = all.slice(cursor);
	switch (key) {
		case 'left':
		case 'ctrl-b':
			return { text, cursor: Math.max(0, cursor - 1), limit };
		case 'right':
		case 'ctrl-f':
			return { text, cursor: Math.min(all.length, cursor + 1), limit };
		case 'home':
		case 'ctrl-a':
			return { text, cursor: 0, limit };
		case 'end':
		case 'ctrl-e':
			return { text, cursor: all.length, limit };
		case 'backspace':
		case 'ctrl-h':
			return join(before.slice(0, -1), after);
		case 'delete':
		case 'ctrl-d':
			return join(before, after.slice(1));
		case 'ctrl-u':
			return join([], after);
		case 'ctrl-k':
			return join(before, []);
		case 'ctrl-w': {
			const kept = before.join('').replace(/(?<!\S)\S+\s*$/, '');
			return join(graphemes(kept), after);
		}
		case 'space':
			return inserted(field, ' ');
		default:
			// Names of keys are longer than a character.
			return graphemes(key).length === 1 ? inserted(field, key) : null;
	}
}

/**
 * The field with a text inserted at the cursor, typed or pasted. Line breaks become spaces; control characters are
 * removed.
 */
export function inserted(field: TextField, more: string): TextField {
	const { limit } = field;
	const { text, cursor } = field.isSelected ? textField('', limit) : field;
	if (text.length >= limit) return more === '' || field.isCut ? field : { ...field, isCut: true };
	const all = graphemes(text);
	// Cut before any other work: a paste may have any length.
	const { kept, isCut } = cutTo(limit - text.length, more);
	const clean = kept.replaceAll(/\r\n|\r|\n|\t/g, ' ').replaceAll(/\p{Cc}|\p{Cf}(?<!\u200D)/gu, '');
	const before = all.slice(0, cursor).join('') + clean;
	const whole = before + all.slice(cursor).join('');
	return { text: whole, cursor: graphemes(before).length, limit, ...(isCut ? { isCut } : {}) };
}

/**
 * The part of a field that fits into a number of cells and contains the cursor: the text before, under and after the
 * cursor.
 */
export function fieldWindow(field: TextField, width: number): { before: string; at: string; after: string } {
	const all = graphemes(field.text);
	const at = all[field.cursor] ?? ' ';
	let start = field.cursor;
	let used = textWidth(at);
	while (start > 0 && used + textWidth(all[start - 1] ?? '') <= width) used += textWidth(all[--start] ?? '');
	let end = field.cursor + 1;
	while (end < all.length && used + textWidth(all[end] ?? '') <= width) used += textWidth(all[end++] ?? '');
	return { before: all.slice(start, field.cursor).join(''), at, after: all.slice(field.cursor + 1, end).join('') };
}
