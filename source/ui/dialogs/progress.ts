import type { ActionState } from '../../model/state.ts';
import { stopwatch } from '../../presentation/format.ts';
import { ellipsize, type Line } from '../../presentation/text.ts';
import { closes, type DialogContract, type DrawContext } from './dialog.ts';
import { boxed, roomOf, widestOf, wrapped } from './drawing.ts';

/** What an action under way says of itself. */
export type ProgressDialog = {
	readonly kind: 'progress';
	/** Its id. */
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
	const { glyphs, now } = context;
	const height = Math.max(1, roomOf(context) - 3);
	const said = (action?.progress ?? []).slice(-height);
	const rows = said.map((text): Line => [{ text: ellipsize(glyphs.fold(text), width, glyphs.ellipsis) }]);
	if (!action || action.outcome === 'running') {
		const since = stopwatch(now - (action?.startedAt ?? now));
		rows.push([{ text: `${glyphs.state.running} under way ${since}. Esc hides this; it goes on`, tone: 'active' }]);
		return rows;
	}
	const { symbol, tone } = {
		done: { symbol: glyphs.state.success, tone: 'good' as const },
		failed: { symbol: glyphs.state.failed, tone: 'bad' as const },
		unknown: { symbol: glyphs.state.unknown, tone: 'warning' as const },
	}[action.outcome];
	rows.push(...wrapped(`${symbol} ${action.outcome}: ${action.message}`, width, glyphs, tone));
	rows.push([{ text: 'Esc closes', tone: 'muted' }]);
	return rows;
}
