import { test } from 'vitest';
import type { AirflowClient } from '../../../source/clients/airflow/airflow.ts';
import type { Clients } from '../../../source/clients/clients.ts';
import { ClientError } from '../../../source/model/failures/failure.ts';
import type { StackState } from '../../../source/model/state.ts';
import type { Plan } from '../../../source/operations/plan/plan.ts';
import type { Browse, Effect, FormQuestion } from '../../../source/ui/conversation.ts';
import { quoted } from '../../../source/words/message.ts';
import {
	dag,
	dagId,
	failed,
	healthy,
	minute,
	run,
	runsFetched,
	stages,
	stateOf,
	tasksFetched,
} from '../../diagnosis/stack.ts';
import { english, expect } from '../../english.ts';
import {
	begun,
	choiceOf,
	type GivenContext,
	inputOf,
	outcomeOf,
	refusalOf,
	withServices,
} from '../../given/step-context.ts';
import { stubOf } from '../../given/stub.ts';

const planOf = async (effect: Effect): Promise<Plan> => {
	const outcome = await outcomeOf(effect);
	if (outcome.kind !== 'plan') throw new Error(`a plan was expected: ${JSON.stringify(outcome)}`);
	return outcome.plan;
};
const formOf = async (effect: Effect): Promise<FormQuestion> => {
	const outcome = await outcomeOf(effect);
	if (outcome.kind !== 'form') throw new Error(`a form was expected: ${JSON.stringify(outcome)}`);
	return outcome.question;
};
const idsOf = (effect: Effect) => choiceOf(effect).choices.map(({ id }) => id);
const list = (kind: Browse['kind'], selected: string | null = null): Browse => ({
	kind,
	filter: '',
	sort: null,
	state: null,
	selected,
	back: null,
});

const [first = '', second = ''] = stages;
const running: StackState = stateOf(
	...healthy,
	runsFetched(
		run('newest', 'running', minute),
		run('older', 'running', 60 * minute),
		run('done', 'success', 120 * minute),
	),
	tasksFetched(['success', 'running']),
);
const inPipeline = (more: GivenContext['view'] = {}): GivenContext => ({
	state: running,
	view: { focus: 'pipeline', ...more },
});
const noRun = { ...stateOf(...healthy), dagRuns: {} };

test('without a run there is nothing to clear, to mark, to stop or to note', async () => {
	for (const actionId of ['clear', 'mark-as', 'stop-run', 'note'])
		expect(await refusalOf(begun(actionId, { state: noRun, view: { focus: 'pipeline' } })), actionId).toEqual({
			refused: 'No DAG run selected',
			kind: 'nothing',
		});
});

test('clear offers failed or all tasks of a run, for a picked task also only it, or it and downstream tasks', () => {
	expect(idsOf(begun('clear', inPipeline()))).toEqual(['failed', 'all']);
	const ofTask = choiceOf(begun('clear', inPipeline({ taskId: first })));
	expect(ofTask.choices.map(({ id }) => id)).toEqual(['failed', 'task', 'downstream', 'all']);
	expect(ofTask.selected).toBe('task');
	const marked = choiceOf(begun('clear', inPipeline({ marks: [`task ${first}`, `task ${second}`] })));
	expect(marked.choices.map(({ label }) => label)).toContain('2 marked tasks');
	// Elsewhere the picked task does not count.
	expect(idsOf(begun('clear', { state: running, view: { taskId: first, browse: list('runs', 'older') } }))).toEqual([
		'failed',
		'all',
	]);
});

test('marked runs are marked together: one plan, one question', async () => {
	const given = { state: running, view: { browse: list('runs'), marks: ['run newest', 'run older'] } };
	const question = choiceOf(begun('mark-as', given));
	expect(question.title).toBe('Mark 2 DAG runs as');
	expect(question.choices.map(({ id }) => id)).toEqual(['success', 'failed']);
	const plan = await planOf(question.next('failed'));
	expect(plan.title).toBe('mark 2 DAG runs failed');
	expect(plan.targets.join()).toMatch(/newest.*older/s);
});

test.each(['success', 'skipped', 'failed'] as const)('a picked task is marked %s', async state => {
	const question = choiceOf(begun('mark-as', inPipeline({ taskId: second })));
	expect(question.title).toBe(`Mark ${second} as`);
	expect(question.choices.map(({ id }) => id)).toEqual(['success', 'failed', 'skipped']);
	const answer = await outcomeOf(question.next(state));
	const skipped = question.choices.find(({ id }) => id === 'skipped');
	// A choice that is shown as impossible does nothing.
	if (state === 'skipped' && skipped?.refused) expect(answer.kind).toBe('refusal');
	else expect((await planOf(answer)).title).toContain(state);
});

test('of several runs, finished ones are not stopped; if none is active the reason is shown', async () => {
	const stop = (...ids: string[]) =>
		begun('stop-run', { state: running, view: { browse: list('runs'), marks: ids.map(id => `run ${id}`) } });
	const plan = await planOf(stop('newest', 'older', 'done'));
	expect(plan.title).toBe('stop 2 runs');
	expect(plan.effects.map(ask => english(ask)).join('\n')).toMatch(/Left out: .*done/);
	expect((await planOf(stop('newest'))).title).toContain('newest');
	expect((await refusalOf(stop('done'))).refused).toContain('done');
});

test('a note begins with the one that is there, on one line, and keeps to what Airflow takes', async () => {
	const noted = stateOf(...healthy, runsFetched(run('newest', 'success', minute, { note: 'see\nticket' })));
	const question = inputOf(begun('note', { state: noted, view: { focus: 'pipeline' } }));
	expect(question.initial).toBe('see ticket');
	expect(question.problem('x'.repeat(1000))).toBeNull();
	expect(question.problem('x'.repeat(1001))).toMatch(/1001 characters/);
	expect((await planOf(question.next(' checked '))).command).toContain('checked');
	const several = inputOf(
		begun('note', { state: running, view: { browse: list('runs'), marks: ['run newest', 'run older'] } }),
	);
	expect(several).toMatchObject({ title: 'Note on 2 DAG runs', initial: '' });
	expect((await planOf(several.next('both'))).targets).toHaveLength(2);
});

test('pause pauses what runs; once all are paused it lets them go on', async () => {
	const dags = [dag, { ...dag, dagId: 'off', isPaused: true }, { ...dag, dagId: 'off_too', isPaused: true }];
	const state = { ...running, dags };
	const pause = (...ids: string[]) =>
		begun('pause', { state, view: { browse: list('dags'), marks: ids.map(id => `dag ${id}`) } });
	expect((await planOf(pause(dagId, 'off'))).title).toBe(`pause ${dagId}`);
	expect((await planOf(pause('off', 'off_too'))).title).toMatch(/^unpause/);
	expect((await planOf(begun('pause', { state, view: { browse: list('dags', 'off') } }))).title).toMatch(
		/^unpause off/,
	);
});

test('a DAG file is re-parsed only for a DAG that Airflow has listed', async () => {
	expect(await refusalOf(begun('reparse', { view: { dagId: 'gone' } }))).toMatchObject({
		refused: 'No data about this DAG from Airflow yet',
	});
	expect((await planOf(begun('reparse'))).effects.map(ask => english(ask)).join()).toContain('airflow-scheduler');
});

test('p on a service pauses it, and unpauses a paused one; of several only the paused ones', async () => {
	const paused = withServices(stateOf(...healthy), name => (name === 'mlflow' ? { state: 'paused' } : {}));
	const of = (...names: string[]) =>
		begun('pause-service', { state: paused, view: { focus: 'services', marks: names.map(name => `service ${name}`) } });
	expect((await planOf(of('airflow-worker'))).command).toBe('docker pause airflow-worker');
	expect((await planOf(of('airflow-worker', 'mlflow'))).command).toBe('docker unpause mlflow');
});

test('no container action starts while the engine is unreachable, or without a container', async () => {
	const away = stateOf(...healthy, failed('containers', 'unreachable', 'no engine'));
	expect((await refusalOf(begun('restart', { state: away }))).kind).toBe('unreachable');
	const empty = withServices(stateOf(...healthy), () => null);
	expect((await refusalOf(begun('stop', { state: empty }))).refused).toBe('No service selected');
});

test("the stack's menu offers up of the selected services, but of none outside the stack", () => {
	expect(idsOf(begun('stack', { view: { selectedService: 'mlflow' } }))).toContain('up-service');
	const foreign = withServices(stateOf(...healthy), () => ({ project: 'shop' }));
	expect(idsOf(begun('stack', { state: foreign }))).not.toContain('up-service');
	const oneOff = withServices(stateOf(...healthy), () => ({ isOneOff: true }));
	expect(idsOf(begun('stack', { state: oneOff }))).not.toContain('up-service');
});

const withParams = (dagParams: AirflowClient['dagParams']): Clients =>
	stubOf<Clients>({ airflow: stubOf<AirflowClient>({ dagParams }) });
const param = (name: string, value: string | number | boolean, type: string, more: object = {}) => ({
	name,
	title: null,
	description: null,
	value,
	schema: { type, ...more },
});

test('the form of a run has a field per param; what was not changed is not sent', async () => {
	const params = [param('rows', 100, 'integer'), param('fast', false, 'boolean')];
	const form = await formOf(begun('trigger', { state: running, clients: withParams(async () => params) }));
	expect(form.title).toBe(`Trigger ${dagId}: params`);
	expect(form.fields.map(({ name, initial, values }) => [name, initial, values])).toEqual([
		['rows', '100', []],
		['fast', 'false', ['true', 'false']],
	]);
	expect(form.conf({ rows: '100', fast: 'false' })).toEqual({ conf: '{}' });
	expect(form.conf({ rows: '250', fast: 'false' })).toEqual({ conf: '{"rows":250}' });
	expect(form.conf({ rows: 'many', fast: 'false' })).toEqual({ problems: { rows: expect.any(String) } });
	// What the DAG does not declare came from JSON and stays.
	expect(form.conf({ rows: '100', fast: 'false', extra: '[1,2]' })).toEqual({ conf: '{"extra":[1,2]}' });
	expect(form.conf({ rows: '100', fast: 'false', extra: 'no json' })).toEqual({ conf: '{"extra":"no json"}' });
	expect(form.values('{"rows":7,"extra":[1]}')).toEqual({ values: { rows: '7', fast: 'false', extra: '[1]' } });
	expect(form.values('{')).toEqual({ problem: expect.any(String) });
	expect((await planOf(form.next('{"rows":250}'))).command).toContain('250');
	expect((await planOf(form.next('{}'))).command).not.toContain('--conf');
});

test('confs that were used before are offered again, each once', async () => {
	const conf = '{"rows":5}';
	const state = stateOf(
		...healthy,
		runsFetched(
			run('a', 'success', minute, { conf }),
			run('b', 'success', 2 * minute, { conf }),
			run('c', 'success', 3 * minute),
		),
	);
	const form = await formOf(begun('trigger', { state, clients: withParams(async () => []) }));
	expect(form.title).toBe(`Trigger ${dagId}: conf`);
	expect(form.recent).toEqual([conf]);
});

test('no form if no run can be started, or the params are unknown', async () => {
	const unknown = { ...running, dags: [] };
	expect((await outcomeOf(begun('trigger', { state: unknown }))).kind).toBe('refusal');
	expect(
		await refusalOf(begun('trigger', { state: running, clients: stubOf<Clients>({ airflow: null }) })),
	).toMatchObject({
		kind: 'unreachable',
	});
	const away = withParams(() => Promise.reject(new ClientError('timeout', quoted('Airflow: timed out'))));
	expect(await refusalOf(begun('trigger', { state: running, clients: away }))).toEqual({
		refused: 'Airflow: timed out',
		kind: 'refused',
	});
});
