import type { Action, ActionGroup } from '../actions/action.ts';
import { boxed } from './frame.ts';
import type { Glyphs } from './glyphs.ts';
import { keyTitle } from './keys.ts';
import { paneIds, type Rectangle } from './layout.ts';
import { firstVisible } from './panes/view-context.ts';
import { ellipsize, fit, type Line, lineWidth, type Span, wrapText } from './text.ts';
import type { Overlay } from './view-state.ts';

export type OverlayView = { readonly rectangle: Rectangle; readonly rows: readonly Line[] };

/** What lies over the panes: a question, a choice, the help; in the middle, as large as it needs to be. */
export function overlayView(
	overlay: Overlay,
	actions: readonly Action[],
	columns: number,
	rows: number,
	glyphs: Glyphs,
): OverlayView {
	const widest = Math.max(10, columns - 4);
	const room = Math.max(1, rows - 4);
	switch (overlay.kind) {
		case 'confirm': {
			const width = Math.min(76, widest);
			return centred(
				boxed(width, `${glyphs.fold(overlay.plan.title)}?`, confirmRows(overlay, width - 4, glyphs), glyphs),
				width,
				columns,
				rows,
			);
		}
		case 'choose': {
			const lines = chooseRows(overlay, room - 1, widest - 4, glyphs);
			const width = Math.min(widest, Math.max(30, ...lines.map(line => lineWidth(line) + 4)));
			return centred(boxed(width, overlay.title, lines, glyphs), width, columns, rows);
		}
		case 'help': {
			const width = Math.min(84, widest);
			const all = helpRows(actions, width - 4, glyphs);
			const first = Math.max(0, Math.min(overlay.scroll, all.length - (room - 2)));
			const shown = all.slice(first, first + room - 2);
			const more = all.length > shown.length ? 'Up/Down scroll, Esc closes' : 'Esc closes';
			return centred(boxed(width, `Keys ${glyphs.dot} ${more}`, shown, glyphs), width, columns, rows);
		}
	}
}

/** How far the help can be scrolled on this screen. */
export function helpScrollLimit(actions: readonly Action[], columns: number, rows: number, glyphs: Glyphs): number {
	const width = Math.min(84, Math.max(10, columns - 4));
	return Math.max(0, helpRows(actions, width - 4, glyphs).length - Math.max(1, rows - 6));
}

function centred(lines: readonly Line[], width: number, columns: number, rows: number): OverlayView {
	const height = Math.min(lines.length, rows);
	return {
		rectangle: {
			x: Math.max(0, Math.floor((columns - width) / 2)),
			y: Math.max(0, Math.floor((rows - height) / 2)),
			width,
			height,
		},
		rows: lines.slice(0, height),
	};
}

function confirmRows({ plan, isYes }: Extract<Overlay, { kind: 'confirm' }>, width: number, glyphs: Glyphs): Line[] {
	const rows: Line[] = [];
	for (const sentence of plan.asks) {
		for (const row of wrapText(glyphs.fold(sentence), width)) rows.push([{ text: row }]);
	}
	rows.push([{ text: '' }]);
	for (const row of wrapText(glyphs.fold(`$ ${plan.command}`), width)) rows.push([{ text: row, tone: 'muted' }]);
	rows.push([{ text: '' }]);
	const button = (text: string, isChosen: boolean): Span => ({
		text: isChosen ? `[ ${text} ]` : `  ${text}  `,
		inverse: isChosen,
		bold: true,
	});
	rows.push([
		button('n Cancel', !isYes),
		{ text: '   ' },
		button(`y Yes, ${glyphs.fold(plan.title.split(' ')[0] ?? '')}`, isYes),
	]);
	return rows;
}

function chooseRows(
	{ choices, index }: Extract<Overlay, { kind: 'choose' }>,
	room: number,
	width: number,
	glyphs: Glyphs,
): Line[] {
	const height = Math.max(1, room - 2);
	const first = firstVisible(choices.length, index, height);
	const labelWidth = Math.min(
		Math.floor(width * 0.65),
		Math.max(...choices.map(choice => lineWidth([{ text: glyphs.fold(choice.label) }]))),
	);
	const rows = choices.slice(first, first + height).map((choice, offset): Line => {
		const isChosen = first + offset === index;
		const line: Line = [
			{ text: isChosen ? `${glyphs.selected} ` : '  ', tone: 'accent' },
			{ text: fit(glyphs.fold(choice.label), labelWidth, glyphs.ellipsis) },
			{
				text: `  ${ellipsize(glyphs.fold(choice.hint), Math.max(0, width - labelWidth - 4), glyphs.ellipsis)}`,
				tone: 'muted',
			},
		];
		return isChosen ? line.map(span => ({ ...span, inverse: true })) : line;
	});
	return [...rows, [{ text: 'Enter chooses, Esc closes', tone: 'muted' }]];
}

const groupTitles: Readonly<Record<ActionGroup, string>> = {
	change: 'Change (asks first)',
	look: 'Look',
	move: 'Move',
	program: 'Program',
};

function helpRows(actions: readonly Action[], width: number, glyphs: Glyphs): Line[] {
	const rows: Line[] = [];
	for (const [group, title] of Object.entries(groupTitles)) {
		const of = actions.filter(action => action.group === group);
		if (of.length === 0) continue;
		if (rows.length > 0) rows.push([{ text: '' }]);
		rows.push([{ text: title, bold: true, tone: 'accent' }]);
		for (const action of of) {
			const keys = action.keys.map(keyTitle).join(', ');
			const where = action.panes && action.panes.length < paneIds.length ? ` (in ${action.panes.join(' and ')})` : '';
			const [first = '', ...others] = wrapText(action.help + where, Math.max(10, width - 18));
			rows.push([{ text: `  ${fit(keys, 15, glyphs.ellipsis)} `, bold: true }, { text: first }]);
			for (const row of others) rows.push([{ text: ' '.repeat(18) }, { text: row }]);
		}
	}
	return rows;
}
