/** The keys of dialogs for docs/keys.md. The keys are those of the dialogs themselves; see keys-page.ts. */
import { chartDialog } from '../source/ui/chart-state.ts';
import type { Choice } from '../source/ui/conversation.ts';
import { chartFace } from '../source/ui/dialogs/chart-face.ts';
import { choose, chooseDialog } from '../source/ui/dialogs/choose.ts';
import { confirm, shellDialog } from '../source/ui/dialogs/confirm.ts';
import type { DialogContract, Room } from '../source/ui/dialogs/dialog.ts';
import { form, formDialog } from '../source/ui/dialogs/form.ts';
import { help, helpDialog } from '../source/ui/dialogs/help.ts';
import { input, inputDialog } from '../source/ui/dialogs/input.ts';
import { page, pageDialog } from '../source/ui/dialogs/page.ts';
import { progress } from '../source/ui/dialogs/progress.ts';
import { waiting } from '../source/ui/dialogs/waiting.ts';
import { keyTitle } from '../source/ui/keys.ts';
import { initialView } from '../source/ui/view-state.ts';
import { quoted } from '../source/words/message.ts';

/** A dialog with what its keys do, each by the first key of its entry. */
type Part = {
	readonly title: string;
	readonly keys: readonly (readonly string[])[];
	readonly does: Readonly<Record<string, string>>;
};

const nothing = () => ({ kind: 'nothing' as const });
const room: Room = { page: 10, limit: 5 };
const keysOf = <State>(contract: DialogContract<State>, dialog: State, at: Room = room) =>
	contract.keys(dialog, at).map(({ keys }) => keys);

const shell = { containerId: '', name: '', project: null, title: quoted(''), effects: [], command: '' };
const choices: readonly Choice[] = [{ id: 'a', label: 'a', hint: '', key: '1' }];
const menu = { title: '', choices, next: nothing };
const field = { name: 'a', wanted: '', description: '', initial: '', values: ['x', 'y'] };
const question = { title: '', fields: [field], recent: [], next: nothing };

const typing =
	'`Ctrl-A` and `Ctrl-E` go to the beginning and end, `Ctrl-U` and `Ctrl-K` delete up to them, `Ctrl-W` deletes a word.';
const moves = 'Move, also by a page, to the first and to the last';
const scrolls = 'Scroll, also by a page, to the beginning and to the end';

const parts: readonly Part[] = [
	{
		title: 'A question (before every change)',
		keys: keysOf(confirm, shellDialog(shell)),
		does: {
			esc: 'Cancel',
			y: 'Yes, do it',
			enter: 'Take the selected answer: Cancel at first',
			c: 'Copy the equivalent command',
			left: 'Select the other answer',
			up: scrolls,
		},
	},
	{
		title: 'A question about what cannot be undone',
		keys: keysOf(confirm, shellDialog({ ...shell, typed: 'x' })),
		does: { esc: 'Cancel', enter: 'Confirm, once the named text is typed', up: scrolls },
	},
	{
		title: 'A menu',
		keys: keysOf(choose, chooseDialog({ ...menu, filters: false })),
		does: {
			esc: 'Close',
			enter: 'Choose the selected entry',
			up: moves,
			'1': 'Choose the entry with this key; each entry shows its own',
		},
	},
	{
		title: 'A list that typing filters (palette)',
		keys: keysOf(choose, chooseDialog({ ...menu, filters: true })),
		does: { esc: 'Close', enter: 'Choose the selected entry', up: moves },
	},
	{
		title: 'A line to type (filter, search, note)',
		keys: keysOf(
			input,
			inputDialog(
				{ title: '', hint: '', initial: '', isReplaced: true, problem: () => null, next: nothing },
				initialView(''),
			),
		),
		does: { esc: 'Cancel', enter: 'Continue', up: 'Restore the text before, as in a search' },
	},
	{
		title: 'A form (params of a DAG)',
		keys: keysOf(form, formDialog({ ...question, conf: () => ({ conf: '' }), values: () => ({ values: {} }) })),
		does: {
			esc: 'Cancel',
			enter: 'Continue',
			tab: 'Write the whole as JSON, or field by field',
			'ctrl-r': 'Take the values of an earlier DAG run',
			up: 'Go to the field before or after',
			left: 'Value before, where a field has few',
			right: 'Next value',
		},
	},
	{
		title: 'A page (details, source, results)',
		keys: keysOf(page, pageDialog({ title: '', lines: [] })),
		does: { esc: 'Close', y: 'Copy it, or what its last row names', up: scrolls },
	},
	{
		title: 'A chart',
		keys: keysOf(
			chartFace,
			chartDialog({
				...{ runs: [], all: [], keys: [], shown: [], histories: [], detail: null, axis: 'step', isLog: false },
				...{ smoothing: 0, window: null, cursor: null, isLoading: false, problem: null },
				ask: () => Promise.reject(new Error('asked for nothing')),
			}),
		),
		does: {
			esc: 'Close',
			left: 'Cursor to the left',
			right: 'Cursor to the right',
			pageup: 'Cursor ten cells to the left',
			pagedown: 'Cursor ten cells to the right',
			home: 'Cursor to the first point',
			end: 'Cursor to the last point',
			'+': 'Zoom in',
			'-': 'Zoom out',
			'0': 'Show the whole axis',
			']': 'Next axis: step, time, time since the start, MLflow runs',
			'[': 'Previous axis',
			'*': 'Logarithmic values, or linear ones again',
			up: 'Smooth more',
			down: 'Smooth less',
			tab: 'Next metric',
			'shift-tab': 'Previous metric',
			a: 'All metrics of the MLflow runs, or one again',
			y: 'Copy the command that draws it',
		},
	},
	{
		title: 'The help',
		keys: keysOf(help, helpDialog),
		does: { esc: 'Close', '/': 'Search the keys', up: scrolls },
	},
	{
		title: 'The progress of an action',
		keys: keysOf(progress, { kind: 'progress' as const, action: '', title: '' }),
		does: { esc: 'Hide it; the action continues' },
	},
	{
		title: 'Waiting for an answer',
		keys: keysOf(waiting, { kind: 'waiting' as const, title: '', token: 0 }),
		does: { esc: 'Stop waiting' },
	},
];

/** A table for each dialog. Throws for a key that has no words, and for words without a key. */
export function dialogKeys(inTicks: (key: string) => string): string {
	const tables = parts.map(({ title, keys, does }) => {
		const wordless = keys.filter(([first = '']) => does[first] === undefined);
		const keyless = Object.keys(does).filter(first => !keys.some(entry => entry[0] === first));
		if (wordless.length + keyless.length > 0)
			throw new Error(`${title}: no words for ${wordless.join('; ')}, no key for ${keyless.map(keyTitle).join(' ')}`);
		const rows = keys.map(entry => `| ${entry.map(inTicks).join(' ')} | ${does[entry[0] ?? '']} |`);
		return `### ${title}\n\n| key | does |\n|---|---|\n${rows.join('\n')}\n`;
	});
	return `## Dialogs\n\nA dialog takes all keys while it is open. These cannot be changed. Where text is typed: ${typing}\n\n${tables.join('\n')}`;
}
