import { afterEach, beforeEach, describe, test } from 'vitest';
import type { Clients } from '../../../source/clients/clients.ts';
import { MlflowClient } from '../../../source/clients/mlflow/mlflow.ts';
import type { MlflowRegistry } from '../../../source/clients/mlflow/registry.ts';
import { type DemoStack, startDemo } from '../../../source/demo/index.ts';
import { initialState, type StackState } from '../../../source/model/state.ts';
import { planVersionEdits, type VersionEdit } from '../../../source/operations/models/registry.ts';
import type { AuditEntry } from '../../../source/operations/plan/audit.ts';
import type { Planned } from '../../../source/operations/plan/plan.ts';
import { runPlan } from '../../../source/operations/plan/run-plan.ts';
import { english, expect } from '../../english.ts';
import { stubOf } from '../../given/stub.ts';
import { losing, planOf } from '../../ui/actions/support.ts';

const model = 'lakehouse_model';
const { signal } = new AbortController();
let demo: DemoStack;
let mlflow: MlflowClient;
let state: StackState;
let champion = '';
let newest = '';

beforeEach(async () => {
	demo = await startDemo({ autonomous: false });
	mlflow = new MlflowClient(demo.mlflowUrl);
	const modelVersions = await mlflow.modelVersions(50);
	const sources = { mlflow: { version: '2.9.2', address: mlflow.address, connectedAt: 0 } };
	state = { ...initialState, sources, modelVersions };
	champion = modelVersions.find(({ aliases }) => aliases.includes('champion'))?.version ?? '';
	newest = modelVersions.find(({ version }) => version !== champion)?.version ?? '';
});
afterEach(async () => {
	await mlflow.close();
	await demo.close();
});

const clientsWith = (registry: MlflowRegistry): Clients =>
	stubOf<Clients>({
		mlflow: new Proxy(mlflow, {
			get: (target, name) => (name === 'registry' ? registry : Reflect.get(target, name, target)),
		}),
	});

async function plan(edit: VersionEdit, version = newest): Promise<Planned> {
	const facts = { state, now: 0 };
	const clients = clientsWith(mlflow.registry);
	const [planned] = await planVersionEdits(clients, facts, { model, version }, [edit], signal);
	if (!planned) throw new Error('no plan');
	return planned;
}

async function perform(planned: Planned, registry: MlflowRegistry = mlflow.registry) {
	const entries: AuditEntry[] = [];
	const outcome = await runPlan(planOf(planned), {
		monitor: {
			clients: clientsWith(registry),
			clock: { now: () => 0, sleep: async () => undefined },
			observe: () => undefined,
			refresh: () => undefined,
		},
		signal,
		audit: entry => {
			entries.push(entry);
			return null;
		},
		user: 'test',
		by: 'command',
		project: null,
	});
	return { ...english(outcome), entries };
}

const aliasNow = async (alias: string) => (await mlflow.registry.aliases(model)).get(alias) ?? null;
const tagNow = async (key: string) =>
	(await mlflow.registry.version({ model, version: newest })).tags?.find(tag => tag.key === key)?.value ?? null;

describe('an alias', () => {
	test('moves: the question names both versions, the outcome is what MLflow reports, the audit file has both', async () => {
		const planned = planOf(await plan({ kind: 'set alias', alias: 'champion' }));
		expect(english(planned.title)).toBe(`set alias champion of ${model} to version ${newest}`);
		expect(english(planned.effects)).toEqual([
			`Moves the alias champion of ${model} from version ${champion} to version ${newest}.`,
			`Programs that load models:/${model}@champion get version ${newest} from their next load on.`,
		]);
		expect(planned.command).toBe(
			`curl -X POST ${mlflow.address}/api/2.0/mlflow/registered-models/alias -H 'Content-Type: application/json' -d '{"name":"${model}","alias":"champion","version":"${newest}"}'`,
		);
		const { entries, ...outcome } = await perform(planned);
		const message = `alias champion of ${model} changed from version ${champion} to version ${newest}`;
		expect(outcome).toEqual({ outcome: 'done', message });
		expect(await aliasNow('champion')).toBe(newest);
		expect(entries.map(({ event, message: text }) => [event, text])).toEqual([
			['started', ''],
			['done', message],
		]);
		expect(entries[0]).toMatchObject({
			action: 'set-alias',
			targets: [`alias champion of model ${model}`, `model version ${model}/${newest}`],
		});
		expect(await plan({ kind: 'set alias', alias: 'champion' })).toMatchObject({ kind: 'already' });
	});

	test('is new, and is removed again', async () => {
		const made = planOf(await plan({ kind: 'set alias', alias: 'candidate' }));
		expect(english(made.effects[0])).toMatch(/No version has it now/);
		expect(await perform(made)).toMatchObject({
			outcome: 'done',
			message: `alias candidate of ${model} is version ${newest}`,
		});
		const removed = planOf(await plan({ kind: 'remove alias', alias: 'candidate' }));
		expect(removed.command).toMatch(/^curl -X DELETE .*\/registered-models\/alias .*"alias":"candidate"}'$/);
		expect(await perform(removed)).toMatchObject({
			outcome: 'done',
			message: `alias candidate of ${model} removed (it was version ${newest})`,
		});
		expect(await aliasNow('candidate')).toBeNull();
		expect(await plan({ kind: 'remove alias', alias: 'candidate' })).toMatchObject({ kind: 'already' });
		expect(await plan({ kind: 'remove alias', alias: 'champion' })).toMatchObject({
			refused: `The alias champion of ${model} is at version ${champion}, not ${newest}`,
			kind: 'nothing',
		});
	});

	test('somebody else moved it after the question: nothing is changed, and the outcome says where it is', async () => {
		const third = state.modelVersions?.find(({ version }) => version !== champion && version !== newest)?.version ?? '';
		const planned = await plan({ kind: 'set alias', alias: 'champion' });
		await mlflow.registry.setAlias({ model, version: third }, 'champion');
		const outcome = await perform(planned);
		expect(outcome).toMatchObject({
			outcome: 'failed',
			failure: 'refused',
			message: expect.stringMatching(`^alias champion of ${model} is version ${third} by now: somebody else`),
		});
		expect(await aliasNow('champion')).toBe(third);
		await mlflow.registry.setAlias({ model, version: newest }, 'champion');
		expect(await perform(planned)).toMatchObject({
			outcome: 'done',
			message: expect.stringMatching(/already is version/),
		});
	});

	test('somebody else moves it between the change and the look afterwards', async () => {
		const planned = await plan({ kind: 'set alias', alias: 'champion' });
		const { registry } = mlflow;
		const late = new Proxy(registry, {
			get: (target, name) => {
				if (name !== 'setAlias') return Reflect.get(target, name, target).bind(target);
				return async (...given: Parameters<MlflowRegistry['setAlias']>) => {
					await target.setAlias(...given);
					await target.setAlias({ model, version: champion }, 'champion');
				};
			},
		});
		expect(await perform(planned, late)).toMatchObject({
			outcome: 'failed',
			message: expect.stringMatching(
				`^MLflow accepted the change, but alias champion of ${model} is version ${champion}`,
			),
		});
	});

	test.each([
		[{ after: true }, { outcome: 'done', message: expect.stringMatching(/response was lost$/) }],
		[{ after: false }, { outcome: 'failed', message: expect.stringMatching(/alias champion of \S+ is unchanged/) }],
	])('a lost response (%j) is looked up, and the change is sent once', async (how, expected) => {
		const registry = losing(mlflow.registry, 'setAlias', how);
		expect(await perform(await plan({ kind: 'set alias', alias: 'champion' }), registry)).toMatchObject(expected);
		expect(registry.calls).toBe(1);
	});

	test.each([
		['latest', /reserves the alias "latest"/],
		['V7', /reserves the alias "V7"/],
		['a b', /^invalid alias "a b"/],
		['', /^invalid alias/],
		['x'.repeat(256), /at most 255/],
	])('%j is refused before it is asked about', async (alias, expected) => {
		expect(await plan({ kind: 'set alias', alias })).toMatchObject({
			kind: 'refused',
			refused: expect.stringMatching(expected),
		});
	});
});

test('a stage moves; what stays there is named', async () => {
	await mlflow.registry.moveStage({ model, version: champion }, 'Production');
	state = { ...state, modelVersions: await mlflow.modelVersions(50) };
	const planned = planOf(await plan({ kind: 'stage', stage: 'Production' }));
	expect(english(planned.effects)).toEqual([
		`Moves version ${newest} of ${model} from stage None to Production.`,
		`In stage Production there stays version ${champion}.`,
		'MLflow has deprecated stages in favour of aliases.',
	]);
	expect(planned.command).toContain('"archive_existing_versions":false');
	expect(await perform(planned)).toMatchObject({
		outcome: 'done',
		message: `stage of ${model} version ${newest} changed from None to Production`,
	});
	expect((await mlflow.registry.version({ model, version: newest })).stage).toBe('Production');
	expect((await mlflow.registry.version({ model, version: champion })).stage).toBe('Production');
	expect(await plan({ kind: 'stage', stage: 'Production' })).toMatchObject({ kind: 'already' });
});

test('a tag is set, replaced and removed', async () => {
	expect(await perform(await plan({ kind: 'set tag', key: 'validated', value: 'yes' }))).toMatchObject({
		outcome: 'done',
		message: `tag validated of ${model} version ${newest} is yes`,
	});
	const replaced = planOf(await plan({ kind: 'set tag', key: 'validated', value: '아니요 = "no"' }));
	expect(english(replaced.effects)).toEqual([
		`Sets the tag validated of ${model} version ${newest} to: 아니요 = "no"`,
		'It replaces: yes',
	]);
	expect(await perform(replaced)).toMatchObject({ outcome: 'done' });
	expect(await tagNow('validated')).toBe('아니요 = "no"');
	const removed = planOf(await plan({ kind: 'remove tag', key: 'validated' }));
	expect(english(removed.effects)[1]).toBe('Its value is lost: 아니요 = "no"');
	expect(await perform(removed)).toMatchObject({ outcome: 'done' });
	expect(await tagNow('validated')).toBeNull();
	expect(await plan({ kind: 'remove tag', key: 'validated' })).toMatchObject({ kind: 'already' });
	expect(await plan({ kind: 'set tag', key: 'a=b', value: 'x' })).toMatchObject({ kind: 'refused' });
	expect(await plan({ kind: 'set tag', key: 'a', value: 'x'.repeat(5001) })).toMatchObject({ kind: 'refused' });
});

test('a secret in a tag is set, and shown nowhere', async () => {
	const secret = 'correct-horse-battery-staple';
	const planned = planOf(await plan({ kind: 'set tag', key: 'api_token', value: secret }));
	const outcome = await perform(planned);
	expect(outcome).toMatchObject({ outcome: 'done' });
	expect(JSON.stringify([english(planned.effects), planned.command, outcome])).not.toContain(secret);
});

test('a version that is not there, and MLflow that does not answer', async () => {
	expect(await plan({ kind: 'set alias', alias: 'champion' }, '999')).toMatchObject({
		refused: `MLflow has no version 999 of ${model}`,
		kind: 'nothing',
	});
	const planned = await plan({ kind: 'set alias', alias: 'champion' });
	await demo.scenario.takeDown('mlflow');
	expect(await plan({ kind: 'set alias', alias: 'champion' })).toMatchObject({ kind: 'unreachable' });
	expect(await perform(planned)).toMatchObject({ outcome: 'failed', failure: 'unreachable' });
});

test('the printed command has the login, and no secret', async () => {
	state = { ...state, mlflowLogin: 'token' };
	expect(planOf(await plan({ kind: 'set alias', alias: 'a' })).command).toMatch(
		/^curl -H "Authorization: Bearer \$MLFLOW_TRACKING_TOKEN" -X POST /,
	);
	state = { ...state, mlflowLogin: 'user' };
	expect(planOf(await plan({ kind: 'set alias', alias: 'a' })).command).toMatch(
		/^curl -u "\$MLFLOW_TRACKING_USERNAME" -X POST /,
	);
});
