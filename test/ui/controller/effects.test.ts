import { expect, test } from 'vitest';
import { initialState, type StackState } from '../../../source/model/state.ts';
import type { Plan, ShellRequest } from '../../../source/operations/plan/plan.ts';
import type { Action, ActionContext } from '../../../source/ui/actions/action.ts';
import { chartDialog } from '../../../source/ui/chart-state.ts';
import { Effects, type PlainContext } from '../../../source/ui/controller/effects.ts';
import { Leaving } from '../../../source/ui/controller/leaving.ts';
import type { Effect, ViewState } from '../../../source/ui/conversation.ts';
import type { Dialog } from '../../../source/ui/dialogs/dialogs.ts';
import { helpDialog } from '../../../source/ui/dialogs/help.ts';
import type { Hint } from '../../../source/ui/hint.ts';
import { initialView } from '../../../source/ui/view-state.ts';
import { type Message, quoted } from '../../../source/words/message.ts';
import { english as inEnglish } from '../../english.ts';
import { chartState } from '../../given/charts.ts';
import { english } from '../../given/english.ts';
import { settled } from '../../given/hand-clock.ts';

/** The interpreter, with a stage that draws nothing and a program that only records its calls. */
function interpreter(state: StackState = initialState) {
	const done: string[] = [];
	let view = initialView('dag');
	let dialog: Dialog | null = null;
	const stage = {
		get view() {
			return view;
		},
		get dialog() {
			return dialog;
		},
		set(next: { view?: ViewState; dialog?: Dialog | null }) {
			if (next.view !== undefined) view = next.view;
			if (next.dialog !== undefined) dialog = next.dialog;
		},
		show(next: { view?: ViewState; dialog?: Dialog | null }) {
			stage.set(next);
			done.push('drawn');
		},
		hint: (hint: Hint) => stage.show({ view: { ...view, hint } }),
		context: (of = view) => ({ view: of }) as ActionContext,
	};
	const says =
		(word: string) =>
		(...more: string[]) =>
			void done.push([word, ...more].join(' '));
	let openProblem: Message | null = null;
	const effects = new Effects({
		stage,
		terminal: {
			copy: text => {
				done.push(`copies ${text}`);
				return { text, isWhole: true };
			},
			open: async () => openProblem,
			page: async () => quoted('there is no pager'),
			suspend: says('suspends'),
			repaint: says('repaints'),
		},
		performing: {
			perform: plan => void done.push(`performs ${inEnglish(plan.title)}`),
			openShell: async ({ name }) => void done.push(`shell in ${name}`),
		},
		leaving: new Leaving(() => state.actions, english.say),
		pages: { open: page => stage.show({ dialog: { kind: 'page', page, scroll: 0 } }) },
		charts: { open: chart => stage.show({ dialog: chartDialog(chart) }), closed: says('closes the chart') },
		columns: { choose: (experiment, ids) => says('keeps')(experiment, String(ids)) },
		program: { refresh: says('asks'), quit: says('quits'), profile: says('profile'), project: says('project') },
		state: () => state,
		context: () => ({ state, view, signal: new AbortController().signal }) as PlainContext,
		say: english.say,
	});
	return {
		effects,
		stage,
		take: (effect: Effect) => effects.take(effect, 'title'),
		/** What was done, without what was drawn. */
		done: () => done.filter(word => word !== 'drawn'),
		drawings: () => done.filter(word => word === 'drawn').length,
		failToOpen: (problem: string) => {
			openProblem = quoted(problem);
		},
	};
}

const plan: Plan = {
	actionId: 'restart',
	title: quoted('restart mlflow'),
	effects: [quoted('It stops.')],
	command: 'docker restart mlflow',
	targets: [],
	project: 'mlops',
	perform: async () => ({ outcome: 'done', message: quoted('') }),
};
const shell: ShellRequest = {
	...plan,
	project: 'mlops',
	title: quoted('open a shell in mlflow'),
	containerId: 'x',
	name: 'mlflow',
};
const question = { title: 'Which', filters: false, choices: [], next: (): Effect => ({ kind: 'nothing' }) };
const input = { title: 'What', hint: '', initial: 'a', problem: () => null, next: question.next };
const form = { title: 'conf', fields: [], recent: [], conf: () => ({ conf: '{}' }), values: () => ({ values: {} }) };

const opens: readonly (readonly [Effect, Dialog['kind']])[] = [
	[{ kind: 'choose', question }, 'choose'],
	[{ kind: 'input', question: input }, 'input'],
	[{ kind: 'form', question: { ...form, next: question.next } }, 'form'],
	[{ kind: 'page', page: { title: 'page', lines: [] } }, 'page'],
	[{ kind: 'chart', chart: chartState() }, 'chart'],
	[{ kind: 'help' }, 'help'],
	[{ kind: 'plan', plan }, 'confirm'],
	[{ kind: 'shell', shell }, 'confirm'],
	[{ kind: 'wait', until: new Promise(() => {}) }, 'waiting'],
];

test.each(opens)('%j opens its dialog, and does nothing else', (effect, kind) => {
	const { take, stage, done, drawings } = interpreter();
	take(effect);
	expect(stage.dialog?.kind).toBe(kind);
	expect(done()).toEqual([]);
	expect(drawings()).toBe(1);
});

const acts: readonly (readonly [Effect, readonly string[]])[] = [
	[{ kind: 'perform', plan }, ['performs restart mlflow']],
	[{ kind: 'open shell', shell }, ['shell in mlflow']],
	[{ kind: 'copy', text: 'id', what: ['id', 'ID'] }, ['copies id']],
	[{ kind: 'refresh' }, ['asks']],
	[{ kind: 'suspend' }, ['suspends']],
	[{ kind: 'repaint' }, ['repaints']],
	[{ kind: 'quit' }, ['quits']],
	[{ kind: 'profile', profile: 'home' }, ['profile home']],
	[{ kind: 'project', project: 'shop' }, ['project shop']],
	[{ kind: 'nothing' }, []],
];

test.each(acts)('%j is done, and the screen is drawn', (effect, expected) => {
	const { take, done, drawings } = interpreter();
	take(effect);
	expect(done()).toEqual(expected);
	expect(drawings()).toBeGreaterThan(0);
});

test.each([
	[{ kind: 'nothing', hint: 'Well' } satisfies Effect, 'Well'],
	[
		{ kind: 'refusal', refusal: { refused: quoted('There is no run'), kind: 'nothing' } } satisfies Effect,
		'There is no run',
	],
])('%j says so', (effect, words) => {
	const { take, stage } = interpreter();
	take(effect);
	expect(stage.view.hint).toBe(words);
});

test('a dialog that was answered is closed before what follows is done, one that copies stays', () => {
	const { effects, stage } = interpreter();
	stage.set({ dialog: helpDialog });
	effects.takeTurn({ dialog: helpDialog, effect: { kind: 'copy', text: 'x', what: ['it', '내용'] } });
	expect(stage.dialog).toBe(helpDialog);
	let open: Dialog | null = helpDialog;
	const next = (): Effect => {
		open = stage.dialog;
		return { kind: 'view', change: view => ({ ...view, hint: 'gone on' }) };
	};
	effects.takeTurn({ dialog: null, effect: { kind: 'answer', title: 'Which', next } });
	expect(open).toBeNull();
	expect(stage.view.hint).toBe('gone on');
	effects.takeTurn({ dialog: helpDialog });
	expect(stage.dialog).toBe(helpDialog);
});

test('an answer that fails says why, and leaves no dialog open', () => {
	const { effects, stage } = interpreter();
	stage.set({ dialog: helpDialog });
	const next = (): Effect => {
		throw new Error('not understood');
	};
	effects.takeTurn({ dialog: null, effect: { kind: 'answer', title: 'Which', next } });
	expect(stage.view.hint).toBe('not understood');
	expect(stage.dialog).toBeNull();
});

test('what is waited for happens when it has come, but not when nobody waits any more', async () => {
	const { effects, stage, take } = interpreter();
	const waits = () => {
		let come: (effect: Effect) => void = () => {};
		let fail: (error: Error) => void = () => {};
		take({
			kind: 'wait',
			until: new Promise((resolve, reject) => {
				come = resolve;
				fail = reject;
			}),
		});
		return {
			come(effect: Effect) {
				come(effect);
				return settled();
			},
			fail(words: string) {
				fail(new Error(words));
				return settled();
			},
		};
	};
	const says = (hint: string): Effect => ({ kind: 'nothing', hint });
	await waits().come(says('first'));
	expect([stage.view.hint, stage.dialog]).toEqual(['first', null]);
	const left = waits();
	effects.takeTurn({ dialog: null });
	await left.come(says('left'));
	expect(stage.view.hint).toBe('first');
	const older = waits();
	const newer = waits();
	await older.come(says('older'));
	expect([stage.view.hint, stage.dialog?.kind]).toEqual(['first', 'waiting']);
	await newer.fail('the server is away');
	expect([stage.view.hint, stage.dialog]).toEqual(['the server is away', null]);
});

test('what nobody waits for any more is no longer asked for; the next action asks again', () => {
	const { effects, stage } = interpreter();
	const signals: AbortSignal[] = [];
	const asks: Action = {
		id: 'artifacts',
		kind: 'look',
		verb: 'open',
		keys: ['A'],
		label: ['artifacts', '아티팩트'],
		help: ['', ''],
		group: 'look',
		begin(context) {
			signals.push(context.signal);
			return { kind: 'wait', until: new Promise(() => {}) };
		},
	};
	effects.run(asks);
	expect([stage.dialog?.kind, signals[0]?.aborted]).toEqual(['waiting', false]);
	effects.takeTurn({ dialog: null });
	expect(signals[0]?.aborted).toBe(true);
	effects.run(asks);
	expect(signals[1]?.aborted).toBe(false);
});

test('a chart that is left is no longer asked for', () => {
	const { effects, take, done } = interpreter();
	take({ kind: 'chart', chart: chartState() });
	effects.takeTurn({ dialog: chartDialog(chartState()) });
	expect(done()).toEqual([]);
	effects.takeTurn({ dialog: null });
	expect(done()).toEqual(['closes the chart']);
});

const changing = (effect: Effect): Action => ({
	id: 'restart',
	kind: 'change',
	asksFirst: true,
	verb: 'restart',
	keys: ['r'],
	label: ['restart', '재시작'],
	help: ['', ''],
	group: 'change',
	begin: () => effect,
});
const explaining = (action: Action): Action => ({
	id: 'explain',
	kind: 'look',
	verb: 'explain',
	keys: ['!'],
	label: ['dry run', '미리 보기'],
	help: ['', ''],
	group: 'program',
	begin: context => context.explain(action),
});

test.each([
	['plan', { kind: 'plan', plan } satisfies Effect],
	['shell', { kind: 'shell', shell } satisfies Effect],
])('asked what a %s would run, it is shown and not asked; the next key asks again', (_, effect) => {
	const { effects, stage, done } = interpreter();
	effects.run(explaining(changing(effect)));
	expect(stage.dialog).toMatchObject({ kind: 'page', page: { copies: 'docker restart mlflow' } });
	effects.run(changing(effect));
	expect(stage.dialog?.kind).toBe('confirm');
	expect(done()).toEqual([]);
});

test('through questions too, what would run is shown and not asked', () => {
	const { effects, stage } = interpreter();
	const asks: Effect = { kind: 'choose', question: { ...question, next: () => ({ kind: 'plan', plan }) } };
	effects.run(explaining(changing(asks)));
	effects.takeTurn({ dialog: null, effect: { kind: 'answer', title: '', next: () => ({ kind: 'plan', plan }) } });
	expect(stage.dialog?.kind).toBe('page');
});

test("nothing is asked about a stack that is not this folder's", () => {
	const stack = {
		project: 'shop',
		reason: 'running',
		otherProjects: [],
		folderProject: 'mlops',
		servers: { airflow: { origin: 'discovered' }, mlflow: { origin: 'discovered' } },
	};
	const foreign = { ...initialState, stack } as unknown as StackState;
	const { take, stage } = interpreter(foreign);
	take({ kind: 'plan', plan: { ...plan, project: 'shop' } });
	take({ kind: 'shell', shell: { ...shell, project: 'shop' } });
	expect(stage.dialog).toBeNull();
	expect(stage.view.hint).toMatch(/^Not changed: /);
});

test('an action begins another one, elsewhere if need be', () => {
	const { effects, stage } = interpreter();
	const marks: Action = {
		id: 'mark',
		kind: 'view',
		verb: 'mark',
		keys: [],
		label: ['', ''],
		help: ['', ''],
		group: 'look',
		apply: ({ view }) => ({ ...view, marks: [view.focus] }),
	};
	const palette: Action = {
		...explaining(marks),
		kind: 'look',
		begin: context => context.beginWith(marks, view => ({ ...view, focus: 'logs' })),
	};
	effects.run(palette);
	expect(stage.view).toMatchObject({ focus: 'logs', marks: ['logs'] });
});

test('what the terminal cannot do is reported', async () => {
	const { take, stage, failToOpen } = interpreter();
	take({ kind: 'open address', url: 'http://x' });
	await settled();
	expect(stage.view.hint).toMatchObject({ words: 'Opening http://x' });
	failToOpen('there is no browser');
	take({ kind: 'open address', url: 'http://x' });
	await settled();
	expect(stage.view.hint).toBe('Cannot open http://x: there is no browser');
	take({ kind: 'pager', text: 'x' });
	await settled();
	expect(stage.view.hint).toBe('there is no pager');
});

test('a user who quits while actions run is asked; nothing is closed before', () => {
	const running = { id: 'a', actionId: 'down', title: 'down', startedAt: 0, outcome: 'running', message: quoted('') };
	const state = { ...initialState, actions: [running] } as unknown as StackState;
	const { take, stage, done } = interpreter(state);
	take({ kind: 'quit' });
	expect(stage.dialog).toMatchObject({ kind: 'choose', question: { title: 'down: still running' } });
	expect(done()).toEqual([]);
});

test('chosen columns are shown, kept, and the question goes on', () => {
	const { take, stage, done } = interpreter();
	take({ kind: 'columns', experiment: 'churn', ids: ['metrics.f1'], next: () => ({ kind: 'choose', question }) });
	expect(stage.view.runColumns).toEqual({ churn: ['metrics.f1'] });
	expect(stage.dialog?.kind).toBe('choose');
	take({ kind: 'columns', experiment: 'churn', ids: null, next: () => ({ kind: 'nothing' }) });
	expect(stage.view.runColumns).toEqual({});
	expect(done()).toEqual(['keeps churn metrics.f1', 'keeps churn null']);
});
