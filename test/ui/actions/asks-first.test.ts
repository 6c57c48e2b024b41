import { afterEach, test, vi } from 'vitest';
import type { Clients } from '../../../source/clients/clients.ts';
import type { ContainerInspection } from '../../../source/model/engine/inspection.ts';
import { initialState } from '../../../source/model/state.ts';
import { requestShell, shellRequest } from '../../../source/operations/containers/shell.ts';
import type { Confirmation } from '../../../source/operations/plan/plan.ts';
import type { Action } from '../../../source/ui/actions/action.ts';
import { actions, actionsFor } from '../../../source/ui/actions/table.ts';
import { container } from '../../diagnosis/stack.ts';
import { english, expect } from '../../english.ts';
import { stubOf } from '../../given/stub.ts';
import { soon } from '../../patience.ts';
import { controllerOnDemo, type OnDemo } from '../on-demo.ts';

let on: OnDemo | undefined;
afterEach(() => on?.close());

const placeKeys: Readonly<Record<string, string>> = {
	services: '1',
	pipeline: '2',
	logs: '3',
	mlflow: '4',
	findings: '5',
	// Its actions work in the MLflow pane too.
	'model-versions': '4',
};

const changing = actions.filter(action => action.kind === 'change');

test('the actions that change something are those that say they ask first, and a shell is one', () => {
	expect(changing.map(({ id }) => id)).toContain('shell');
	expect(changing.every(action => action.kind === 'change' && action.asksFirst)).toBe(true);
});

/** Goes through the questions of an action, as a user who takes the first offer; stops at the last one, which acts. */
async function lastQuestion(
	{ controls, sees }: OnDemo,
	action: Action,
): Promise<{ readonly plan: Confirmation } | { readonly refused: string }> {
	controls.press(placeKeys[action.places?.[0] ?? 'services'] ?? '1');
	controls.press(action.keys[0] ?? '');
	for (let step = 0; step < 6; step++) {
		await vi.waitFor(() => expect(controls.dialog()?.kind).not.toBe('waiting'), soon);
		const dialog = controls.dialog();
		if (dialog?.kind === 'confirm') return { plan: dialog.plan };
		const { hint } = controls.view();
		if (dialog === null) return { refused: typeof hint === 'string' ? hint : hint.words };
		if (dialog.kind === 'choose') await sees(/Enter chooses/);
		if (dialog.kind === 'input') for (const key of 'x') controls.press(key);
		const whole = dialog.kind === 'choose' ? dialog.question.choices.find(({ id }) => id === 'all') : undefined;
		controls.press(whole?.key ?? 'enter');
	}
	throw new Error(`${action.id} asks without end`);
}

test('every action that changes something shows a question before anything is done', async () => {
	on = await controllerOnDemo();
	await on.sees(/airflow 2\.8\.0 ✔/);
	const { scenario } = on.demo;
	// Targets for stop, mark, note and clear, and a service that can be started.
	scenario.triggerRun({ pace: 600 });
	on.controls.press('R');
	await on.sees(/2 Pipeline.*(running|queued)/);
	const asked: Record<string, string> = {};
	for (const action of changing.filter(({ id, keys }) => id !== 'start' && id !== 'fix' && keys.length > 0)) {
		const end = await lastQuestion(on, action);
		asked[action.id] = 'plan' in end ? english(end.plan.title) : `refused: ${english(end.refused)}`;
		if ('plan' in end) {
			expect(end.plan.effects.length, action.id).toBeGreaterThan(0);
			expect(end.plan.command, action.id).not.toBe('');
		}
		on.controls.press('esc');
		on.controls.press('esc');
	}
	// The demo has Airflow 2.
	const refused = Object.entries(asked).filter(([, title]) => title.startsWith('refused'));
	expect(refused.map(([id]) => id)).toEqual(['answer']);
	for (const [id, title] of refused) expect(title, id).toMatch(/need Airflow 3; this is 2\.8\.0/);
	scenario.stopContainer('airflow-postgres');
	await on.sees(/airflow-postgres .*exited/);
	const start = changing.find(({ id }) => id === 'start');
	expect(start && (await lastQuestion(on, start))).toHaveProperty('plan.title', 'start airflow-postgres');
	on.controls.press('esc');
	await on.sees(/5 Findings[\s\S]*airflow-postgres exited/);
	const fix = changing.find(({ id }) => id === 'fix');
	expect(fix && (await lastQuestion(on, fix))).toHaveProperty('plan.title', 'start airflow-postgres');
	expect(on.changes()).toEqual([]);
});

test('a shell names the container, the user and the project; it opens after Yes, and not at all read-only', async () => {
	on = await controllerOnDemo();
	const { controls, sees, shells } = on;
	await sees(/airflow-redis/);
	controls.press('x');
	await sees(/airflow-postgres[\s\S]*mlops[\s\S]*root\.[\s\S]*Yes, do it/);
	expect(shells).toEqual([]);
	controls.press('y');
	expect(shells).toEqual(['airflow-postgres']);
	await on.close();
	on = await controllerOnDemo({ readOnly: true });
	await on.sees(/airflow-redis/);
	on.controls.press('x');
	await on.sees(/shell: laketop runs read-only/);
	expect(on.controls.dialog()).toBeNull();
});

test('read-only, no key is left that changes something: not in the help, the key bar, or the findings', async () => {
	on = await controllerOnDemo({ readOnly: true });
	const { controls, sees, text, demo } = on;
	await sees(/airflow-postgres/);
	expect(actionsFor({ readOnly: true }).filter(({ group }) => group === 'change')).toEqual([]);
	// The listed changing actions are exactly those that read-only mode removes.
	expect(actions.filter(({ group }) => group === 'change')).toEqual(changing.filter(({ group }) => group === 'change'));
	controls.press('?');
	await sees(/Keys/);
	for (let page = 0; page < 6; page++) {
		expect(text()).not.toMatch(/Change \(asks first\)|fix of the finding/);
		controls.press('pagedown');
	}
	controls.press('esc');
	demo.scenario.stopContainer('airflow-postgres');
	controls.press('5');
	await sees(/5 Findings[\s\S]*airflow-postgres/);
	expect(controls.screen.getState().footer?.text).not.toMatch(/fix/);
	controls.press('F');
	expect(controls.view().hint).toBe('fix: laketop runs read-only');
	// Fixes that change nothing can still be chosen.
	controls.press('enter');
	controls.press('enter');
	await sees(/laketop runs read-only[\s\S]*Enter chooses/);
	controls.press('1');
	expect(controls.dialog()?.kind).toBe('choose');
	expect(on.changes()).toEqual([]);
});

const worker = { id: 'x', name: 'n', image: 'i', project: null };
const requested = (inspection: () => Promise<ContainerInspection>, known: string | null = null) =>
	requestShell(
		{
			clients: { docker: stubOf<Clients['docker']>({ inspection }) },
			state: initialState,
			signal: new AbortController().signal,
		},
		container('airflow-worker'),
		known,
	).then(({ shell }) => shell.effects.map(ask => english(ask)).join(' '));

test('the question waits for the user of the container, or has it from the check that read it', async () => {
	const answer = Promise.withResolvers<ContainerInspection>();
	let asked = '';
	const question = requested(() => answer.promise).then(words => {
		asked = words;
	});
	await new Promise(resolve => setTimeout(resolve, 0));
	expect(asked).toBe('');
	answer.resolve({ user: '50000' } as ContainerInspection);
	await question;
	expect(asked).toContain('as user 50000.');
	const unanswered = () => Promise.reject(new Error('the engine is not to be asked'));
	expect(await requested(unanswered, '0')).toContain('as root.');
	expect(await requested(unanswered, null)).toContain('possibly root.');
});

test.each([
	['', 'as root'],
	['0:0', 'as root'],
	['root', 'as root'],
	['50000:0', 'as user 50000'],
	['trino:trino', 'as user trino'],
	[null, 'as the user of its image, possibly root'],
])('the user %j of a container is called: %s', (user, words) => {
	const { effects } = shellRequest(initialState, worker, user);
	expect(effects[0]).toBe(`Opens a shell in container n (i), which belongs to no Compose project, ${words}.`);
});

test('a clear that is confirmed is seen by what watches for changes here', async () => {
	on = await controllerOnDemo();
	await on.sees(/airflow 2\.8\.0 ✔/);
	on.controls.press('2');
	on.controls.press('c');
	await on.sees(/Enter chooses/);
	on.controls.press('a');
	await on.sees(/Yes, do it/);
	expect(on.changes()).toEqual([]);
	on.controls.press('y');
	await vi.waitFor(() => expect(on?.changes().join()).toContain('/clearTaskInstances'), soon);
});
