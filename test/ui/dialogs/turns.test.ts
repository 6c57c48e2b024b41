import { describe, expect, test } from 'vitest';
import type { ActionState } from '../../../source/model/action-state.ts';
import type { Plan } from '../../../source/operations/plan/plan.ts';
import { glyphSets } from '../../../source/presentation/glyphs.ts';
import type { Effect, Page } from '../../../source/ui/conversation.ts';
import { chooseDialog } from '../../../source/ui/dialogs/choose.ts';
import { confirmDialog, shellDialog } from '../../../source/ui/dialogs/confirm.ts';
import type { DrawContext } from '../../../source/ui/dialogs/dialog.ts';
import {
	type Dialog,
	drawDialog,
	isTypedIn,
	pasteIntoDialog,
	pressInDialog,
	questionOf,
} from '../../../source/ui/dialogs/dialogs.ts';
import { formDialog } from '../../../source/ui/dialogs/form.ts';
import { helpDialog } from '../../../source/ui/dialogs/help.ts';
import { inputDialog } from '../../../source/ui/dialogs/input.ts';
import { pageDialog } from '../../../source/ui/dialogs/page.ts';
import { initialView } from '../../../source/ui/view-state.ts';
import { quoted } from '../../../source/words/message.ts';
import { english } from '../../given/english.ts';

const plan: Plan = {
	actionId: 'stop',
	title: quoted('stop mlflow'),
	effects: [quoted('It ends.')],
	command: 'docker stop mlflow',
	targets: [],
	perform: async () => ({ outcome: 'done', message: quoted('') }),
};
const perform: Effect = { kind: 'perform', plan };
const copyCommand: Effect = { kind: 'copy', text: plan.command, what: ['command', '명령'] };
const next = (): Effect => ({ kind: 'nothing' });
const choice = (id: string, key: string) => ({ id, key, label: id, hint: '' });
const menu = chooseDialog({ title: 'menu', filters: false, choices: ['a', 'b', 'c'].map(id => choice(id, id)), next });
const found = chooseDialog({
	title: 'list',
	filters: true,
	choices: ['alpha', 'beta'].map(id => choice(id, 'x')),
	next,
});
const line = inputDialog(
	{ title: 'line', hint: 'any', initial: 'ab', problem: text => (text ? null : 'write it'), next },
	initialView('dag'),
);
const form = formDialog({
	title: 'form',
	fields: [
		{ name: 'rows', wanted: 'a number', description: '', initial: '5', values: [] },
		{ name: 'fast', wanted: 'yes or no', description: '', initial: 'true', values: ['true', 'false'] },
	],
	recent: ['{"rows":7}'],
	conf: values => ({ conf: JSON.stringify(values) }),
	values: conf => (conf.startsWith('{') ? { values: { rows: '7', fast: 'true' } } : { problem: 'no JSON' }),
	next,
});
const text: Page = {
	title: 'text',
	lines: [{ text: 'one' }, { text: 'two' }],
	also: [{ key: 't', what: ['tunnel', '터널'], text: 'ssh' }],
};
const page = { ...pageDialog(text), scroll: 4 };
const help = { ...helpDialog, scroll: 4 };
const yes = confirmDialog(plan);
const chosenYes = { ...yes, isYes: true };
const typing = confirmDialog({ ...plan, typed: 'ml' });

/** A dialog after a key: `null` closed, `same` unchanged, or the differences; and what happens besides. */
type After = null | 'same' | Readonly<Record<string, unknown>>;
type Row = readonly [keys: string, from: Dialog, after: After, effect?: Effect | { readonly kind: string }];

/** As on a screen where a page has five rows, and the text continues for ten more. */
const long = { page: 5, limit: 10 };

const rows: readonly Row[] = [
	['y', yes, null, perform],
	['enter', yes, null],
	['enter', chosenYes, null, perform],
	['esc n q x', yes, null],
	['c', yes, 'same', copyCommand],
	['left right tab shift-tab h l', yes, { isYes: true }],
	['left right tab', chosenYes, { isYes: false }],
	['down j ctrl-n', yes, { scroll: 1 }],
	['pagedown space ctrl-f', yes, { scroll: 5 }],
	['G end', yes, { scroll: 10 }],
	['up k g home pageup', { ...yes, scroll: 1 }, { scroll: 0 }],
	['y', typing, { field: { text: 'y' } }],
	['enter', typing, { wrong: '' }],
	['esc', typing, null],
	['down', typing, { scroll: 1 }],
	['tab', typing, 'same'],
	['esc q', menu, null],
	['enter a', menu, null, { kind: 'answer' }],
	['b c', menu, null, { kind: 'answer' }],
	['down j', menu, { index: 1 }],
	['end G pagedown', menu, { index: 2 }],
	['up k g', menu, { index: 0 }],
	['z tab', menu, 'same'],
	['esc', found, null],
	['q', found, { field: { text: 'q' }, index: 0 }],
	['down ctrl-n', found, { index: 1 }],
	['enter', found, null, { kind: 'answer' }],
	['enter', { ...found, field: { ...found.field, text: 'zz' } }, 'same'],
	['tab', found, 'same'],
	['esc', line, null, { kind: 'view' }],
	['enter', line, null, { kind: 'answer' }],
	['c', line, { field: { text: 'abc' } }],
	['up tab', line, 'same'],
	['enter', { ...line, field: { ...line.field, text: '' } }, { problem: 'write it' }],
	['esc', form, null],
	['enter', form, null, { kind: 'answer' }],
	['tab shift-tab', form, { mode: 'json' }],
	['ctrl-r', form, { values: { rows: '7', fast: 'true' }, recent: 0 }],
	['down ctrl-n pagedown', form, { index: 1 }],
	['up', form, { index: 0 }],
	['9', form, { values: { rows: '9', fast: 'true' } }],
	['right space left', { ...form, index: 1 }, { values: { rows: '5', fast: 'false' } }],
	['9 backspace', { ...form, index: 1 }, 'same'],
	['tab', { ...form, mode: 'json', field: { ...form.field, text: 'oops' } }, { problems: { '': 'no JSON' } }],
	['enter', { ...form, mode: 'json', field: { ...form.field, text: 'oops' } }, { problems: { '': 'no JSON' } }],
	['enter', { ...form, mode: 'json', field: { ...form.field, text: '{}' } }, null, { kind: 'answer' }],
	['up down', { ...form, mode: 'json' }, 'same'],
	['esc q enter left', page, null],
	['y', page, 'same', { kind: 'copy', text: 'one\ntwo', what: ['page', '페이지'] }],
	['y', pageDialog({ ...text, copies: 'id' }), 'same', { kind: 'copy', text: 'id', what: ['text', '내용'] }],
	['t', page, 'same', { kind: 'copy', text: 'ssh', what: ['tunnel', '터널'] }],
	['down j', page, { scroll: 5 }],
	['pagedown space', page, { scroll: 9 }],
	['G end', page, { scroll: 10 }],
	['g home', page, { scroll: 0 }],
	['x r', page, 'same'],
	['esc q ? enter left', help, null],
	['/', help, { scroll: 0, field: { text: '' } }],
	['r x', help, 'same'],
	['pagedown', help, { scroll: 9 }],
	['esc', { ...help, field: found.field }, { scroll: 0, field: null }],
	['r', { ...help, field: found.field }, { scroll: 0, field: { text: 'r' } }],
	['enter', { ...help, field: found.field }, 'same'],
	['esc q enter', { kind: 'progress', action: 'a', title: 'stop' }, null],
	['x y', { kind: 'progress', action: 'a', title: 'stop' }, 'same'],
	['esc', { kind: 'waiting', title: 'source', token: 1 }, null],
	['q enter y', { kind: 'waiting', title: 'source', token: 1 }, 'same'],
];

const cases = rows.flatMap(([keys, from, after, effect]) =>
	keys.split(' ').map(key => [from.kind, key, from, after, effect] as const),
);

test.each(cases)('%s: %s', (_, key, from, after, effect) => {
	const turn = pressInDialog(from, key, long);
	if (after === null) expect(turn.dialog).toBeNull();
	else expect(turn.dialog).toMatchObject(after === 'same' ? from : { ...after });
	if (effect === undefined) expect(turn.effect).toBeUndefined();
	else expect(turn.effect).toMatchObject(effect);
});

describe('where all of a question is in sight', () => {
	const short = { page: 3, limit: 0 };
	test.each(['up', 'down'])('%s chooses the other answer', key => {
		expect(pressInDialog(yes, key, short).dialog).toMatchObject({ isYes: true });
	});
	test.each(['pageup', 'pagedown', 'j', 'k', 'home', 'end', 'ctrl-f'])(
		'%s, a key for reading on, does nothing',
		key => {
			expect(pressInDialog(yes, key, short)).toEqual({ dialog: yes });
		},
	);
	test.each(['space', 'g', 'G', '7'])('%s, typed on, takes it back', key => {
		expect(pressInDialog(yes, key, short)).toEqual({ dialog: null });
	});
});

test('Yes to a shell opens it', () => {
	const shell = { ...plan, project: null, containerId: 'x', name: 'mlflow' };
	expect(pressInDialog(shellDialog(shell), 'y', long).effect).toMatchObject({ kind: 'open shell', shell });
});

test.each([
	['a menu', menu, 'same'],
	['a list', found, { field: { text: 'be' } }],
	['a line', line, { field: { text: 'abbe' } }],
	['a field', form, { values: { rows: 'be' } }],
	['a field of few values', { ...form, index: 1 }, 'same'],
	['a question', yes, 'same'],
	['a question that wants its name typed', typing, 'same'],
	['a page', page, 'same'],
	['the help', help, 'same'],
] satisfies (readonly [string, Dialog, After])[])('a paste into %s', (_, from, after) => {
	const turn = pasteIntoDialog(from, 'be');
	expect(turn.dialog).toMatchObject(after === 'same' ? from : { ...after });
	expect(turn.effect).toBeUndefined();
});

test('what is typed in takes letters; what acts is a question, the same as long as it is asked', () => {
	const all = { menu, found, line, form, page, help, yes, typing };
	expect(Object.entries(all).flatMap(([name, one]) => (isTypedIn(one) ? [name] : []))).toEqual([
		'found',
		'line',
		'form',
	]);
	expect(Object.entries(all).flatMap(([name, one]) => (questionOf(one) ? [name] : []))).toEqual([
		'menu',
		'yes',
		'typing',
	]);
	expect(questionOf(pressInDialog(yes, 'left', long).dialog)).toBe(questionOf(yes));
	expect(questionOf(null)).toBeNull();
});

const context = (more: Partial<DrawContext> = {}): DrawContext => ({
	actions: [],
	place: 'services',
	running: [],
	now: 100_000,
	isAnswerable: true,
	columns: 60,
	rows: 20,
	glyphs: glyphSets.ascii,
	...english,
	...more,
});
const drawn = (dialog: Dialog, more?: Partial<DrawContext>) =>
	drawDialog(dialog, context(more))
		.rows.slice(1, -1)
		.map(row =>
			row
				.map(span => span.text)
				.join('')
				.replaceAll(/^\| ?| ?\|$/g, '')
				.trimEnd(),
		);

const action = (more: Partial<ActionState>): ActionState => ({
	id: 'a',
	actionId: 'stop',
	title: quoted('stop'),
	targets: ['container mlflow'],
	startedAt: 40_000,
	finishedAt: null,
	progress: [],
	outcome: 'running',
	message: null,
	...more,
});

test.each([
	['under way', {}, [/running for 1:00\. Esc hides this; it continues/]],
	[
		'with what it says',
		{ progress: [quoted('pulling'), quoted('starting')] },
		[/^pulling/, /^starting/, /running for/],
	],
	['done', { outcome: 'done', message: quoted('stopped') }, [/done: stopped/, /Esc closes/]],
	['failed', { outcome: 'failed', message: quoted('no') }, [/failed: no/, /Esc closes/]],
	['unknown', { outcome: 'unknown', message: quoted('lost') }, [/unknown: lost/, /Esc closes/]],
] satisfies (readonly [string, Partial<ActionState>, RegExp[]])[])('progress, %s', (_, more, expected) => {
	const lines = drawn({ kind: 'progress', action: 'a', title: 'stop' }, { running: [action(more)] });
	expect(lines).toHaveLength(expected.length);
	for (const [index, words] of expected.entries()) expect(lines[index]).toMatch(words);
});

test.each([
	[yes, true, ['It ends.', '', '$ docker stop mlflow', '', '[ n Cancel ]     y Yes, do it']],
	[yes, false, ['It ends.', '', '$ docker stop mlflow', '', '  Esc cancels']],
	[chosenYes, true, ['It ends.', '', '$ docker stop mlflow', '', '  n Cancel     [ y Yes, do it ]']],
	[menu, true, ['> a a', '  b b', '  c c', 'Enter chooses, Esc closes']],
	[menu, false, ['> a a', '  b b', '  c c', 'Esc closes']],
	[line, true, ['any', '> ab', 'Enter continues, Esc cancels']],
	[page, true, ['one', 'two', 'y copies it, Esc closes']],
	[{ kind: 'waiting', title: 'x', token: 1 }, true, [/waiting for an answer.* Esc stops waiting/]],
] satisfies (readonly [Dialog, boolean, (string | RegExp)[]])[])(
	'%j is drawn, answerable: %j',
	(dialog, isAnswerable, expected) => {
		const lines = drawn(dialog, { isAnswerable });
		expect(lines).toHaveLength(expected.length);
		for (const [index, words] of expected.entries()) {
			if (typeof words === 'string') expect(lines[index]?.trim()).toBe(words.trim());
			else expect(lines[index]).toMatch(words);
		}
	},
);

test('a secret is not seen in a field, a form or a line', () => {
	const secret = { ...form, values: { rows: '5', password: 'hunter2' }, mode: 'fields' as const };
	const fields = [{ name: 'password', wanted: '', description: '', initial: 'hunter2', values: [] }];
	const shown = drawn(
		formDialog({ ...secret.question, fields, conf: () => ({ conf: '{"password":"hunter2"}' }) }),
	).join('\n');
	expect(shown).toContain('password');
	expect(shown).not.toContain('hunter2');
});
