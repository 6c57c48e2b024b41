import type { Glyphs } from '../../presentation/glyphs.ts';
import {
	ellipsize,
	fit,
	type Line,
	lineWidth,
	oneLine,
	selectedLine,
	textWidth,
	wrapText,
} from '../../presentation/text.ts';
import type { Text } from '../../words/language.ts';
import type { Choice, ChooseQuestion } from '../conversation.ts';
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
	const { isAnswerable, glyphs, say } = context;
	const { question, field, index } = dialog;
	const choices = matching(dialog);
	const head: readonly Line[] = question.filters ? fieldLines(field, width, context) : title;
	const columns = columnsOf(question, width, glyphs);
	const space = Math.max(1, room - 2 - head.length);
	const about = aboutRows(question, choices[index], columns, width, space, glyphs);
	const height = Math.max(1, space - about.length);
	const first = firstVisible(choices.length, index, height);
	const rows = choices
		.slice(first, first + height)
		.map((choice, offset) => choiceRow(choice, first + offset === index, columns, glyphs));
	if (rows.length === 0) rows.push([{ text: `  ${say(['no match', '일치하는 항목 없음'])}`, tone: 'muted' }]);
	const isCut = choices.length > height;
	const [closesOnly, answer] = (isCut ? feet.cut : feet.whole).map(text => say(text, { count: choices.length }));
	const isWhole = head.length + rows.length + about.length + 1 <= room - 1 && textWidth(answer ?? '') <= width;
	const foot: Line[] =
		isWhole || question.filters
			? [[{ text: (isAnswerable ? answer : closesOnly) ?? '', tone: 'muted' }]]
			: wrapped(
					say(['Enlarge the window to answer; Esc closes', '답하려면 창을 더 크게 하세요 (Esc 닫기)']),
					width,
					glyphs,
					'active',
				);
	const body = [...head, ...rows, ...about];
	return {
		lines: isWhole || question.filters ? [...body, ...foot] : [...foot, ...body].slice(0, room),
		isWhole,
		hidden: Math.max(0, choices.length - height),
	};
}

/** Cells of the columns. They are the same for all choices, so that nothing moves while the list scrolls. */
type Columns = {
	readonly key: number;
	readonly label: number;
	/** A label that is longer than the column moves its words to the right, up to here. */
	readonly widest: number;
	readonly width: number;
};

/** The part of the labels of a long list that its column holds: a few long names leave no room for the words of all. */
const fittingLabels = 0.75;

function columnsOf({ choices, filters }: ChooseQuestion, width: number, glyphs: Glyphs): Columns {
	const labels = choices.map(choice => labelOf(choice, glyphs).width).toSorted((a, b) => a - b);
	const widest = Math.min(Math.floor(width * 0.65), Math.max(1, labels.at(-1) ?? 1));
	const usual = filters ? labels[Math.floor((labels.length - 1) * fittingLabels)] : undefined;
	const key = Math.max(0, ...choices.map(choice => (choice.key ? keyTitle(choice.key).length + 1 : 0)));
	return { key, label: Math.min(widest, Math.max(1, usual ?? widest)), widest, width };
}

function labelOf({ label }: Choice, glyphs: Glyphs): { readonly text: string; readonly width: number } {
	const text = glyphs.fold(oneLine(label));
	return { text, width: textWidth(text) };
}

const labelWidth = (choice: Choice, { label, widest }: Columns, glyphs: Glyphs) =>
	Math.max(label, Math.min(widest, labelOf(choice, glyphs).width));

/** Cells that are left for the words of a choice. */
const roomForWords = (choice: Choice, columns: Columns, glyphs: Glyphs) =>
	Math.max(0, columns.width - labelWidth(choice, columns, glyphs) - columns.key - 4);

function choiceRow(choice: Choice, isChosen: boolean, columns: Columns, glyphs: Glyphs): Line {
	const line: Line = [
		{ text: isChosen ? `${glyphs.selected} ` : '  ', tone: 'accent' },
		...(columns.key > 0 ? [{ text: fit(choice.key ? keyTitle(choice.key) : '', columns.key, ''), bold: true }] : []),
		{
			text: fit(labelOf(choice, glyphs).text, labelWidth(choice, columns, glyphs), glyphs.ellipsis),
			tone: choice.refused === undefined ? undefined : ('muted' as const),
		},
		{
			text: `  ${ellipsize(wordsOf(choice, glyphs), roomForWords(choice, columns, glyphs), glyphs.ellipsis)}`,
			tone: 'muted',
		},
	];
	return isChosen ? selectedLine(line) : line;
}

/** What a choice does, or why it is refused. */
const wordsOf = ({ refused, hint }: Choice, glyphs: Glyphs) => glyphs.fold(oneLine(refused ?? hint));

/** Rows that must remain for the choices of a long list. */
const leastListed = 5;
/** No help has more rows at 80 columns; an error text of a server may have any number. */
const mostAbout = 3;

/**
 * The words of the selected choice in full, if its row cuts them. The rows are kept free for the longest of all choices,
 * so that nothing moves with the selection; none where the choices need them.
 */
function aboutRows(
	{ choices, filters }: ChooseQuestion,
	selected: Choice | undefined,
	columns: Columns,
	width: number,
	space: number,
	glyphs: Glyphs,
): Line[] {
	const inFull = (choice: Choice) => {
		const words = wordsOf(choice, glyphs);
		if (textWidth(words) <= roomForWords(choice, columns, glyphs)) return [];
		const rows = wrapText(words, width - 2);
		const rest = rows.slice(mostAbout - 1);
		return rest.length <= 1
			? rows
			: [...rows.slice(0, mostAbout - 1), ellipsize(rest.join(' '), width - 2, glyphs.ellipsis)];
	};
	const most = Math.max(0, ...choices.map(choice => inFull(choice).length));
	if (space - most < (filters ? leastListed : choices.length)) return [];
	const shown = selected === undefined ? [] : inFull(selected);
	return Array.from({ length: most }, (_, row): Line => [{ text: `  ${shown[row] ?? ''}` }]);
}
