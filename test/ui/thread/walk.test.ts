/** The whole program on demo stacks: from a task to its log, its container, its MLflow run, its model version, and back. */
import { afterEach, expect, test, vi } from 'vitest';
import { demoStacks } from '../../../source/demo/index.ts';
import type { DemoStackName } from '../../../source/demo/stack-names.ts';
import { soon } from '../../patience.ts';
import { type ScreenOnStack, screenOnStack } from '../screen-on-stack.tsx';

/** Nothing here needs the figures of containers, or a diagnosis. */
const watch = [...(['containers', 'logs', 'endpoints', 'pipeline', 'dags', 'experiment', 'models'] as const)];

let here: ScreenOnStack;
afterEach(() => here.close());

/** Resolves when a page with this title is open. */
async function sees(title: string): Promise<void> {
	await vi.waitFor(() => {
		const dialog = here.controls.dialog();
		expect(dialog?.kind === 'page' ? dialog.page.title : dialog?.kind).toBe(title);
	}, soon);
}

/** Presses a key and waits for the page that it leads to. */
async function goes(key: string, title: string): Promise<void> {
	here.controls.press(key);
	await sees(title);
}

/** Opens the stack with the task of the shown DAG run selected. */
async function at(stack: DemoStackName, taskId: string): Promise<void> {
	here = await screenOnStack(demoStacks[stack], { watch });
	const hasMlflow = !stack.startsWith('official');
	await vi.waitFor(() => {
		const { taskInstances, modelVersions, mlflowRuns, containers, hasEngine } = here.state();
		expect(Object.keys(taskInstances)).not.toEqual([]);
		if (hasEngine) expect(Object.keys(containers)).not.toEqual([]);
		if (hasMlflow) expect([modelVersions?.length, mlflowRuns?.length]).not.toContain(undefined);
	}, soon);
	here.controls.press('2');
	for (let moves = 0; moves < 20 && here.controls.view().taskId !== taskId; moves++) here.controls.press('right');
	expect(here.controls.view().taskId).toBe(taskId);
}

/** From the page of the task to its log and its container, and back to the page from each. */
async function walkToLogAndContainer(taskId: string): Promise<void> {
	const page = `Task ${taskId}`;
	await goes('i', page);
	here.controls.press('l');
	await vi.waitFor(() => expect(here.frame()).toMatch(/\d\d:\d\d/), soon);
	const { focus, logs } = here.controls.view();
	expect([focus, logs.selection]).toMatchObject(['logs', { kind: 'task', request: { taskId } }]);
	await goes('i', page);
	here.controls.press('1');
	const worker = here.controls.view().selectedService ?? '';
	expect([here.controls.dialog(), here.controls.view().focus]).toEqual([null, 'services']);
	expect(worker).toMatch(/worker/);
	await goes('i', `Inspect ${worker}`);
	here.controls.press('2');
	await vi.waitFor(() => expect(here.controls.dialog()?.kind).toBe('choose'), soon);
	for (const letter of taskId) here.controls.press(letter);
	await goes('enter', page);
	await goes('esc', `Inspect ${worker}`);
	here.controls.press('l');
	expect(here.controls.view()).toMatchObject({ focus: 'logs', logs: { selection: { name: worker } } });
}

test.each(['guide', 'guide-airflow3'] as const)(
	'%s: task, log, container, MLflow run and model version',
	async stack => {
		await at(stack, 'model_registry');
		await goes('i', 'Task model_registry');
		await goes('4', 'MLflow run model_registry');
		const version = here.state().modelVersions?.[0];
		const name = `Model version ${version?.name} ${version?.version}`;
		await goes('v', name);
		// Another task trained it.
		await goes('4', 'MLflow run model_training');
		await goes('2', 'Task model_training');
		for (const title of ['MLflow run model_training', name, 'MLflow run model_registry', 'Task model_registry'])
			await goes('esc', title);
		await goes('v', name);
		await goes('2', 'Task model_registry');
		here.controls.press('esc');
		expect(here.controls.dialog()).toBeNull();
		await walkToLogAndContainer('model_registry');
		// From the lists as well.
		here.controls.press('esc');
		here.controls.press('4');
		here.controls.press('*');
		await goes('enter', name);
		await goes('2', 'Task model_registry');
		await goes('esc', name);
		here.controls.press('l');
		expect(here.controls.view()).toMatchObject({
			...{ focus: 'logs' },
			logs: { selection: { kind: 'task', request: { taskId: 'model_registry' } } },
		});
	},
);

test.each([
	['official-airflow2', 'extract_orders'],
	['official-airflow3', 'extract_orders'],
] as const)('%s: task, log and container; there is no MLflow', async (stack, taskId) => {
	await at(stack, taskId);
	await walkToLogAndContainer(taskId);
});

test('a managed stack has no containers: a task leads to its log and back', async () => {
	await at('managed', 'model_training');
	await goes('i', 'Task model_training');
	here.controls.press('l');
	expect(here.controls.view().focus).toBe('logs');
	await goes('i', 'Task model_training');
	await goes('4', 'MLflow run model_training');
});
