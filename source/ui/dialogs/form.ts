import { maskParam, maskText } from '../../model/secrets/secrets.ts';
import type { Glyphs } from '../../presentation/glyphs.ts';
import { fit, fitName, type Line, lineWidth, textWidth } from '../../presentation/text.ts';
import type { Text } from '../../words/language.ts';
import type { Writer } from '../../words/write.ts';
import type { FormField, FormQuestion, Problems } from '../conversation.ts';
import { firstVisible } from '../panes/view-context.ts';
import { inserted, selectedField, type TextField, textField, typed } from '../text-field.ts';
import {
	clamped,
	closes,
	type DialogContract,
	type DialogKey,
	type DrawContext,
	movingKeys,
	stays,
	type Turn,
} from './dialog.ts';
import { boxed, cutNote, fieldLine, fieldLines, hintRows, maskedField, roomOf, widestOf, wrapped } from './drawing.ts';

/** The conf of a run as JSON, characters. */
const confLimit = 20_000;

export type FormDialog = {
	readonly kind: 'form';
	readonly question: FormQuestion;
	readonly mode: 'fields' | 'json';
	readonly values: Readonly<Record<string, string>>;
	readonly index: number;
	/** The text of the field at `index`, or the JSON. */
	readonly field: TextField;
	readonly problems: Problems;
	/** Index of the recent conf that was taken last. */
	readonly recent: number;
};

export function formDialog(question: FormQuestion): FormDialog {
	const values = Object.fromEntries(question.fields.map(field => [field.name, field.initial]));
	const mode = question.fields.length > 0 ? 'fields' : 'json';
	const text = mode === 'fields' ? (question.fields[0]?.initial ?? '') : '{}';
	const field = mode === 'json' ? selectedField(text, confLimit) : selectedField(text);
	return { kind: 'form', question, mode, values, index: 0, field, problems: {}, recent: -1 };
}

/** undefined in JSON mode. */
const fieldHere = ({ mode, question, index }: FormDialog): FormField | undefined =>
	mode === 'fields' ? question.fields[index] : undefined;

const isChosen = (field: FormField | undefined): boolean => (field?.values.length ?? 0) > 0;

export const form: DialogContract<FormDialog> = {
	keys(dialog) {
		const { fields } = dialog.question;
		const here = fieldHere(dialog);
		return [
			{ keys: ['esc'], turn: () => closes() },
			{ keys: ['enter'], turn: () => submit(dialog) },
			{ keys: ['tab', 'shift-tab'], turn: () => stays(otherMode(dialog)) },
			{ keys: ['ctrl-r'], turn: () => stays(withRecent(dialog)) },
			...(here
				? [
						movingKeys(fields.length, false, by =>
							stays(atField(dialog, clamped(dialog.index + by, fields.length - 1))),
						),
					]
				: []),
			...(here && isChosen(here) ? valueKeys(dialog, here) : []),
		];
	},
	otherKey(dialog, key) {
		const field = isChosen(fieldHere(dialog)) ? null : typed(dialog.field, key);
		return stays(field === null ? dialog : withTyped(dialog, field));
	},
	paste: (dialog, text) =>
		stays(isChosen(fieldHere(dialog)) ? dialog : withTyped(dialog, inserted(dialog.field, text))),
	isTypedIn: () => true,
	draw(dialog, context) {
		const width = Math.min(96, widestOf(context));
		const rows = dialog.mode === 'json' ? jsonRows(dialog, width - 4, context) : fieldRows(dialog, width - 4, context);
		return boxed(context, context.glyphs.fold(dialog.question.title), width, rows);
	},
};

function valueKeys(dialog: FormDialog, here: FormField): DialogKey<FormDialog>[] {
	const turned = (by: number) => {
		const now = here.values.indexOf(dialog.values[here.name] ?? '');
		const value = here.values[(now + by + here.values.length) % here.values.length] ?? '';
		return stays(withValue(dialog, here.name, textField(value)));
	};
	return [
		{ keys: ['left'], turn: () => turned(-1) },
		{ keys: ['right', 'space'], turn: () => turned(1) },
	];
}

function withTyped(dialog: FormDialog, field: TextField): FormDialog {
	const here = fieldHere(dialog);
	return here ? withValue(dialog, here.name, field) : { ...dialog, field, problems: {} };
}

function withValue(dialog: FormDialog, name: string, field: TextField): FormDialog {
	const { [name]: _fixed, ...problems } = dialog.problems;
	return { ...dialog, field, values: { ...dialog.values, [name]: field.text }, problems };
}

function atField(dialog: FormDialog, index: number): FormDialog {
	const name = dialog.question.fields[index]?.name ?? '';
	return { ...dialog, index, field: selectedField(dialog.values[name] ?? '') };
}

/** The same conf in the other mode; an invalid conf stays, with its problem. */
function otherMode(dialog: FormDialog): FormDialog {
	const { question, mode } = dialog;
	if (question.fields.length === 0) return dialog;
	if (mode === 'fields') {
		const made = question.conf(dialog.values);
		if ('problems' in made) return { ...dialog, problems: made.problems };
		return { ...dialog, mode: 'json', field: textField(made.conf, confLimit), problems: {} };
	}
	const made = question.values(dialog.field.text);
	if ('problem' in made) return { ...dialog, problems: { '': made.problem } };
	return atField({ ...dialog, mode: 'fields', values: made.values, problems: {} }, dialog.index);
}

function withRecent(dialog: FormDialog): FormDialog {
	const { question } = dialog;
	if (question.recent.length === 0) return dialog;
	const recent = (dialog.recent + 1) % question.recent.length;
	return { ...withConf(dialog, question.recent[recent] ?? '{}'), recent };
}

/** Shows a conf that does not fit the fields as JSON. */
function withConf(dialog: FormDialog, conf: string): FormDialog {
	const made = dialog.question.values(conf);
	if (dialog.mode === 'json' || 'problem' in made) {
		return { ...dialog, mode: 'json', field: textField(conf, confLimit), problems: {} };
	}
	return atField({ ...dialog, values: made.values, problems: {} }, dialog.index);
}

function submit(dialog: FormDialog): Turn<FormDialog> {
	const { question, mode, values } = dialog;
	const sent = (conf: string): Turn<FormDialog> =>
		closes({ kind: 'answer', title: question.title, next: () => question.next(conf) });
	if (mode === 'json') {
		const read = question.values(dialog.field.text);
		if ('problem' in read) return stays({ ...dialog, problems: { '': read.problem } });
		const made = question.conf(read.values);
		if ('conf' in made) return sent(made.conf);
		const words = Object.entries(made.problems).map(([name, problem]) => (name ? `${name}: ${problem}` : problem));
		return stays({ ...dialog, problems: { '': words.join('; ') } });
	}
	const made = question.conf(values);
	if ('conf' in made) return sent(made.conf);
	const wrong = question.fields.findIndex(field => made.problems[field.name] !== undefined);
	return stays({ ...(wrong === -1 ? dialog : atField(dialog, wrong)), problems: made.problems });
}

function keysRow(texts: readonly (Text | false)[], { recent }: FormQuestion, say: Writer): string {
	const shown = texts.filter(text => text !== false).map(text => say(text));
	if (recent.length > 0)
		shown.push(say(['Ctrl-R recent ({count})', 'Ctrl-R 최근 값 ({count})'], { count: recent.length }));
	return [...shown, say(['Enter continues', 'Enter 계속']), say(['Esc cancels', 'Esc 취소'])].join(', ');
}

function jsonRows({ question, field, problems }: FormDialog, width: number, context: DrawContext): Line[] {
	const { glyphs, say } = context;
	const keys = keysRow([question.fields.length > 0 && ['Tab fields', 'Tab 항목별 입력']], question, say);
	return [
		...introRows(question, width, context),
		...wrapped(
			question.label === undefined
				? say(['conf of the DAG run, a JSON object:', 'DAG 실행의 conf (JSON 객체):'])
				: say(['{label}, a JSON object:', '{label} (JSON 객체):'], { label: question.label }),
			width,
			glyphs,
			'muted',
		),
		...fieldLines(maskedField(field, maskText), width, context),
		...(problems[''] ? wrapped(problems[''], width, glyphs, 'bad') : []),
		[{ text: '' }],
		...hintRows(keys, width, glyphs),
	];
}

/** The paragraphs above the fields, as far as there is room for them. */
function introRows({ intro = [] }: FormQuestion, width: number, context: DrawContext): Line[] {
	if (intro.length === 0) return [];
	const rows = intro.flatMap((text, index) => wrapped(text, width, context.glyphs, index === 0 ? 'accent' : undefined));
	return [...rows.slice(0, Math.max(1, Math.floor(roomOf(context) / 3))), [{ text: '' }]];
}

function fieldRows(dialog: FormDialog, width: number, context: DrawContext): Line[] {
	const { glyphs, say } = context;
	const { question, values, index, field, problems } = dialog;
	const nameWidth = Math.min(28, Math.max(...question.fields.map(one => textWidth(one.name))));
	const valueWidth = Math.max(10, Math.min(28, Math.floor((width - nameWidth) / 2.5)));
	const intro = introRows(question, width, context);
	const height = Math.max(1, roomOf(context) - 9 - intro.length);
	const first = firstVisible(question.fields.length, index, height);
	const rows = question.fields.slice(first, first + height).map((one, offset): Line => {
		const isHere = first + offset === index;
		const changed = (values[one.name] ?? '') !== one.initial;
		const problem = problems[one.name];
		return [
			{ text: isHere ? `${glyphs.selected} ` : '  ', tone: 'accent' },
			{ text: `${fitName(glyphs.fold(one.name), nameWidth, glyphs.ellipsis)} `, bold: isHere },
			...valueCell(dialog, one, isHere, valueWidth, glyphs),
			{ text: changed ? ' * ' : '   ', tone: 'active' },
			{ text: glyphs.fold(problem ?? one.wanted), tone: problem ? 'bad' : 'muted' },
		];
	});
	rows.unshift(...intro);
	const here = question.fields[index];
	rows.push([{ text: '' }]);
	const problem = here && problems[here.name];
	// The text beside the field may be cut.
	const wanted = here && say(['Type: {wanted}', '형식: {wanted}'], { wanted: here.wanted });
	const notes = problem ? [problem] : [here?.description ?? '', wanted ?? ''];
	for (const note of notes)
		for (const line of wrapped(note, width, glyphs, problem ? 'bad' : undefined).slice(0, problem ? 3 : 2))
			rows.push(line);
	rows.push(...cutNote(field, width, context));
	const made = question.conf(values);
	if ('conf' in made)
		rows.push(...wrapped(`${question.label ?? 'conf'} ${maskText(made.conf)}`, width, glyphs, 'accent').slice(0, 2));
	if (problems['']) rows.push(...wrapped(problems[''], width, glyphs, 'bad'));
	const keys = keysRow(
		[
			isChosen(here) && ['Left/Right change', 'Left/Right 값 변경'],
			['Up/Down field', 'Up/Down 항목 이동'],
			['Tab JSON', 'Tab JSON 입력'],
		],
		question,
		say,
	);
	rows.push(...hintRows(keys, width, glyphs));
	return rows;
}

function valueCell(
	{ values, field }: FormDialog,
	one: FormField,
	isHere: boolean,
	width: number,
	glyphs: Glyphs,
): Line {
	const shown = (text: string) => maskParam(one.name, text);
	const value = values[one.name] ?? '';
	if (isHere && !isChosen(one)) {
		const line = fieldLine(maskedField(field, shown), width, glyphs, '');
		return [...line, { text: ' '.repeat(Math.max(0, width - lineWidth(line))) }];
	}
	const text = fit(glyphs.fold(value === '' ? '-' : shown(value)), width, glyphs.ellipsis);
	return [{ text, bold: value !== one.initial, inverse: isHere }];
}
