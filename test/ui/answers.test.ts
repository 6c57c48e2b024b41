import { afterEach, expect, test, vi } from 'vitest';
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
	{ keys: ['r'], asks: /restart airflow-postgres\?/, answer: ['y'] },
	{ keys: ['r'], asks: /restart airflow-postgres\?/, answer: ['right', 'enter'] },
	{ keys: ['x'], asks: /open a shell in airflow-postgres\?/, answer: ['y'] },
	{ keys: ['C'], asks: /The stack mlops/, answer: ['s', 'y'] },
	{ keys: ['2', 'p'], asks: /pause ml_pipeline_end_to_end\?/, answer: ['y'] },
];

test.each(questions)(
	'$keys, then $answer before the question could be read: nothing is done, and it still asks',
	async one => {
		const { controls, sees, text, changes } = await opened();
		for (const key of one.keys) controls.press(key);
		// What takes a moment to be asked is drawn before; the keys come in the same millisecond as the question.
		await vi.waitFor(() => expect(controls.view().overlay?.kind).toMatch(/confirm|choose/), { interval: 0 });
		const asked = controls.view().overlay;
		for (const key of one.answer) controls.press(key);
		expect(text()).toMatch(one.asks);
		expect(text()).not.toMatch(/Yes, do it|Enter chooses/);
		expect(text()).toMatch(/Ignored .*: it was pressed before the question could be read/);
		expect(controls.view().overlay).toBe(asked);
		// Dropped, not kept for later.
		await sees(/Yes, do it|Enter chooses/);
		expect(changes()).toEqual([]);
	},
);

test('r and y typed together confirm nothing; y alone, later, does', async () => {
	const { controls, sees, changes } = await opened();
	controls.press('r');
	controls.press('y');
	await sees(/Yes, do it/);
	expect(changes()).toEqual([]);
	controls.press('y');
	await vi.waitFor(() => expect(changes().join()).toMatch(/docker: POST .*restart/));
});

test('what has to be typed counts only once the field is there', async () => {
	const { controls, sees, changes } = await opened();
	controls.press('C');
	await sees(/Enter chooses/);
	controls.press('V');
	await vi.waitFor(() => expect(controls.view().overlay?.kind).toBe('confirm'), { interval: 0 });
	for (const key of [...'mlops', 'enter']) controls.press(key);
	const typed = () => {
		const { overlay } = controls.view();
		return overlay?.kind === 'confirm' ? overlay.field?.text : null;
	};
	expect(typed()).toBe('');
	await new Promise(resolve => setTimeout(resolve, 400));
	for (const key of 'mlop') controls.press(key);
	expect(typed()).toBe('mlop');
	expect(changes()).toEqual([]);
});

test('Esc takes a question back at any time', async () => {
	const { controls } = await opened();
	controls.press('r');
	controls.press('esc');
	expect(controls.view().overlay).toBeNull();
});

test('leaving while something is under way is not confirmed by keys typed ahead', async () => {
	const { controls, monitor, sees, quits } = await opened();
	monitor.observe({ type: 'action started', id: 'x', actionId: 'down', title: 'take the stack down' });
	controls.press('q');
	controls.press('y');
	await sees(/still under way[\s\S]*Enter chooses/);
	expect(quits()).toBe(0);
	controls.press('y');
	expect(quits()).toBe(1);
});
