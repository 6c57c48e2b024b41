import type { Glyphs } from '../../presentation/glyphs.ts';
import { type Line, type Span, textWidth, wrapText } from '../../presentation/text.ts';
import type { Text } from '../../words/language.ts';
import { boxed as frameBox } from '../frame.ts';
import { fieldWindow, type TextField, textField } from '../text-field.ts';
import type { DialogView, DrawContext, Room } from './dialog.ts';

/** With fewer rows a question takes the whole screen. */
export const smallRows = 14;
export const tooSmall: Text = ['Enlarge the window to answer', '답하려면 창을 더 크게 하세요'];

/** The largest size of a dialog, in cells. */
export const widestOf = ({ columns }: DrawContext): number => Math.max(10, columns - 4);
export const roomOf = ({ rows }: DrawContext): number => Math.max(1, rows - 4);

export function boxed(
	{ columns, rows, glyphs }: DrawContext,
	title: string,
	width: number,
	lines: readonly Line[],
	{ page, limit }: Room = { page: lines.length, limit: 0 },
): DialogView {
	const drawn = frameBox(width, title, lines, glyphs);
	const height = Math.min(drawn.length, rows);
	const x = Math.max(0, Math.floor((columns - width) / 2));
	const y = Math.max(0, Math.floor((rows - height) / 2));
	const isWhole = drawn.length <= rows && width <= columns;
	return { rectangle: { x, y, width, height }, rows: drawn.slice(0, height), page, limit, isWhole, hidden: 0 };
}

export function scrolled(
	all: readonly Line[],
	scroll: number,
	room: number,
): Room & { readonly lines: readonly Line[]; readonly first: number } {
	const page = Math.max(1, room - 2);
	const limit = Math.max(0, all.length - page);
	const first = Math.max(0, Math.min(scroll, limit));
	return { lines: all.slice(first, first + page), first, page, limit };
}

/** A title too long for the frame: it names the targets, so it must be readable in full. */
export function titleRows(title: string, width: number): Line[] {
	return textWidth(title) <= width ? [] : wrapText(title, width).map((text): Line => [{ text, bold: true }]);
}

export function wrapped(text: string, width: number, glyphs: Glyphs, tone?: Span['tone']): Line[] {
	return wrapText(glyphs.fold(text), width).map((row): Line => [{ text: row, tone }]);
}

/** Key hints, as `Tab JSON, Esc cancels`: a row ends between two of them, so that a key stays with its word. */
export function hintRows(hints: string, width: number, glyphs: Glyphs): Line[] {
	const rows: string[] = [];
	// A key may be a comma itself: `, compare`.
	const all = hints.split(/(?<!, ), /).map((hint, index, { length }) => (index + 1 < length ? `${hint},` : hint));
	for (const hint of all) {
		const last = rows.at(-1);
		if (last !== undefined && textWidth(`${last} ${hint}`) <= width) rows[rows.length - 1] = `${last} ${hint}`;
		else rows.push(hint);
	}
	return rows.flatMap(row => wrapped(row, width, glyphs, 'muted'));
}

/** The cursor is a reversed cell. */
export function fieldLine(field: TextField, width: number, glyphs: Glyphs, lead = '> '): Line {
	const { before, at, after } = fieldWindow(field, Math.max(2, width - textWidth(lead) - 1));
	return [
		{ text: lead, tone: 'accent', bold: true },
		{ text: glyphs.fold(before), inverse: field.isSelected },
		{ text: glyphs.fold(at), inverse: true },
		{ text: glyphs.fold(after) },
	];
}

/** The field, and a note where a pasted text was cut. */
export function fieldLines(
	field: TextField,
	width: number,
	{ glyphs, say }: Pick<DrawContext, 'glyphs' | 'say'>,
): Line[] {
	return [fieldLine(field, width, glyphs), ...cutNote(field, width, { glyphs, say })];
}

export function cutNote(
	{ isCut, limit }: TextField,
	width: number,
	{ glyphs, say }: Pick<DrawContext, 'glyphs' | 'say'>,
): Line[] {
	if (!isCut) return [];
	const words = say(
		['Cut to {limit} characters, the limit of this field', '이 입력란의 최대 길이인 {limit}자로 잘렸습니다'],
		{ limit },
	);
	return wrapped(words, width, glyphs, 'active');
}

/** Hides secrets, also while they are typed. */
export function maskedField(field: TextField, masked: (text: string) => string): TextField {
	const shown = masked(field.text);
	if (shown === field.text) return field;
	const { cursor, ...rest } = textField(shown, Math.max(field.limit, shown.length));
	return { ...rest, cursor, ...(field.isSelected ? { isSelected: true } : {}) };
}
