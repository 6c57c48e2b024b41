import { closes, type DialogContract } from './dialog.ts';
import { boxed, widestOf } from './drawing.ts';

export type WaitingDialog = { readonly kind: 'waiting'; readonly title: string; readonly token: number };

export const waiting: DialogContract<WaitingDialog> = {
	keys: () => [{ keys: ['esc'], turn: () => closes() }],
	// Keys typed ahead are meant for the next dialog.
	otherKey: dialog => ({ dialog }),
	draw(dialog, context) {
		const { glyphs, say } = context;
		const words = say(
			['{symbol} waiting for an answer{dots} Esc stops waiting', '{symbol} 응답 대기 중{dots} Esc로 대기 취소'],
			{ symbol: glyphs.state.running, dots: glyphs.ellipsis },
		);
		return boxed(context, glyphs.fold(dialog.title), Math.min(60, widestOf(context)), [
			[{ text: words, tone: 'active' }],
		]);
	},
};
