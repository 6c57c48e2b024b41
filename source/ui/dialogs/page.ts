import { fit, type Line, textWidth, wrapText } from '../../presentation/text.ts';
import type { Text } from '../../words/language.ts';
import type { Page } from '../conversation.ts';
import { closes, type DialogContract, scrollingKeys } from './dialog.ts';
import { boxed, roomOf, scrolled, widestOf } from './drawing.ts';

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
		const { also = [] } = dialog.page;
		return [
			{ keys: ['esc', 'q', 'enter', 'left'], turn: () => closes() },
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
		const { title, lines, note = say(['y copies it', 'y 복사']) } = dialog.page;
		const footText = say(['{note}, Esc closes', '{note}, Esc 닫기'], { note });
		const widths = [footText, ...lines.map(({ text }) => text)].map(text => textWidth(glyphs.fold(text)) + 4);
		// Not Math.max(...): a page of a hundred thousand lines exceeds the arguments of a call.
		const width = Math.min(
			widestOf(context),
			widths.reduce((most, one) => Math.max(most, one), 60),
		);
		const all = lines.flatMap(line =>
			wrapText(glyphs.fold(line.text), width - 4).map((text): Line => [{ text, tone: line.tone, bold: line.bold }]),
		);
		const foot: Line = [{ text: fit(footText, width - 4, glyphs.ellipsis), tone: 'muted' }];
		const seen = scrolled(all, dialog.scroll, roomOf(context) - 1);
		const howFar =
			seen.limit > 0 ? ` ${glyphs.dot} ${Math.min(all.length, dialog.scroll + seen.page)}/${all.length}` : '';
		return boxed(context, `${glyphs.fold(title)}${howFar}`, width, [...seen.lines, foot], seen);
	},
};
