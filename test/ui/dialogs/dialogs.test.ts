import { expect, test } from 'vitest';
import type { DagParam } from '../../../source/model/airflow/dag-params.ts';
import type { Plan } from '../../../source/operations/plan/plan.ts';
import { glyphSets } from '../../../source/presentation/glyphs.ts';
import { textWidth } from '../../../source/presentation/text.ts';
import { paint, plainTheme } from '../../../source/presentation/theme.ts';
import { actions } from '../../../source/ui/actions/table.ts';
import { formQuestion } from '../../../source/ui/actions/trigger-form.ts';
import type { ChooseQuestion, Effect } from '../../../source/ui/conversation.ts';
import { chooseDialog } from '../../../source/ui/dialogs/choose.ts';
import { confirmDialog } from '../../../source/ui/dialogs/confirm.ts';
import type { Turn } from '../../../source/ui/dialogs/dialog.ts';
import { type Dialog, drawDialog, pasteIntoDialog, pressInDialog } from '../../../source/ui/dialogs/dialogs.ts';
import { formDialog } from '../../../source/ui/dialogs/form.ts';
import { helpDialog } from '../../../source/ui/dialogs/help.ts';
import { inputDialog } from '../../../source/ui/dialogs/input.ts';
import { textField, typed } from '../../../source/ui/text-field.ts';
import { initialView } from '../../../source/ui/view-state.ts';
import { quoted } from '../../../source/words/message.ts';
import { english } from '../../given/english.ts';

/** The dialog on a screen of 80 columns and this many rows. */
const drawn = (dialog: Dialog, rows: number) =>
	drawDialog(dialog, {
		actions: [],
		place: 'services',
		running: [],
		now: 0,
		isAnswerable: true,
		columns: 80,
		rows,
		glyphs: glyphSets.unicode,
		...english,
	});

/** The result of the last key; the dialog follows those before. */
function press(start: Dialog, ...keys: string[]): Turn<Dialog> {
	let dialog: Dialog = start;
	let turn: Turn<Dialog> = { dialog };
	for (const key of keys) {
		turn = pressInDialog(dialog, key, { page: 5, limit: 20 });
		if (turn.dialog) dialog = turn.dialog;
	}
	return turn;
}

const plan: Plan = {
	actionId: 'down',
	title: quoted('down mlops'),
	effects: [quoted('Everything goes.')],
	command: 'docker compose down',
	targets: [],
	perform: async () => ({ outcome: 'done', message: quoted('') }),
};

test('a plan is performed by y, or by Enter on Yes; never by Enter by itself', () => {
	const dialog = confirmDialog(plan);
	expect(press(dialog, 'y')).toEqual({ dialog: null, effect: { kind: 'perform', plan } });
	expect(press(dialog, 'right', 'enter')).toEqual({ dialog: null, effect: { kind: 'perform', plan } });
	// Any other letter cancels the question: a user who types on has not read it.
	for (const keys of [['enter'], ['n'], ['esc'], ['q'], ['x'], ['right', 'left', 'enter']]) {
		expect(press(dialog, ...keys)).toEqual({ dialog: null });
	}
	expect(press(dialog, 'c')).toEqual({
		dialog: dialog,
		effect: { kind: 'copy', text: plan.command, what: ['command', '명령'] },
	});
});

test('what cannot be undone wants its name typed; a paste, y or a wrong name does not do it', () => {
	const dialog = confirmDialog({ ...plan, typed: 'mlops' });
	expect(press(dialog, ...'mlops', 'enter')).toMatchObject({ dialog: null, effect: { kind: 'perform' } });
	expect(press(dialog, 'y')).toMatchObject({ dialog: { kind: 'confirm' } });
	expect(press(dialog, ...'mlop', 'enter')).toMatchObject({
		dialog: { kind: 'confirm', wrong: 'mlop' },
	});
	expect(pasteIntoDialog(dialog, 'mlops')).toEqual({ dialog: dialog });
});

test('however much it would touch and however small the screen: the answer is in sight, and all can be read', () => {
	for (const rows of [7, 8, 12, 24, 60]) {
		for (const count of [1, 3, 9, 40]) {
			for (const commands of [1, 12]) {
				const asks = Array.from({ length: count }, (_, index) => `task ${index} is cleared.`);
				const command = Array.from({ length: commands }, (_, index) => `curl ${index}`).join('\n');
				let dialog: Dialog = confirmDialog({ ...plan, effects: asks.map(quoted), command });
				const seen = new Set<string>();
				let hasSeenCommand = false;
				for (let turn = 0; turn < 60; turn++) {
					const { rows: lines, page, limit } = drawn(dialog, rows);
					const text = lines.map(line => line.map(span => span.text).join(''));
					expect(lines.length, `${rows} ${count} ${commands}`).toBeLessThanOrEqual(rows);
					expect(text.at(-2)).toContain('y Yes, do it');
					hasSeenCommand ||= /\$ (curl 0|… \d+ more lines?: c copies all)/.test(text.join('\n'));
					for (const ask of asks) if (text.some(row => row.includes(ask))) seen.add(ask);
					const after: Dialog | null = pressInDialog(dialog, turn % 2 === 0 ? 'pagedown' : 'j', { page, limit }).dialog;
					if (after === null) throw new Error('the question was taken back');
					dialog = after;
				}
				expect([...seen].toSorted()).toEqual(asks.toSorted());
				expect(hasSeenCommand, `${rows} ${count} ${commands}`).toBe(true);
			}
		}
	}
});

test('what has to be typed can be typed on a small screen too, and the command is read with the rest', () => {
	const asks = Array.from({ length: 9 }, (_, index) => `volume ${index} is deleted.`);
	for (const rows of [7, 10, 24]) {
		let dialog: Dialog = confirmDialog({ ...plan, effects: asks.map(quoted), typed: 'mlops' });
		let all = '';
		for (let turn = 0; turn < 20; turn++) {
			const { rows: lines, page, limit } = drawn(dialog, rows);
			const text = lines.map(line => line.map(span => span.text).join('')).join('\n');
			expect(lines.length).toBeLessThanOrEqual(rows);
			expect(text).toContain('Type mlops to confirm');
			expect(text).toContain('> ');
			all += text;
			dialog = pressInDialog(dialog, 'down', { page, limit }).dialog ?? dialog;
		}
		expect(all).toContain('volume 8 is deleted');
		expect(all).toContain('$ docker compose down');
	}
});

const question = (filters: boolean): ChooseQuestion => ({
	title: 'which',
	filters,
	choices: ['restart airflow-worker', 'restart mlflow', 'stop mlflow', 'no'].map(label => ({
		id: label,
		label,
		hint: '',
		key: label[0] ?? '',
		...(label === 'no' ? { refused: 'not now' } : {}),
	})),
	next: (id): Effect => ({ kind: 'nothing', hint: id }),
});
/** What an answer leads to. */
const chosen = ({ effect }: Turn<Dialog>) => (effect?.kind === 'answer' ? effect.next() : effect);

test('a few letters find a choice; Enter takes it, a refused one is not taken', () => {
	expect(chosen(press(chooseDialog(question(true)), ...'stml', 'enter'))).toEqual({
		kind: 'nothing',
		hint: 'stop mlflow',
	});
	expect(chosen(press(chooseDialog(question(true)), 'down', 'enter'))).toEqual({
		kind: 'nothing',
		hint: 'restart mlflow',
	});
	expect(press(chooseDialog(question(true)), 'n', 'o', 'enter')).toMatchObject({ dialog: { kind: 'choose' } });
	expect(press(chooseDialog(question(true)), ...'zzz', 'enter')).toMatchObject({ dialog: { kind: 'choose' } });
});

test('in a short menu a letter chooses at once', () => {
	expect(chosen(press(chooseDialog(question(false)), 's'))).toEqual({ kind: 'nothing', hint: 'stop mlflow' });
	expect(press(chooseDialog(question(false)), 'q')).toEqual({ dialog: null });
});

test('an input says what is wrong with it, shows its effect live, and gives back the view at Esc', () => {
	const before = initialView('dag');
	const dialog = inputDialog(
		{
			title: 'filter',
			hint: '',
			initial: '',
			problem: text => (text === '' ? 'write something' : null),
			live: (view, text) => ({ ...view, hint: text }),
			next: (text): Effect => ({ kind: 'nothing', hint: text }),
		},
		before,
	);
	expect(press(dialog, 'enter')).toMatchObject({ dialog: { problem: 'write something' } });
	const { effect } = press(dialog, 'a', 'b');
	expect(effect?.kind === 'view' && effect.change(before).hint).toBe('ab');
	expect(chosen(press(dialog, 'a', 'enter'))).toEqual({ kind: 'nothing', hint: 'a' });
	const left = press(dialog, 'a', 'esc');
	expect(left.dialog).toBeNull();
	expect(left.effect?.kind === 'view' && left.effect.change({ ...before, hint: 'a' })).toBe(before);
});

test('a pattern that is edited again: typing starts again, Up brings the old one back, Enter keeps it', () => {
	const dialog = inputDialog(
		{
			title: 'search',
			hint: '',
			initial: 'old',
			isReplaced: true,
			problem: () => null,
			next: (text): Effect => ({ kind: 'nothing', hint: text }),
		},
		initialView('dag'),
	);
	expect(chosen(press(dialog, 'enter'))).toEqual({ kind: 'nothing', hint: 'old' });
	expect(chosen(press(dialog, 'n', 'e', 'w', 'enter'))).toEqual({ kind: 'nothing', hint: 'new' });
	expect(chosen(press(dialog, 'n', 'up', 'e', 'r', 'enter'))).toEqual({ kind: 'nothing', hint: 'older' });
	expect(chosen(press(dialog, 'end', 'e', 'r', 'enter'))).toEqual({ kind: 'nothing', hint: 'older' });
	expect(chosen(press(dialog, 'backspace', 'enter'))).toEqual({ kind: 'nothing', hint: '' });
});

const param = (name: string, value: DagParam['value'], schema: DagParam['schema'] = {}): DagParam => ({
	name,
	value,
	schema,
	description: null,
	title: null,
});
const params = [
	param('rows', 10_000, { type: 'integer', minimum: 1 }),
	param('fail_at', null, { type: ['null', 'string'], enum: [null, 'model_training'] }),
	param('note', 'x', { type: 'string' }),
];
const form = (recent: string[] = []) =>
	formDialog(formQuestion('dag', params, recent, english.say, (conf): Effect => ({ kind: 'nothing', hint: conf })));

test('a form makes a conf of what differs from the defaults, checked by the schema of each param', () => {
	expect(chosen(press(form(), 'enter'))).toEqual({ kind: 'nothing', hint: '{}' });
	expect(chosen(press(form(), 'ctrl-u', ...'500', 'down', 'right', 'enter'))).toEqual({
		kind: 'nothing',
		hint: '{"rows":500,"fail_at":"model_training"}',
	});
	const wrong = press(form(), 'ctrl-u', ...'-5', 'down', 'enter');
	expect(wrong).toMatchObject({ dialog: { index: 0 } });
	expect(JSON.stringify(wrong)).toMatch(/rows must be a whole number, at least 1/);
});

test('the same conf can be written as JSON; names that the DAG does not declare are kept', () => {
	const json = press(form(), 'ctrl-u', ...'500', 'tab');
	expect(json).toMatchObject({ dialog: { mode: 'json', field: { text: '{"rows":500}' } } });
	const typed = press(form(), 'tab', 'ctrl-u', ...'{"rows":7,"extra":[1,2]}', 'tab');
	expect(typed).toMatchObject({ dialog: { mode: 'fields', values: { rows: '7', extra: '[1,2]' } } });
	expect(chosen(press(form(), 'tab', 'ctrl-u', ...'{"extra":[1]}', 'enter'))).toEqual({
		kind: 'nothing',
		hint: '{"extra":[1]}',
	});
	expect(press(form(), 'tab', 'ctrl-u', ...'{oops', 'enter')).toMatchObject({ dialog: { mode: 'json' } });
	expect(JSON.stringify(press(form(), 'tab', 'ctrl-u', ...'{oops', 'enter'))).toMatch(/not JSON/);
});

test('recent confs are offered again', () => {
	const recent = ['{"rows":77}', '{"note":"again"}'];
	expect(chosen(press(form(recent), 'ctrl-r', 'enter'))).toEqual({ kind: 'nothing', hint: '{"rows":77}' });
	expect(chosen(press(form(recent), 'ctrl-r', 'ctrl-r', 'enter'))).toEqual({
		kind: 'nothing',
		hint: '{"note":"again"}',
	});
});

test('a field that was just come to is replaced by what is typed, or kept and gone on with', () => {
	expect(chosen(press(form(), ...'500', 'enter'))).toEqual({ kind: 'nothing', hint: '{"rows":500}' });
	expect(chosen(press(form(), 'end', '0', 'enter'))).toMatchObject({ kind: 'nothing' });
	expect(press(form(), 'delete')).toMatchObject({ dialog: { field: { text: '' } } });
	const moved = press(form(), 'end', 'backspace');
	if (moved.dialog?.kind !== 'form') throw new Error('no form');
	const before = form().field.text;
	expect(moved.dialog.field.text).toBe(before.slice(0, -1));
	expect(pasteIntoDialog(form(), '42')).toMatchObject({ dialog: { field: { text: '42' } } });
});

test('the help finds keys by words of what they do', () => {
	let dialog: Dialog = { ...helpDialog, scroll: 4 };
	const rowsOf = () =>
		drawDialog(dialog, {
			actions,
			place: 'services',
			running: [],
			now: 0,
			isAnswerable: true,
			columns: 80,
			rows: 24,
			glyphs: glyphSets.unicode,
			...english,
		})
			.rows.map(line => line.map(span => span.text).join(''))
			.join('\n');
	const type = (...keys: string[]) => {
		const after = press(dialog, ...keys).dialog;
		if (after === null) throw new Error('the help was closed');
		dialog = after;
	};
	type('/', ...'gives', 'ctrl-u', ...'volumes', 'space', ...'stack');
	expect(rowsOf()).toMatch(/ C +Manage the whole stack/);
	expect(rowsOf()).not.toContain('unpause the DAG');
	type(...'zzz');
	expect(rowsOf()).toContain('No key matches');
	type('esc');
	expect(rowsOf()).toContain('/ searches');
	expect(press(dialog, 'esc')).toEqual({ dialog: null });
});

test('50 kB pasted into a list of choices are cut with a word, and found or not found at once', () => {
	const names = ['a'.repeat(250), 'ab'.repeat(120), 'airflow-worker', '단계'.repeat(100)];
	const choices = Array.from({ length: 400 }, (_, index) => ({
		id: String(index),
		label: `${names[index % names.length]} ${index}`,
		hint: '',
	}));
	const start = chooseDialog({
		title: 'Run an action or go to',
		filters: true,
		choices,
		next: () => ({ kind: 'nothing' }),
	});
	const pasted = (text: string) => {
		const before = process.cpuUsage();
		const { dialog } = pasteIntoDialog(start, text);
		if (!dialog) throw new Error('the paste did not go into the field');
		const rows = drawn(dialog, 24).rows.map(row => row.map(span => span.text).join(''));
		return { rows, cpuMs: process.cpuUsage(before).user / 1000 };
	};
	// The first drawing compiles, and the first wide character loads the Unicode tables: the least of three is the paste's.
	const leastMs = (text: string) => Math.min(...[1, 2, 3].map(() => pasted(text).cpuMs));
	for (const text of ['a'.repeat(50_000), 'aab '.repeat(12_500), `${'a'.repeat(200)}z`, '('.repeat(50_000)]) {
		const { rows } = pasted(text);
		// The part that fits costs the same without the rest of the paste; wall-clock times say nothing on a busy
		// machine.
		expect(leastMs(text)).toBeLessThan(4 * leastMs(text.slice(0, 250)) + 100);
		if (text.length > 250) expect(rows.join('\n')).toContain('Cut to 250 characters');
	}
});

test('a choice is one row, whatever is in its text', () => {
	const choices = [
		{ id: '0', label: 'its 3 lines', hint: 'Traceback\n  File "x.py"\r\nValueError' },
		{ id: '1', label: 'a\nname', hint: 'x'.repeat(1_000_000) },
	];
	const dialog = chooseDialog({ title: 'Copy\nthis', filters: false, choices, next: () => ({ kind: 'nothing' }) });
	const rows = drawn(dialog, 24).rows.map(row => paint(row, plainTheme));
	// And three for the words of a selected choice.
	expect(rows).toHaveLength(8);
	expect(rows.join('')).not.toMatch(/[\r\n]/);
	expect(rows.join('\n')).toContain('Traceback   File "x.py" ValueError');
	expect(new Set(rows.map(row => textWidth(row.replaceAll(/\u001B\[[\d;]*m/g, ''))).values()).size).toBe(1);
});

test('the words of the selected choice are shown in full where its row cuts them, and nothing moves with the selection', () => {
	const long = `${'word '.repeat(20)}end`;
	const choices = [
		{ id: '0', label: 'short', hint: 'brief' },
		{ id: '1', label: 'long', hint: long },
		{ id: '2', label: 'refused', hint: 'brief', refused: `no, ${long}` },
	];
	const menu = { title: 'Do', filters: false, choices, next: () => ({ kind: 'nothing' as const }) };
	const shown = (index: number, rows = 24) => {
		const dialog = { ...chooseDialog(menu), index };
		return drawn(dialog, rows).rows.map(row => paint(row, plainTheme).replaceAll(/\u001B\[[\d;]*m/g, ''));
	};
	const words = (rows: readonly string[]) =>
		rows
			.map(row => row.replaceAll('│', '').trim())
			.join(' ')
			.replaceAll(/\s+/g, ' ');
	expect(words(shown(0))).not.toContain(long);
	expect(words(shown(1))).toContain(long);
	expect(words(shown(2))).toContain(`no, ${long}`);
	expect(new Set([0, 1, 2].map(index => shown(index).length)).size).toBe(1);
	// Choices come first.
	expect(words(shown(1, 7))).not.toContain(long);
	expect(words(shown(1, 7))).toContain('refused');
});

test('ten thousand keys that no field takes are no work', () => {
	const full = textField('x'.repeat(1000));
	expect(typed(full, 'y')).toMatchObject({ text: full.text, isCut: true });
	// Nothing is copied for the ones after it.
	const cut = typed(full, 'y');
	expect(cut && typed(cut, 'z')).toBe(cut);
});
