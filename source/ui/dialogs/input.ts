import { maskText } from '../../model/secrets/secrets.ts';
import type { Line } from '../../presentation/text.ts';
import type { InputQuestion, ViewState } from '../conversation.ts';
import { inserted, selectedField, type TextField, textField, typed } from '../text-field.ts';
import { closes, type DialogContract, stays, type Turn } from './dialog.ts';
import { boxed, fieldLines, maskedField, widestOf, wrapped } from './drawing.ts';

export type InputDialog = {
	readonly kind: 'input';
	readonly question: InputQuestion;
	readonly field: TextField;
	readonly problem: string | null;
	/** Restored by Esc. */
	readonly before: ViewState;
};

export function inputDialog(question: InputQuestion, before: ViewState): InputDialog {
	const field = question.isReplaced ? selectedField(question.initial) : textField(question.initial);
	return { kind: 'input', question, field, problem: null, before };
}

function withField(dialog: InputDialog, field: TextField): Turn<InputDialog> {
	const { live } = dialog.question;
	const changed = { ...dialog, field, problem: null };
	if (!live || field.text === dialog.field.text) return stays(changed);
	return { dialog: changed, effect: { kind: 'view', change: view => live(view, field.text) } };
}

function take(dialog: InputDialog): Turn<InputDialog> {
	const { question, field } = dialog;
	const problem = question.problem(field.text);
	if (problem !== null) return stays({ ...dialog, problem });
	return closes({ kind: 'answer', title: question.title, next: () => question.next(field.text) });
}

export const input: DialogContract<InputDialog> = {
	keys: dialog => [
		{ keys: ['esc'], turn: () => closes({ kind: 'view', change: () => dialog.before }) },
		{ keys: ['enter'], turn: () => take(dialog) },
		...(dialog.question.isReplaced
			? [{ keys: ['up', 'ctrl-p'], turn: () => withField(dialog, textField(dialog.question.initial)) }]
			: []),
	],
	otherKey(dialog, key) {
		const field = typed(dialog.field, key);
		return field === null ? stays(dialog) : withField(dialog, field);
	},
	paste: (dialog, text) => withField(dialog, inserted(dialog.field, text)),
	isTypedIn: () => true,
	draw(dialog, context) {
		const { glyphs, say } = context;
		const width = Math.min(76, widestOf(context));
		const lines: Line[] = [
			...wrapped(dialog.question.hint, width - 4, glyphs, 'muted'),
			...fieldLines(maskedField(dialog.field, maskText), width - 4, context),
			...(dialog.problem === null ? [] : wrapped(dialog.problem, width - 4, glyphs, 'bad')),
			[{ text: say(['Enter continues, Esc cancels', 'Enter 계속, Esc 취소']), tone: 'muted' }],
		];
		return boxed(context, glyphs.fold(dialog.question.title), width, lines);
	},
};
