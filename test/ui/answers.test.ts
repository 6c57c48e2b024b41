import { afterEach, expect, test, vi } from 'vitest';
import { quoted } from '../../source/words/message.ts';
import { soon } from '../patience.ts';
import { controllerOnDemo, type OnDemo } from './on-demo.ts';

let on: OnDemo | undefined;
afterEach(() => on?.close());

async function opened() {
	on = await controllerOnDemo();
	await on.sees(/airflow-redis/);
	await on.sees(/airflow 2\.8\.0 ✔/);
	return on;
}

/** Keys, and the question that they lead to; then an answer that would act. */
const questions: readonly { readonly keys: string[]; readonly asks: RegExp; readonly answer: string[] }[] = [
	{ keys: ['r'], asks: /Restart airflow-postgres\?/, answer: ['y'] },
	{ keys: ['r'], asks: /Restart airflow-postgres\?/, answer: ['right', 'enter'] },
	{ keys: ['x'], asks: /Open a shell in airflow-postgres\?/, answer: ['y'] },
	{ keys: ['C'], asks: /Stack mlops/, answer: ['s', 'y'] },
	{ keys: ['2', 'p'], asks: /Pause ml_pipeline_end_to_end\?/, answer: ['y'] },
];

test.each(questions)(
	'$keys, then $answer before the question could be read: nothing is done, and it still asks',
	async one => {
		const { controls, sees, text, changes } = await opened();
		for (const key of one.keys) controls.press(key);
		// Slow questions are drawn before; the keys come in the same millisecond as the question.
		await vi.waitFor(() => expect(controls.dialog()?.kind).toMatch(/confirm|choose/), { interval: 0 });
		const asked = controls.dialog();
		for (const key of one.answer) controls.press(key);
		expect(text()).toMatch(one.asks);
		expect(text()).not.toMatch(/Yes, do it|Enter chooses/);
		expect(text()).toMatch(/Ignored .*: pressed before the question could be read/);
		expect(controls.dialog()).toBe(asked);
		// Dropped, not kept for later.
		await sees(/Yes, do it|Enter chooses/);
		expect(changes()).toEqual([]);
	},
);

test('r and y typed together confirm nothing; a later y does', async () => {
	const { controls, sees, changes } = await opened();
	controls.press('r');
	controls.press('y');
	await sees(/Yes, do it/);
	expect(changes()).toEqual([]);
	controls.press('y');
	await vi.waitFor(() => expect(changes().join()).toMatch(/docker: POST .*restart/), soon);
});

test('what has to be typed counts only once the field is there', async () => {
	const { controls, sees, changes } = await opened();
	controls.press('C');
	await sees(/Enter chooses/);
	controls.press('V');
	await vi.waitFor(() => expect(controls.dialog()?.kind).toBe('confirm'), { interval: 0 });
	for (const key of [...'mlops', 'enter']) controls.press(key);
	const typed = () => {
		const dialog = controls.dialog();
		return dialog?.kind === 'confirm' ? dialog.field?.text : null;
	};
	expect(typed()).toBe('');
	await vi.waitFor(() => {
		controls.press('m');
		expect(typed()).toBe('m');
	}, soon);
	for (const key of 'lop') controls.press(key);
	expect(typed()).toBe('mlop');
	expect(changes()).toEqual([]);
});

test('Esc takes a question back at any time', async () => {
	const { controls } = await opened();
	controls.press('r');
	controls.press('esc');
	expect(controls.dialog()).toBeNull();
});

test('leaving while something is under way is not confirmed by keys typed ahead', async () => {
	const { controls, monitor, sees, quits } = await opened();
	monitor.observe({ type: 'action started', id: 'x', actionId: 'down', title: quoted('take the stack down') });
	controls.press('q');
	controls.press('y');
	await sees(/still running[\s\S]*Enter chooses/);
	expect(quits()).toBe(0);
	controls.press('y');
	expect(quits()).toBe(1);
});

const past = () => new Promise(resolve => setTimeout(resolve, 500));
const kindOf = (one: OnDemo) => one.controls.dialog()?.kind ?? null;

test.each([
	[20, 5],
	[24, 6],
	[36, 24],
	[80, 3],
	[8, 3],
])('on %d columns and %d rows a question cannot be read: only Esc answers it', async (columns, rows) => {
	const one = await opened();
	const { controls, text, changes } = one;
	controls.resize(columns, rows);
	controls.press('r');
	await vi.waitFor(() => expect(kindOf(one)).toBe('confirm'), soon);
	await past();
	expect(text()).not.toMatch(/Yes, do it/);
	// A busy machine draws it later: until then keys are ignored for another reason.
	await vi.waitFor(() => {
		for (const key of ['y', 'right', 'enter', 'y', 'n']) controls.press(key);
		expect(controls.view().hint).toBe('Enlarge the window to answer');
	}, soon);
	expect(kindOf(one)).toBe('confirm');
	await past();
	expect(changes()).toEqual([]);
	controls.press('esc');
	expect(kindOf(one)).toBeNull();
});

test.each([
	[80, 24],
	[40, 7],
	[44, 9],
])('on %d columns and %d rows title, container and answer are read: y answers', async (columns, rows) => {
	const { controls, sees, changes } = await opened();
	controls.resize(columns, rows);
	controls.press('r');
	await sees(/Restart airflow-postgres\?[\s\S]*airflow-postgres[\s\S]*Yes, do it/);
	controls.press('y');
	await vi.waitFor(() => expect(changes().join()).toMatch(/docker: POST .*restart/), soon);
});

test('a question that does not fit the window is not answered, and is read again when it is larger', async () => {
	const one = await opened();
	const { controls, sees, changes } = one;
	controls.press('r');
	await sees(/Yes, do it/);
	controls.resize(20, 5);
	await past();
	controls.press('y');
	expect(kindOf(one)).toBe('confirm');
	controls.resize(120, 40);
	controls.press('y');
	expect(controls.view().hint).toMatch(/before the question could be read/);
	await sees(/Yes, do it/);
	expect(changes()).toEqual([]);
	controls.press('y');
	await vi.waitFor(() => expect(changes().join()).toMatch(/docker: POST .*restart/), soon);
});

test.each([
	['another size', ({ controls }: OnDemo) => controls.resize(110, 38)],
	['fg', ({ controls }: OnDemo) => controls.redrawn()],
])('after %s a question has to be read again before a key answers it', async (_name, happens) => {
	const one = await opened();
	await past();
	one.controls.press('r');
	await one.sees(/Yes, do it/);
	happens(one);
	one.controls.press('y');
	expect(kindOf(one)).toBe('confirm');
	expect(one.text()).toMatch(/Ignored y: pressed before the question could be read/);
	await one.sees(/Yes, do it/);
	expect(one.changes()).toEqual([]);
});

test('of a choice, what acts is on the screen: a letter takes no row that is not', async () => {
	const one = await opened();
	const { controls, monitor, quits } = one;
	controls.resize(60, 5);
	monitor.observe({ type: 'action started', id: 'x', actionId: 'down', title: quoted('take the stack down') });
	controls.press('q');
	// Before it could be read the key is ignored for another reason.
	await vi.waitFor(() => {
		controls.press('y');
		expect(controls.view().hint).toBe('Enlarge the window to answer');
	}, soon);
	expect(quits()).toBe(0);
	controls.resize(60, 12);
	await one.sees(/Enter chooses/);
	controls.press('y');
	expect(quits()).toBe(1);
});

test.each([
	[['2', 't'], ['enter', 'y', 'q'], 'form'],
	[['2', 't'], ['n', 'tab'], 'form'],
])('%j, then %j while its dialog is waited for: neither lost nor taken by the pane', async (keys, ahead, kind) => {
	const one = await opened();
	const { controls } = one;
	for (const key of keys) controls.press(key);
	expect(kindOf(one)).toBe('waiting');
	for (const key of ahead) controls.press(key);
	expect(kindOf(one)).toBe('waiting');
	expect(one.text()).toMatch(/Ignored .*: waiting for/);
	await vi.waitFor(() => expect(kindOf(one)).toBe(kind), soon);
	expect(one.copied).toEqual([]);
	expect(one.changes()).toEqual([]);
	expect(one.quits()).toBe(0);
});

test('Esc does not wait for the dialog', async () => {
	const one = await opened();
	one.controls.press('2');
	one.controls.press('t');
	one.controls.press('esc');
	expect(kindOf(one)).toBeNull();
});
