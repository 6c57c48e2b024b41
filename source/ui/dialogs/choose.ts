import { ellipsize, fit, type Line, lineWidth, oneLine, selectedLine, textWidth } from '../../presentation/text.ts';
import type { Text } from '../../words/language.ts';
import type { ChooseQuestion } from '../conversation.ts';
import { matchingChoices } from '../fuzzy.ts';
import { keyTitle } from '../keys.ts';
import { firstVisible } from '../panes/view-context.ts';
import { inserted, type TextField, textField, typed } from '../text-field.ts';
import {
	clamped,
	closes,
	type DialogContract,
	type DialogKey,
	type DialogView,
	type DrawContext,
	movingKeys,
	nameLimit,
	type Room,
	stays,
	type Turn,
} from './dialog.ts';
import { boxed, fieldLines, roomOf, smallRows, titleRows, widestOf, wrapped } from './drawing.ts';

/** A menu, or a long list that typing filters. */
export type ChooseDialog = {
	readonly kind: 'choose';
	readonly question: ChooseQuestion;
	readonly field: TextField;
	readonly index: number;
};

export function chooseDialog(question: ChooseQuestion): ChooseDialog {
	const index = question.choices.findIndex(choice => choice.id === question.selected);
	return { kind: 'choose', question, field: textField('', nameLimit), index: Math.max(0, index) };
}

const matching = ({ question, field }: ChooseDialog) =>
	question.filters ? matchingChoices(question.choices, field.text) : question.choices;

function take(dialog: ChooseDialog, index: number): Turn<ChooseDialog> {
	const { question } = dialog;
	const chosen = matching(dialog)[index];
	// Its row shows why.
	if (!chosen || chosen.refused !== undefined) return stays(chosen ? { ...dialog, index } : dialog);
	return closes({ kind: 'answer', title: question.title, next: () => question.next(chosen.id) });
}

export const choose: DialogContract<ChooseDialog> = {
	keys(dialog, { page }) {
		const { question, index } = dialog;
		return [
			{ keys: question.filters ? ['esc'] : ['esc', 'q'], turn: () => closes() },
			{ keys: ['enter'], turn: () => take(dialog, index) },
			movingKeys(page, !question.filters, by =>
				stays({ ...dialog, index: clamped(index + by, matching(dialog).length - 1) }),
			),
			...(question.filters ? [] : choiceKeys(dialog)),
		];
	},
	otherKey(dialog, key) {
		const { question, field, index } = dialog;
		const next = question.filters ? typed(field, key) : null;
		if (next === null) return stays(dialog);
		return stays({ ...dialog, field: next, index: next.text === field.text ? index : 0 });
	},
	paste: (dialog, text) =>
		stays(dialog.question.filters ? { ...dialog, field: inserted(dialog.field, text), index: 0 } : dialog),
	isTypedIn: ({ question }) => question.filters,
	question: ({ question }) => (question.filters ? null : question),
	draw,
};

/** In a menu a key chooses at once. */
function choiceKeys(dialog: ChooseDialog): DialogKey<ChooseDialog>[] {
	return dialog.question.choices.flatMap(({ key }, index) =>
		key === undefined ? [] : [{ keys: [key], turn: () => take(dialog, index) }],
	);
}

function draw(dialog: ChooseDialog, context: DrawContext): DialogView {
	const { rows, glyphs } = context;
	const { filters } = dialog.question;
	const widest = widestOf(context);
	const title = glyphs.fold(oneLine(dialog.question.title));
	const { lines, isWhole, hidden } = chooseRows(
		dialog,
		filters ? [] : titleRows(title, widest - 4),
		(!filters && rows < smallRows ? rows : roomOf(context)) - 1,
		widest - 4,
		context,
	);
	const least = filters ? Math.min(72, widest) : 34;
	const width = Math.min(widest, Math.max(least, textWidth(title) + 4, ...lines.map(line => lineWidth(line) + 4)));
	const room: Room = { page: Math.max(1, roomOf(context) - 4), limit: 0 };
	const view = boxed(context, title, width, lines, room);
	return { ...view, isWhole: view.isWhole && isWhole, hidden };
}

/** The lower border before a key answers, and after. */
const feet = {
	whole: [
		['Esc closes', 'Esc 닫기'],
		['Enter chooses, Esc closes', 'Enter 선택, Esc 닫기'],
	],
	cut: [
		['{count} in total, Esc closes', '총 {count}개, Esc 닫기'],
		['{count} in total, Enter chooses, Esc closes', '총 {count}개, Enter 선택, Esc 닫기'],
	],
} as const satisfies Record<string, readonly [Text, Text]>;

function chooseRows(
	dialog: ChooseDialog,
	title: readonly Line[],
	room: number,
	width: number,
	context: DrawContext,
): { readonly lines: readonly Line[]; readonly isWhole: boolean; readonly hidden: number } {
	const { glyphs, isAnswerable, say } = context;
	const { question, field, index } = dialog;
	const choices = matching(dialog);
	const head: readonly Line[] = question.filters ? fieldLines(field, width, context) : title;
	const height = Math.max(1, room - 2 - head.length);
	const first = firstVisible(choices.length, index, height);
	const labels = question.choices.map(choice => textWidth(glyphs.fold(oneLine(choice.label))));
	const labelWidth = Math.min(Math.floor(width * 0.65), Math.max(1, ...labels));
	const keyWidth = Math.max(0, ...question.choices.map(choice => (choice.key ? keyTitle(choice.key).length + 1 : 0)));
	const rows = choices.slice(first, first + height).map((choice, offset): Line => {
		const isChosen = first + offset === index;
		const words = oneLine(choice.refused ?? choice.hint);
		const line: Line = [
			{ text: isChosen ? `${glyphs.selected} ` : '  ', tone: 'accent' },
			...(keyWidth > 0 ? [{ text: fit(choice.key ? keyTitle(choice.key) : '', keyWidth, ''), bold: true }] : []),
			{
				text: fit(glyphs.fold(oneLine(choice.label)), labelWidth, glyphs.ellipsis),
				tone: choice.refused === undefined ? undefined : ('muted' as const),
			},
			{
				text: `  ${ellipsize(glyphs.fold(words), Math.max(0, width - labelWidth - keyWidth - 4), glyphs.ellipsis)}`,
				tone: 'muted',
			},
		];
		return isChosen ? selectedLine(line) : line;
	});
	if (rows.length === 0) rows.push([{ text: `  ${say(['no match', '일치하는 항목 없음'])}`, tone: 'muted' }]);
	const isCut = choices.length > height;
	const [closesOnly, answer] = (isCut ? feet.cut : feet.whole).map(text => say(text, { count: choices.length }));
	const isWhole = head.length + rows.length + 1 <= room - 1 && textWidth(answer ?? '') <= width;
	const foot: Line[] =
		isWhole || question.filters
			? [[{ text: (isAnswerable ? answer : closesOnly) ?? '', tone: 'muted' }]]
			: wrapped(
					say(['Enlarge the window to answer; Esc closes', '답하려면 창을 더 크게 하세요 (Esc 닫기)']),
					width,
					glyphs,
					'active',
				);
	return {
		lines: isWhole || question.filters ? [...head, ...rows, ...foot] : [...foot, ...head, ...rows].slice(0, room),
		isWhole,
		hidden: Math.max(0, choices.length - height),
	};
}
