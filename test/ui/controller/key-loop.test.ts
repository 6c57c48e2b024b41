import { expect, test } from 'vitest';
import { actionsFor } from '../../../source/ui/actions/table.ts';
import { KeyLoop } from '../../../source/ui/controller/key-loop.ts';
import type { Effect } from '../../../source/ui/conversation.ts';
import { chooseDialog } from '../../../source/ui/dialogs/choose.ts';
import { confirmDialog } from '../../../source/ui/dialogs/confirm.ts';
import type { Dialog } from '../../../source/ui/dialogs/dialogs.ts';
import { inputDialog } from '../../../source/ui/dialogs/input.ts';
import { initialView } from '../../../source/ui/view-state.ts';
import { quoted } from '../../../source/words/message.ts';

const plan = {
	actionId: 'stop',
	title: quoted('stop'),
	effects: [quoted('It ends.')],
	command: 'docker stop mlflow',
	targets: [],
	perform: async () => ({ outcome: 'done' as const, message: quoted('') }),
};
const next = (): Effect => ({ kind: 'nothing' });
const menu = chooseDialog({
	title: 'menu',
	filters: false,
	choices: [{ id: 'a', key: 'a', label: 'a', hint: '' }],
	next,
});

/** What keys lead to, with or without an open dialog. */
function keysOn({
	dialog = null as Dialog | null,
	isOpen = true,
	readOnly = false,
	isLeaving = false,
	isAsked = false,
	isWhole = true,
	hidden = 0,
	focus = 'services' as const,
} = {}) {
	const done: string[] = [];
	let drawings = 0;
	const keys = new KeyLoop({
		stage: {
			view: { ...initialView('dag'), focus },
			dialog,
			hint: hint => void done.push(typeof hint === 'string' ? hint : hint.words),
			clearHint: () => undefined,
			keyPressed: () => undefined,
			input: () => {
				throw new Error('nothing points here');
			},
			show: () => undefined,
			drawn: () => {
				drawings++;
				return { rectangle: { x: 0, y: 0, width: 80, height: 10 }, rows: [], page: 5, limit: 0, isWhole, hidden };
			},
		},
		effects: {
			run: action => void done.push(`runs ${action.id}`),
			takeTurn: turn => void done.push(`${turn.dialog?.kind ?? 'closed'}${turn.effect ? `, ${turn.effect.kind}` : ''}`),
		},
		leaving: { stay: () => isLeaving, isAsked: () => isAsked },
		quit: () => void done.push('quits'),
		terminal: { suspend: () => void done.push('suspends'), repaint: () => void done.push('repaints') },
		readOnly,
		now: () => 0,
		gate: { isOpen: () => isOpen },
		actions: actionsFor({ readOnly }),
		allActions: actionsFor({}),
		language: 'en',
	});
	return {
		press(key: string) {
			keys.take({ kind: 'key', key }, 1);
			return done.at(-1);
		},
		paste(text: string) {
			keys.take({ kind: 'paste', text }, 1);
			return done.at(-1);
		},
		drawings: () => drawings,
	};
}
const input = inputDialog({ title: 'line', hint: '', initial: '', problem: () => null, next }, initialView('dag'));

test('a key belongs only to the open dialog, otherwise to the current place', () => {
	expect(keysOn().press('r')).toBe('runs restart');
	expect(keysOn().press('q')).toBe('runs quit');
	expect(keysOn({ dialog: input }).press('q')).toBe('input');
	expect(keysOn({ dialog: menu }).press('a')).toBe('closed, answer');
});

test.each([
	['w', {}, 'w (wrap) works in the logs pane'],
	['n', {}, /^n \(.*\) works in the /],
	['€', {}, ''],
	['r', { readOnly: true }, 'restart: laketop runs read-only'],
	['C', { readOnly: true }, 'stack: laketop runs read-only'],
])('%s, which does nothing here, says why', (key, given, words) => {
	const said = keysOn(given).press(key);
	if (typeof words === 'string') expect(said).toBe(words);
	else expect(said).toMatch(words);
});

test('Ctrl-C leaves from anywhere; pressed again it does not wait; any key stays', () => {
	expect(keysOn().press('ctrl-c')).toBe('closed, quit');
	expect(keysOn({ dialog: confirmDialog(plan), isOpen: false }).press('ctrl-c')).toBe('closed, quit');
	expect(keysOn({ dialog: menu, isAsked: true }).press('ctrl-c')).toBe('quits');
	expect(keysOn({ isLeaving: true }).press('r')).toBe('laketop stays open');
});

test.each([
	['ctrl-z', 'suspends'],
	['ctrl-l', 'repaints'],
])('no dialog keeps %s from working, which is the terminal’s', (key, does) => {
	for (const dialog of [null, input, menu, confirmDialog(plan)])
		expect(keysOn({ dialog, isOpen: false }).press(key)).toBe(does);
});

test('to draw the screen again is not to stay', () => {
	expect(keysOn({ isLeaving: true }).press('ctrl-l')).toBe('repaints');
});

test('a question is answered by what was pressed after it could be read; Esc takes it back at any time', () => {
	for (const dialog of [confirmDialog(plan), menu]) {
		const early = keysOn({ dialog, isOpen: false });
		for (const key of ['y', 'a', 'enter', 'left']) expect(early.press(key)).toMatch(/^Ignored /);
		expect(early.press('esc')).toBe('closed');
	}
	expect(keysOn({ dialog: confirmDialog(plan) }).press('y')).toBe('closed, perform');
});

test('a question that is not all on the screen is not answered, and of a menu no row that is not', () => {
	const cut = keysOn({ dialog: confirmDialog(plan), isWhole: false });
	expect(cut.press('y')).toBe('Enlarge the window to answer');
	expect(cut.press('esc')).toBe('closed');
	const hidden = keysOn({ dialog: menu, hidden: 2 });
	expect(hidden.press('a')).toBe('Enlarge the window to answer');
	expect(hidden.press('enter')).toBe('closed, answer');
});

test('what is typed ahead while an answer is waited for is dropped', () => {
	const waiting = keysOn({ dialog: { kind: 'waiting', title: 'source', token: 1 } });
	expect(waiting.press('enter')).toBe('Ignored Enter: waiting for source (Esc stops waiting)');
	expect(waiting.press('esc')).toBe('closed');
});

test('letters are typed without laying the dialog out for each of them', () => {
	const typing = keysOn({ dialog: input });
	for (const key of 'a thousand letters'.replaceAll(' ', '')) typing.press(key);
	expect(typing.drawings()).toBe(0);
	typing.press('enter');
	expect(typing.drawings()).toBe(1);
});

test('a paste goes into what is typed in, and nowhere else', () => {
	expect(keysOn({ dialog: input }).paste('yes\n')).toBe('input');
	expect(keysOn({ dialog: confirmDialog(plan) }).paste('y')).toBe('confirm');
	expect(keysOn().paste('rq')).toBeUndefined();
});
