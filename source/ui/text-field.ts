import { textWidth } from './text.ts';

/** A line of text being typed; the cursor stands before the character of that index (in graphemes). */
export type TextField = {
	readonly text: string;
	readonly cursor: number;
	/** All of it is selected: what is typed takes its place. */
	readonly isSelected?: boolean;
};

const segmenter = new Intl.Segmenter();
const graphemes = (text: string) => Array.from(segmenter.segment(text), part => part.segment);

export function textField(text: string): TextField {
	return { text, cursor: graphemes(text).length };
}

/** A field whose text is there to be replaced or kept. */
export function selectedField(text: string): TextField {
	return { ...textField(text), isSelected: text !== '' };
}

/** The field after a key, with the readline keys that shells have; null where the key is none of typing. */
export function typed(field: TextField, key: string): TextField | null {
	const { text, cursor } = field;
	if (field.isSelected && (key === 'backspace' || key === 'delete')) return textField('');
	const all = graphemes(text);
	const join = (before: readonly string[], after: readonly string[]): TextField => ({
		text: [...before, ...after].join(''),
		cursor: before.length,
	});
	const before = all.slice(0, cursor);
	const after = all.slice(cursor);
	switch (key) {
		case 'left':
		case 'ctrl-b':
			return { text, cursor: Math.max(0, cursor - 1) };
		case 'right':
		case 'ctrl-f':
			return { text, cursor: Math.min(all.length, cursor + 1) };
		case 'home':
		case 'ctrl-a':
			return { text, cursor: 0 };
		case 'end':
		case 'ctrl-e':
			return { text, cursor: all.length };
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
			const kept = before.join('').replace(/\S+\s*$/, '');
			return join(graphemes(kept), after);
		}
		case 'space':
			return inserted(field, ' ');
		default:
			// Names of keys are longer than a character.
			return graphemes(key).length === 1 ? inserted(field, key) : null;
	}
}

/** The field with a text put in at the cursor: typed, or pasted. Line breaks become spaces, control characters go. */
export function inserted(field: TextField, more: string): TextField {
	const { text, cursor } = field.isSelected ? textField('') : field;
	const all = graphemes(text);
	const clean = more.replaceAll(/\r\n|\r|\n|\t/g, ' ').replaceAll(/\p{Cc}|\p{Cf}(?<!\u200D)/gu, '');
	const before = all.slice(0, cursor).join('') + clean;
	return { text: before + all.slice(cursor).join(''), cursor: graphemes(before).length };
}

/** The part of a field that fits into so many cells with the cursor in it: text before, under and after the cursor. */
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
