import { fit, type Line, textWidth, wrapText } from '../../presentation/text.ts';
import type { Text } from '../../words/language.ts';
import type { Page } from '../conversation.ts';
import { closes, type DialogContract, scrollingKeys } from './dialog.ts';
import { boxed, hintRows, roomOf, scrolled, widestOf } from './drawing.ts';

export type PageDialog = { readonly kind: 'page'; readonly page: Page; readonly scroll: number };

export function pageDialog(page: Page, scroll = 0): PageDialog {
	return { kind: 'page', page, scroll };
}

/** What `y` copies. */
function copied({ copies, copiesWhat, lines }: Page): { readonly text: string; readonly what: Text } {
	if (copies === undefined) return { text: lines.map(line => line.text).join('\n'), what: ['page', '페이지'] };
	return { text: copies, what: copiesWhat ?? ['text', '내용'] };
}

export const page: DialogContract<PageDialog> = {
	keys(dialog, room) {
		const { also = [], leads = [], back, title } = dialog.page;
		return [
			{
				keys: ['esc', 'q', 'enter', 'left'],
				turn: () => closes(back ? { kind: 'answer', title, next: back } : undefined),
			},
			...leads.map(({ key, label, next }) => ({
				keys: [key],
				turn: () => closes({ kind: 'answer', title: label, next }),
			})),
			{ keys: ['y'], turn: () => ({ dialog, effect: { kind: 'copy', ...copied(dialog.page) } }) },
			...also.map(({ key, text, what }) => ({
				keys: [key],
				turn: () => ({ dialog, effect: { kind: 'copy' as const, text, what } }),
			})),
			scrollingKeys(dialog, room),
		];
	},
	otherKey: dialog => ({ dialog }),
	draw(dialog, context) {
		const { glyphs, say } = context;
		const { title, lines, leads = [], back, image, note = say(['y copies it', 'y 복사']) } = dialog.page;
		// A bare comma would read as one of those that separate the keys.
		const keys = [...leads.map(({ key, label }) => `${key === ',' ? '","' : key} ${label}`), note].join(', ');
		const footText = say(
			back ? ['{keys}, Esc goes back', '{keys}, Esc 뒤로'] : ['{keys}, Esc closes', '{keys}, Esc 닫기'],
			{ keys },
		);
		const widths = [footText, ...lines.map(({ text }) => text)].map(text => textWidth(glyphs.fold(text)) + 4);
		// Not Math.max(...): a page of a hundred thousand lines exceeds the arguments of a call.
		const width = Math.min(
			widestOf(context),
			widths.reduce((most, one) => Math.max(most, one), image ? widestOf(context) : 60),
		);
		const all = lines.flatMap(line =>
			wrapText(glyphs.fold(line.text), width - 4).map((text): Line => [{ text, tone: line.tone, bold: line.bold }]),
		);
		// Keys that lead on are worth two rows; a note alone is not.
		const foot =
			leads.length > 0
				? hintRows(footText, width - 4, glyphs).slice(0, 2)
				: [[{ text: fit(footText, width - 4, glyphs.ellipsis), tone: 'muted' as const }]];
		const room = roomOf(context) - foot.length;
		const drawn = image?.({ columns: width - 4, rows: room - 2 - all.length }, glyphs);
		const seen = scrolled([...all, ...(drawn?.lines ?? [])], dialog.scroll, room);
		const howFar =
			seen.limit > 0 ? ` ${glyphs.dot} ${Math.min(all.length, dialog.scroll + seen.page)}/${all.length}` : '';
		const box = boxed(context, `${glyphs.fold(title)}${howFar}`, width, [...seen.lines, ...foot], seen);
		if (!drawn?.file || seen.limit > 0 || !box.isWhole) return box;
		const { cells, file } = drawn;
		// Below the border, the lines and an empty row; right of the border and a space.
		const rectangle = { x: 2, y: all.length + 2, width: cells.columns, height: cells.rows };
		return { ...box, image: { rectangle, file } };
	},
};
