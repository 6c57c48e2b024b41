import type { Confirmation, Plan, ShellRequest } from '../../operations/plan/plan.ts';
import { type Line, lineWidth, type Span } from '../../presentation/text.ts';
import { asHeading } from '../../words/message.ts';
import type { Writer } from '../../words/write.ts';
import type { Effect } from '../conversation.ts';
import { type TextField, textField, typed } from '../text-field.ts';
import {
	closes,
	type DialogContract,
	type DialogKey,
	type DialogView,
	type DrawContext,
	movingKeys,
	nameLimit,
	type Room,
	scrollingKeys,
	stays,
	type Turn,
} from './dialog.ts';
import { boxed, fieldLines, smallRows, titleRows, wrapped } from './drawing.ts';

export type ConfirmDialog = {
	readonly kind: 'confirm';
	readonly plan: Confirmation;
	/** The effect of Yes. */
	readonly confirmed: Effect;
	readonly isYes: boolean;
	/** The typed text, where typing confirms; null: yes or no. */
	readonly field: TextField | null;
	/** The typed text that does not confirm. */
	readonly wrong: string | null;
	/** Rows by which the text is scrolled. */
	readonly scroll: number;
};

export function confirmDialog(plan: Plan): ConfirmDialog {
	return asking(plan, { kind: 'perform', plan });
}

export function shellDialog(shell: ShellRequest): ConfirmDialog {
	return asking(shell, { kind: 'open shell', shell });
}

function asking(plan: Confirmation, confirmed: Effect): ConfirmDialog {
	const field = plan.typed === undefined ? null : textField('', nameLimit);
	return { kind: 'confirm', plan, confirmed, isYes: false, field, wrong: null, scroll: 0 };
}

export const confirm: DialogContract<ConfirmDialog> = {
	keys: (dialog, room) => (dialog.field === null ? answerKeys(dialog, room) : typingKeys(dialog, dialog.field, room)),
	otherKey(dialog, key) {
		// A user who types on has not read the question: it is cancelled.
		if (dialog.field === null) return closes();
		const field = typed(dialog.field, key);
		return stays(field === null ? dialog : { ...dialog, field, wrong: null });
	},
	question: ({ plan }) => plan,
	draw,
};

function answerKeys(dialog: ConfirmDialog, room: Room): DialogKey<ConfirmDialog>[] {
	const { plan, confirmed, isYes } = dialog;
	const scrolls = room.limit > 0;
	const moving = scrolls ? scrollingKeys(dialog, room) : movingKeys(room.page, true, () => stays(dialog));
	// If all is visible there is nothing to scroll: arrows choose, and other keys cancel.
	const others = ['up', 'down', 'space', 'g', 'G'];
	return [
		{ keys: ['esc', 'n', 'q'], turn: () => closes() },
		{ keys: ['y'], turn: () => closes(confirmed) },
		{ keys: ['enter'], turn: () => (isYes ? closes(confirmed) : closes()) },
		{ keys: ['c'], turn: () => ({ dialog, effect: { kind: 'copy', text: plan.command, what: ['command', '명령'] } }) },
		{
			keys: ['left', 'right', 'tab', 'shift-tab', 'h', 'l', ...(scrolls ? [] : ['up', 'down'])],
			turn: () => stays({ ...dialog, isYes: !isYes }),
		},
		scrolls ? moving : { ...moving, keys: moving.keys.filter(key => !others.includes(key)) },
	];
}

function typingKeys(dialog: ConfirmDialog, field: TextField, room: Room): DialogKey<ConfirmDialog>[] {
	const confirms = (): Turn<ConfirmDialog> =>
		field.text === dialog.plan.typed ? closes(dialog.confirmed) : stays({ ...dialog, wrong: field.text });
	return [
		{ keys: ['esc'], turn: () => closes() },
		{ keys: ['enter'], turn: confirms },
		scrollingKeys(dialog, room, false),
	];
}

function draw(dialog: ConfirmDialog, context: DrawContext): DialogView {
	const { columns, rows, glyphs, say } = context;
	const width = Math.min(dialog.plan.effects.length > 4 ? 96 : 76, Math.max(10, columns - 4));
	const title = glyphs.fold(say(['{title}?', '{title}: 진행하시겠습니까?'], { title: asHeading(dialog.plan.title) }));
	const room = rows < smallRows ? rows : Math.max(1, rows - 4);
	const { lines, page, limit, isWhole } = confirmRows(dialog, titleRows(title, width - 4), width - 4, room, context);
	const view = boxed(context, title, width, lines, { page, limit });
	return { ...view, isWhole: view.isWhole && isWhole };
}

const buttonsOf = (isYes: boolean, say: Writer): Line => [
	button(say(['n Cancel', 'n 취소']), !isYes),
	{ text: '   ' },
	button(say(['y Yes, do it', 'y 예, 실행']), isYes),
];

const button = (text: string, isChosen: boolean): Span => ({
	text: isChosen ? `[ ${text} ]` : `  ${text}  `,
	inverse: isChosen,
	bold: true,
});

function answerRows({ plan, isYes, field, wrong }: ConfirmDialog, width: number, context: DrawContext): Line[] {
	const { glyphs, isAnswerable, say } = context;
	if (field === null) {
		if (!isAnswerable) return [[{ text: `  ${say(['Esc cancels', 'Esc 취소'])}`, tone: 'muted' }]];
		return [
			[
				...buttonsOf(isYes, say),
				...(width >= 60 ? [{ text: `   ${say(['c Copy the command', 'c 명령 복사'])}`, tone: 'muted' as const }] : []),
			],
		];
	}
	return [
		...wrapped(
			say(
				[
					'This cannot be undone. Type {typed} to confirm; Esc cancels:',
					'되돌릴 수 없습니다. 확인하려면 {typed}을(를) 입력하세요 (Esc 취소):',
				],
				{ typed: plan.typed ?? '' },
			),
			width,
			glyphs,
			'bad',
		),
		...(isAnswerable ? fieldLines(field, width, context) : [[{ text: '' }]]),
		...(wrong === null
			? []
			: wrapped(
					say(
						[
							'"{wrong}" does not match "{typed}". Nothing was changed.',
							'입력한 값 "{wrong}", 필요한 값 "{typed}": 변경하지 않았습니다.',
						],
						{ wrong, typed: plan.typed ?? '' },
					),
					width,
					glyphs,
					'bad',
				)),
	];
}

/** The last row says how much of the command is hidden. */
function commandRows(whole: readonly Line[], room: number, { glyphs, say }: DrawContext): readonly Line[] {
	if (whole.length <= room) return whole;
	const more = say(
		['$ {dots} {count} more {count|line|lines}: c copies all', '$ {dots} {count}줄 더 있음: c 전체 복사'],
		{ dots: glyphs.ellipsis, count: whole.length - room + 1 },
	);
	return [...whole.slice(0, room - 1), [{ text: more, tone: 'muted' }]];
}

/** Targets, command, answer: the answer is always visible, the rest scrolls. */
function confirmRows(
	dialog: ConfirmDialog,
	head: readonly Line[],
	width: number,
	room: number,
	context: DrawContext,
): Room & { readonly lines: readonly Line[]; readonly isWhole: boolean } {
	const { plan, isYes, field, scroll } = dialog;
	const { glyphs, say } = context;
	const answer = answerRows(dialog, width, context);
	const command = plan.command.split('\n').flatMap(line => wrapped(`$ ${line}`, width, glyphs, 'muted'));
	// Without the frame.
	const space = Math.max(0, room - 2 - head.length - answer.length);
	// Where c is text to type, or there is little room, the command scrolls with the rest.
	const isApart = field === null && space >= 3;
	const whole = isApart ? command : [];
	const effects = plan.effects.flatMap(sentence =>
		wrapped(say(['{sentence}', '{sentence}'], { sentence }), width, glyphs),
	);
	if (!isApart) effects.push([{ text: '' }], ...command);
	const gap: Line[] = space > 8 ? [[{ text: '' }]] : [];
	const gaps = (whole.length > 0 ? 2 : 1) * gap.length;
	const fits = effects.length + whole.length + gaps <= space;
	// Targets have priority over the command.
	const least = fits ? whole.length : Math.min(whole.length, Math.max(1, Math.floor(space / 4)));
	const left = Math.max(0, space - least - gaps);
	const isCut = effects.length > left;
	// The row with the count is left out where it would take the last row of text.
	const page = isCut ? Math.max(Math.min(1, left), left - 1) : effects.length;
	const shown = commandRows(whole, isCut ? least : space - effects.length - gaps, context);
	const limit = effects.length - page;
	const first = Math.min(scroll, limit);
	const howFar = say(['{shown} of {all} lines; Up and Down scroll', '{all}줄 중 {shown}줄, Up/Down 스크롤'], {
		shown: first + page,
		all: effects.length,
	});
	const shownAsks: Line[] = isCut
		? [...effects.slice(first, first + page), ...(left > 1 ? [[{ text: howFar, tone: 'active' as const }]] : [])]
		: effects;
	const lines = [...head, ...shownAsks, ...(shown.length > 0 ? gap : []), ...shown, ...gap, ...answer];
	const isWhole =
		lines.length <= room - 2 && shownAsks.length > 0 && (field !== null || lineWidth(buttonsOf(isYes, say)) <= width);
	const cannot = [
		...wrapped(
			say(['Enlarge the window to answer; Esc cancels', '답하려면 창을 더 크게 하세요 (Esc 취소)']),
			width,
			glyphs,
			'active',
		),
		...head,
		...effects,
	];
	return { lines: isWhole ? lines : cannot.slice(0, Math.max(1, room - 2)), page: Math.max(1, page), limit, isWhole };
}
