import type { ActionState } from '../../model/action-state.ts';
import { stopwatch } from '../../presentation/format.ts';
import { ellipsize, type Line } from '../../presentation/text.ts';
import { render } from '../../words/message.ts';
import { closes, type DialogContract, type DrawContext } from './dialog.ts';
import { boxed, roomOf, widestOf, wrapped } from './drawing.ts';

/** The progress of an action. */
export type ProgressDialog = {
	readonly kind: 'progress';
	readonly action: string;
	readonly title: string;
};

export const progress: DialogContract<ProgressDialog> = {
	keys: () => [{ keys: ['esc', 'q', 'enter'], turn: () => closes() }],
	otherKey: dialog => ({ dialog }),
	draw(dialog, context) {
		const width = Math.min(100, widestOf(context));
		const action = context.running.find(({ id }) => id === dialog.action);
		return boxed(context, context.glyphs.fold(dialog.title), width, rowsOf(action, width - 4, context));
	},
};

function rowsOf(action: ActionState | undefined, width: number, context: DrawContext): Line[] {
	const { glyphs, now, say, language } = context;
	const height = Math.max(1, roomOf(context) - 3);
	const progress = (action?.progress ?? []).slice(-height);
	const rows = progress.map(
		(line): Line => [{ text: ellipsize(glyphs.fold(render(line, language)), width, glyphs.ellipsis) }],
	);
	if (!action || action.outcome === 'running') {
		const since = stopwatch(now - (action?.startedAt ?? now));
		const words = say(
			[
				'{symbol} running for {since}. Esc hides this; it continues',
				'{symbol} {since} 동안 진행 중. Esc로 숨겨도 계속됩니다',
			],
			{ symbol: glyphs.state.running, since },
		);
		rows.push([{ text: words, tone: 'active' }]);
		return rows;
	}
	const { symbol, tone, word } = {
		done: { symbol: glyphs.state.success, tone: 'good' as const, word: say(['done', '완료']) },
		failed: { symbol: glyphs.state.failed, tone: 'bad' as const, word: say(['failed', '실패']) },
		unknown: {
			symbol: glyphs.state.unknown,
			tone: 'warning' as const,
			word: say(['outcome unknown', '결과를 알 수 없음']),
		},
	}[action.outcome];
	rows.push(
		...wrapped(`${symbol} ${word}: ${action.message ? render(action.message, language) : ''}`, width, glyphs, tone),
	);
	rows.push([{ text: say(['Esc closes', 'Esc 닫기']), tone: 'muted' }]);
	return rows;
}
