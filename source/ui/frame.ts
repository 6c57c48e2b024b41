import type { Glyphs } from '../presentation/glyphs.ts';
import { fitInto, fitLine, type Line, lineWidth, type Span } from '../presentation/text.ts';
import type { Rectangle } from './layout.ts';

export type Frame = {
	readonly rectangle: Rectangle;
	/** Columns of the whole screen: a pane that ends there draws its right border. */
	readonly columns: number;
	/** Whether a pane lies above, whose side borders continue. */
	readonly hasAbove: boolean;
	readonly hasLeft: boolean;
	/** Column where the border between two panes above meets this upper border; null if there is none. */
	readonly footAt?: number | null;
	readonly heading: Line;
	readonly title: readonly Line[];
	readonly focused: boolean;
};

/** Cells between the borders of a pane: one border and a space on each side. */
export function innerWidth(rectangle: Rectangle): number {
	return Math.max(0, rectangle.width - 4);
}

/** A pane with its borders: the title is in the upper one; the lower one belongs to the next pane or the key bar. */
export function framed(frame: Frame, rows: readonly Line[], glyphs: Glyphs): Line[] {
	const { rectangle, columns } = frame;
	const isLastColumn = rectangle.x + rectangle.width >= columns;
	const inner = innerWidth(rectangle);
	const left: Span = { text: `${glyphs.line.vertical} `, tone: 'muted' };
	const right: Span = { text: isLastColumn ? ` ${glyphs.line.vertical}` : '  ', tone: 'muted' };
	const all: Line[] = [titleLine(frame, glyphs, isLastColumn)];
	for (let index = 0; index < rectangle.height - 1; index++) {
		const line: Span[] = [left];
		fitInto(line, rows[index] ?? [], inner, glyphs.ellipsis);
		line.push(right);
		all.push(line);
	}
	return all;
}

function titleLine(
	{ rectangle, hasAbove, hasLeft, heading, title, focused, footAt = null }: Frame,
	glyphs: Glyphs,
	isLastColumn: boolean,
): Line {
	const { line } = glyphs;
	const left = hasLeft ? line.teeDown : hasAbove ? line.teeLeft : line.topLeft;
	const right = isLastColumn ? (hasAbove ? line.teeRight : line.topRight) : '';
	const room = rectangle.width - 1 - (isLastColumn ? 1 : 0);
	const emphasis: Partial<Span> = focused ? { tone: 'accent', bold: true } : { bold: true };
	const words: Span[] = [
		{ text: focused ? glyphs.selected : ' ', ...emphasis },
		...heading.map(span => ({ ...span, ...emphasis })),
		{ text: ' ' },
	];
	// A part that does not fit is left out whole; the first part, the subject, is cut instead.
	for (const [index, part] of title.entries()) {
		const spans: Line = [{ text: `${line.horizontal} `, tone: 'muted' }, ...part, { text: ' ' }];
		if (index > 0 && lineWidth(words) + lineWidth(spans) > room) break;
		words.push(...spans);
	}
	const fitted = lineWidth(words) > room ? fitLine(words, room, glyphs.ellipsis) : words;
	const used = lineWidth(fitted);
	let rest = line.horizontal.repeat(Math.max(0, room - used));
	// Only after the title: the title is not cut for a border.
	const foot = footAt === null ? -1 : footAt - rectangle.x - 1 - used;
	if (foot >= 0 && foot < rest.length) rest = rest.slice(0, foot) + line.teeUp + rest.slice(foot + 1);
	return [{ text: left, tone: 'muted' }, ...fitted, { text: rest + right, tone: 'muted' }];
}

/** A box that lies over the panes. */
export function boxed(width: number, title: string, rows: readonly Line[], glyphs: Glyphs): Line[] {
	const { line } = glyphs;
	const inner = Math.max(0, width - 4);
	const top = fitLine(
		[{ text: ` ${title} `, bold: true }],
		Math.min(width - 2, lineWidth([{ text: ` ${title} ` }])),
		glyphs.ellipsis,
	);
	const accent = { tone: 'accent' as const };
	return [
		[
			{ text: line.topLeft, ...accent },
			...top,
			{ text: line.horizontal.repeat(Math.max(0, width - 2 - lineWidth(top))) + line.topRight, ...accent },
		],
		...rows.map(
			(row): Line => [
				{ text: `${line.vertical} `, ...accent },
				...fitLine(row, inner, glyphs.ellipsis),
				{ text: ` ${line.vertical}`, ...accent },
			],
		),
		[{ text: line.bottomLeft + line.horizontal.repeat(Math.max(0, width - 2)) + line.bottomRight, ...accent }],
	];
}
