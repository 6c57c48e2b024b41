/** The way from a task to what belongs to it, and back. */
import { expect, test } from 'vitest';
import type { Clients } from '../../../source/clients/clients.ts';
import type { MlflowRun } from '../../../source/model/mlflow/experiment.ts';
import type { Effect, Page, ViewState } from '../../../source/ui/conversation.ts';
import { mlflowRunPage, taskPage, versionPage } from '../../../source/ui/thread/thread.ts';
import { dagId, now, stages, stateOf, task } from '../../diagnosis/stack.ts';
import { madeBy, mlflowWith, runOf, runs, version, versions } from '../../given/registry.ts';
import { outcomeOf, pageOf, stepContext, viewAfter } from '../../given/step-context.ts';
import { stubOf } from '../../given/stub.ts';
import { airflowWith } from '../../given/task-clients.ts';
import { inUtc } from '../../in-utc.ts';

inUtc();

const tasks = stages.map(taskId => task(taskId, 'success', { hostname: 'airflow-worker' }));

function given(made: readonly MlflowRun[] = runs, all = versions) {
	const state = stateOf(
		{ type: 'task instances fetched', dagId, dagRunId: 'newest', taskInstances: tasks },
		{ type: 'mlflow runs fetched', experimentId: '1', runs: [...made] },
		{ type: 'model versions fetched', versions: [...all] },
	);
	return stepContext({
		state,
		clients: stubOf<Clients>({ ...mlflowWith(all, made), airflow: airflowWith(tasks) }),
	});
}

const lead = ({ leads = [], title }: Page, key: string): Effect => {
	const found = leads.find(one => one.key === key);
	if (!found) throw new Error(`${title} has no key ${key}`);
	return found.next();
};

/** Goes from page to page by these keys; `back` is Esc. */
async function walk(from: Effect, ...keys: readonly string[]): Promise<Page> {
	let page = await pageOf(from);
	for (const key of keys)
		page = await pageOf(key === 'back' ? (page.back?.() ?? { kind: 'nothing' }) : lead(page, key));
	return page;
}
const titleAfter = async (...asked: Parameters<typeof walk>) => (await walk(...asked)).title;
const training = { dagId, dagRunId: 'newest', taskId: 'model_training', mapIndex: -1 };

test('from the task over its MLflow run to the model version, and back the same way', async () => {
	const context = given([runOf(7, { tags: madeBy('model_training') })]);
	const start = taskPage(context, training);
	expect(await titleAfter(start, '4')).toBe('MLflow run train 7');
	expect(await titleAfter(start, '4', 'v')).toBe('Model version churn 7');
	expect(await titleAfter(start, '4', 'v', 'back')).toBe('MLflow run train 7');
	expect(await titleAfter(start, '4', 'v', 'back', 'back')).toBe('Task model_training');
	expect((await walk(start, '4', 'v', 'back', 'back')).back).toBeUndefined();
});

test('a page that was passed is returned to: Esc does not lead round in circles', async () => {
	const context = given([runOf(7, { tags: madeBy('model_training') })]);
	const round = await walk(taskPage(context, training), '4', 'v', '4', 'v', '4', '2');
	expect(round.title).toBe('Task model_training');
	expect(round.back).toBeUndefined();
	// The version was registered by another task than the one that trained it.
	expect(await titleAfter(versionPage(context, versions[0] ?? version(7)), '2')).toBe('Task model_registry');
	expect(await titleAfter(versionPage(context, versions[0] ?? version(7)), '4', '2', 'back', 'back')).toBe(
		'Model version churn 7',
	);
});

test('each page leads to the log and the container of the task', async () => {
	const context = given([runOf(7, { tags: madeBy('model_training') })]);
	const pages = [taskPage(context, training), mlflowRunPage(context, runOf(7, { tags: madeBy('model_training') }))];
	for (const start of pages) {
		const page = await pageOf(start);
		const view = (key: string): ViewState => viewAfter(lead(page, key));
		expect(view('l')).toMatchObject({
			...{ focus: 'logs', dagId, taskId: 'model_training' },
			logs: { selection: { kind: 'task', request: { ...training, tryNumber: null } } },
		});
		expect(view('1')).toMatchObject({ focus: 'services', selectedService: 'airflow-worker' });
	}
});

test('a link by name and time says that it is a guess, on every page that it leads to', async () => {
	const unnamed = runOf(7, { startedAt: now - 38_000, runName: 'Model_Training', tags: [] });
	const context = given([unnamed], [version(7)]);
	const start = taskPage(context, training);
	const texts = async (...keys: readonly string[]) => (await walk(start, ...keys)).lines.map(({ text }) => text);
	expect((await texts()).filter(text => text.includes('(a guess by name and time)'))).toHaveLength(2);
	const name = `${dagId} newest model_training (a guess by name and time)`;
	expect(await texts('4')).toContain(`Task  ${name}`);
	expect((await texts('4', 'v')).find(text => text.startsWith('Task'))).toMatch(
		/model_training \(a guess by name and time\)$/,
	);
	expect(await titleAfter(start, '4', '2')).toBe('Task model_training');
	// From the run alone nothing leads to a task.
	expect((await pageOf(mlflowRunPage(context, unnamed))).leads?.map(({ key }) => key)).toEqual(['v']);
});

test('an instance of a mapped task is named by the tag of its index', async () => {
	const tags = [...madeBy('model_training'), { key: 'map_index', value: '3' }];
	const context = given([runOf(7, { tags })]);
	const page = await pageOf(mlflowRunPage(context, runOf(7, { tags })));
	expect(page.lines.map(({ text }) => text)).toContain(`Task  ${dagId} newest model_training[3]`);
	expect(viewAfter(lead(page, 'l')).logs.selection).toMatchObject({ request: { mapIndex: 3 } });
});

test('an active MLflow run is looked at again, one that has ended is not', async () => {
	const active = runOf(7, { status: 'RUNNING', endedAt: null, figures: { loss: 1 } });
	const context = given([{ ...active, metrics: [{ key: 'loss', value: 0.25, step: 3, loggedAt: now }] }]);
	const page = await pageOf(mlflowRunPage(context, active));
	const texts = (one: Page | undefined) => one?.lines.map(({ text }) => text);
	expect(texts(page)).toContain('loss  1');
	expect(texts(await page.again?.ask())).toContain('loss  0.2500  at step 3');
	expect((await pageOf(mlflowRunPage(context, runOf(5)))).again).toBeUndefined();
});

test('without an Airflow a key to the task says why it leads nowhere', async () => {
	const context = { ...given(), clients: stubOf<Clients>({ ...mlflowWith(), airflow: null }) };
	const page = await pageOf(versionPage(context, versions[0] ?? version(7)));
	expect(await outcomeOf(lead(page, '2'))).toMatchObject({ kind: 'refusal' });
});
