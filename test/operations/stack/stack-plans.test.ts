import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test, vi } from 'vitest';
import type { ComposeClient } from '../../../source/clients/compose.ts';
import { planReparse } from '../../../source/operations/dags/reparse.ts';
import { type ComposeRequest, planCompose } from '../../../source/operations/stack/compose.ts';
import { type FirstUser, planInit } from '../../../source/operations/stack/init.ts';
import { english, expect } from '../../english.ts';
import { listed, replica } from '../../given/containers.ts';
import { type Bench, dagId, planOf, startBench } from '../../ui/actions/support.ts';

let bench: Bench;
const { signal } = new AbortController();
beforeEach(async () => {
	bench = await startBench();
});
afterEach(() => bench.close());

const all = ['airflow-postgres', 'airflow-redis', 'airflow-scheduler', 'airflow-webserver', 'airflow-worker', 'mlflow'];
/** Plans are made from the current containers only, because Airflow may be down. */
const plan = async (verb: ComposeRequest['verb'], ...services: string[]) =>
	planCompose(bench.clients, await bench.containerFacts(), { verb, services }, signal);
const states = async () =>
	Object.fromEntries(
		(await bench.clients.docker.containers())
			.filter(container => container.project === 'mlops')
			.map(container => [container.name, container.state]),
	);
const withCompose = (compose: Partial<ComposeClient>) => ({
	...bench.clients,
	compose: { ...bench.demo.compose, ...compose },
});

test('stop, up, restart of the whole stack', async () => {
	const stop = planOf(await plan('stop'));
	expect(stop.effects[0]).toMatch(/^Stops 6 containers/);
	expect(stop.command).toMatch(/^docker compose -f .*docker-compose-mlops.yml -p mlops stop$/);
	const stopped = await bench.perform(stop);
	expect(stopped).toMatchObject({ outcome: 'done', message: '6 containers stopped' });
	expect(stopped.progress).toContain('Container airflow-worker  Stopped');
	expect(Object.values(await states())).toEqual(Array(6).fill('exited'));
	expect(await plan('stop')).toMatchObject({ kind: 'already' });
	const up = planOf(await plan('up'));
	expect(up.targets).toEqual(all.map(service => `service ${service}`));
	const outcome = await bench.perform(up);
	expect(outcome).toMatchObject({ outcome: 'done', message: '6 services up and healthy' });
	expect(outcome.progress.join('\n')).toMatch(/\d of 6 healthy; waiting for .*airflow-webserver \(starting\)/);
	expect(await bench.perform(await plan('restart'))).toMatchObject({ outcome: 'done' });
});

test('one service: by itself if the rest is up, otherwise with its dependencies', async () => {
	bench.demo.scenario.stopContainer('airflow-worker');
	const alone = planOf(await plan('up', 'airflow-worker'));
	expect(alone.command).toMatch(/ up -d --no-deps airflow-worker$/);
	expect(await bench.perform(alone)).toMatchObject({ outcome: 'done', message: '1 service up and healthy' });
	bench.demo.scenario.stopContainer('airflow-worker');
	bench.demo.scenario.stopContainer('airflow-redis');
	expect(planOf(await plan('up', 'airflow-worker')).command).toMatch(/ up -d airflow-worker$/);
	expect(await plan('up', 'nonesuch')).toMatchObject({ kind: 'nothing', refused: expect.stringMatching(/no service/) });
	expect(planOf(await plan('stop', 'mlflow')).targets).toEqual(['container mlflow']);
});

test('a service that exits at once is reported, with its exit code', async () => {
	const up = await plan('up', 'mlflow');
	bench.demo.scenario.killContainer('mlflow');
	const nothing = withCompose({ run: async () => 0 });
	expect(await bench.perform(up, nothing)).toMatchObject({
		outcome: 'failed',
		message: expect.stringMatching(/^mlflow exited \(137\)/),
	});
});

test('who does not become healthy in five minutes is named', async () => {
	bench.demo.scenario.setHealth('mlflow', 'unhealthy');
	const up = await plan('up', 'mlflow');
	const nothing = withCompose({ run: async () => 0 });
	expect(await bench.perform(up, nothing)).toMatchObject({
		outcome: 'failed',
		message: 'not healthy after 5 minutes: mlflow (unhealthy)',
	});
});

test('down removes containers and network; the volumes stay, and the stack comes up again', async () => {
	const down = planOf(await plan('down'));
	expect(down.typed).toBeUndefined();
	expect(down.effects.map(ask => english(ask)).join('\n')).toMatch(
		/Stops and removes 6 containers with their logs: .*\nRemoves 1 network: mlops_default.*\nNamed volumes and their data are kept/,
	);
	expect(await bench.perform(down)).toMatchObject({ outcome: 'done' });
	expect(await states()).toEqual({});
	expect(await bench.clients.docker.networks('mlops')).toEqual([]);
	expect((await bench.clients.docker.diskUsage()).volumes.filter(volume => volume.project === 'mlops')).toHaveLength(4);
	expect(await plan('stop')).toMatchObject({ kind: 'nothing' });
	expect(await plan('down')).toMatchObject({ kind: 'nothing' });
	expect(await bench.perform(await plan('up'))).toMatchObject({
		outcome: 'done',
		message: '6 services up and healthy',
	});
	expect((await bench.airflow.dagRuns(dagId, 10)).length).toBeGreaterThan(0);
});

test('down with volumes names each and its size, wants the project typed, and leaves no data', async () => {
	const down = planOf(await plan('down-volumes'));
	expect(down.typed).toBe('mlops');
	expect(down.effects.map(ask => english(ask)).join('\n')).toMatch(/DELETES 4 volumes.*mlops_postgres-data \(92 MiB\)/);
	expect(down.targets).toContain('volume mlops_mlflow-artifacts');
	expect(await bench.perform(down)).toMatchObject({
		outcome: 'done',
		message: expect.stringMatching(/4 volumes removed/),
	});
	expect(await plan('down-volumes')).toMatchObject({ kind: 'nothing' });
	await bench.perform(await plan('up'));
	expect(await bench.airflow.dagRuns(dagId, 10)).toEqual([]);
});

test('no Compose: reported, with what works without it', async () => {
	const facts = await bench.containerFacts();
	const clients = withCompose({ available: async () => null });
	expect(await planCompose(clients, facts, { verb: 'up', services: [] }, signal)).toMatchObject({
		kind: 'unreachable',
		refused: expect.stringMatching(/not installed.*Single containers can be restarted/),
	});
});

test('the Compose file gone: which path', async () => {
	const facts = await bench.containerFacts();
	const clients = withCompose({ missingFiles: () => ['/srv/docker-compose-mlops.yml'] });
	expect(await planCompose(clients, facts, { verb: 'stop', services: [] }, signal)).toMatchObject({
		kind: 'nothing',
		refused: expect.stringMatching(/\/srv\/docker-compose-mlops.yml does not exist.*--compose-file/),
	});
});

test('a file that Compose cannot read is reported in its words', async () => {
	const facts = await bench.containerFacts();
	const clients = withCompose({
		run: async (_words, onLine) => {
			onLine('yaml: line 3: mapping values are not allowed in this context');
			return 15;
		},
	});
	expect(await planCompose(clients, facts, { verb: 'stop', services: [] }, signal)).toMatchObject({
		kind: 'refused',
		refused: expect.stringMatching(/cannot be read: yaml: line 3/),
	});
});

test('the engine gone in the middle', async () => {
	const stop = await plan('stop');
	const { run } = bench.demo.compose;
	const compose: Partial<ComposeClient> = {
		async run(words, onLine, given, input) {
			await bench.demo.scenario.takeDown('docker');
			return run(words, onLine, given, input);
		},
	};
	expect(await bench.perform(stop, withCompose(compose))).toMatchObject({
		outcome: 'unknown',
		failure: 'unreachable',
		message: expect.stringMatching(/check the containers before you retry.*Cannot connect to the Docker daemon/),
	});
});

test('the engine gone after Compose has succeeded: how it is now is not known', async () => {
	const stop = await plan('stop');
	const late: Partial<ComposeClient> = {
		async run() {
			await bench.demo.scenario.takeDown('docker');
			return 0;
		},
	};
	expect(await bench.perform(stop, withCompose(late))).toMatchObject({ outcome: 'unknown', failure: 'unreachable' });
});

const admin: FirstUser = { username: 'operator', password: 'sesame-open' };

test('first-time initialisation in the running webserver: the password is in no command and no line', async () => {
	const init = planOf(await planInit(bench.clients, await bench.containerFacts(), admin, signal));
	expect(init.command.split('\n')[0]).toBe('docker exec -it airflow-webserver airflow db migrate');
	const outcome = await bench.perform(init);
	expect(outcome).toMatchObject({
		outcome: 'done',
		message: 'database migrated; User "operator" created with role "Admin"',
	});
	expect(outcome.progress).toContain('Database migrating done!');
	expect(JSON.stringify([init, outcome])).not.toContain('sesame-open');
	const again = await planInit(bench.clients, await bench.containerFacts(), { ...admin, username: 'admin' }, signal);
	expect((await bench.perform(again)).message).toMatch(/admin already exist in the db/);
});

test('first-time initialisation creates the user that the stack names, unless one is configured', async () => {
	const facts = await bench.containerFacts();
	const inStack = vi.spyOn(bench.clients.docker, 'airflowUser');
	inStack.mockResolvedValue({ username: 'airflow', password: 'sesame-stack' });
	const init = planOf(await planInit(bench.clients, facts, { ...admin, isDefault: true }, signal));
	expect(init.targets).toContain('Airflow user airflow');
	const outcome = await bench.perform(init);
	expect(outcome.message).toBe('database migrated; User "airflow" created with role "Admin"');
	expect(JSON.stringify([init, outcome])).not.toContain('sesame-stack');
	const configured = planOf(await planInit(bench.clients, facts, { ...admin, isDefault: false }, signal));
	expect(configured.targets).toContain('Airflow user operator');
	for (const none of [null, { username: 'air\u001b[2Jflow', password: 'sesame-stack' }]) {
		inStack.mockResolvedValue(none);
		const neither = planOf(await planInit(bench.clients, facts, { ...admin, isDefault: true }, signal));
		expect(neither.targets).toContain('Airflow user operator');
	}
});

test('first-time initialisation where nothing runs: by Compose, the database first', async () => {
	await bench.perform(await plan('down'));
	const init = planOf(await planInit(bench.clients, await bench.containerFacts(), admin, signal));
	expect(init.command).toMatch(/ run --rm --entrypoint airflow airflow-webserver db migrate\n/);
	const outcome = await bench.perform(init);
	expect(outcome).toMatchObject({ outcome: 'done' });
	expect(outcome.progress).toContain('Container airflow-postgres  Started');
	expect(JSON.stringify([init, outcome])).not.toContain('sesame-open');
	expect(await planInit(bench.clients, await bench.containerFacts(), { ...admin, password: '' }, signal)).toMatchObject(
		{
			kind: 'refused',
		},
	);
});

test('first-time initialisation before any container: user and service are those of the Compose file', async () => {
	await bench.perform(await plan('down'));
	const folder = mkdtempSync(join(tmpdir(), 'laketop-init-'));
	const file = join(folder, 'compose.yaml');
	writeFileSync(file, 'x: _AIRFLOW_WWW_USER_USERNAME\n');
	const service = { image: 'apache/airflow:3.3.2', replicas: 1, profiles: [], login: null };
	const clients = withCompose({
		project: () => ({ ...bench.demo.compose.project(), files: [file] }),
		services: async () => [
			{ ...service, name: 'airflow-apiserver', airflowProcess: 'api-server' },
			{ ...service, name: 'airflow-init', login: { username: 'airflow', password: 'sesame-file' } },
		],
	});
	const facts = await bench.containerFacts();
	const init = planOf(await planInit(clients, facts, { ...admin, isDefault: true }, signal));
	expect(init.targets).toEqual(['service airflow-apiserver', 'Airflow user airflow']);
	expect(JSON.stringify(init)).not.toContain('sesame-file');
	const configured = planOf(await planInit(clients, facts, { ...admin, isDefault: false }, signal));
	expect(configured.targets).toContain('Airflow user operator');
	rmSync(folder, { recursive: true });
});

describe('a service of a profile that is not active', () => {
	const words: string[] = [];
	const clients = () =>
		withCompose({
			run: async (asked, onLine, ...more) => {
				words.push(asked.join(' '));
				if (asked[0] === 'config') for (const name of all.filter(one => one !== 'mlflow')) onLine(name);
				// As Compose does: what is not enabled stays.
				else if (asked.join(' ').startsWith('--profile ml '))
					return bench.demo.compose.run(asked.slice(2), onLine, ...more);
				return 0;
			},
			services: async () =>
				all.map(name => ({
					...{ name, image: 'x', replicas: 1, login: null },
					profiles: name === 'mlflow' ? ['ml', 'all'] : [],
				})),
		});
	const planned = async (verb: ComposeRequest['verb'], ...services: string[]) =>
		planOf(await planCompose(clients(), await bench.containerFacts(), { verb, services }, signal));

	test('down, stop and restart concern it where it runs', async () => {
		expect((await planned('stop')).effects[0]).toMatch(/^Stops 6 containers/);
		expect((await planned('restart')).command).toMatch(/ --profile ml restart$/);
		const down = await planned('down');
		expect(down.command).toMatch(/ --profile ml down$/);
		expect(down.effects[0]).toMatch(/^Stops and removes 6 containers .*mlflow/);
		expect(await bench.perform(down, clients())).toMatchObject({ outcome: 'done' });
		expect(words.at(-1)).toBe('--profile ml down');
	});

	test('up starts it by name only', async () => {
		expect((await planned('up')).targets).not.toContain('service mlflow');
		const byName = await planned('up', 'mlflow');
		expect(byName.targets).toEqual(['service mlflow']);
		expect(byName.command).toMatch(/ up -d (--no-deps )?mlflow$/);
	});
});

test('a DAG file is parsed again by a restart of the scheduler, and the outcome says when', async () => {
	const facts = await bench.facts();
	const dag = facts.state.dags?.find(one => one.dagId === dagId);
	if (!dag) throw new Error('no DAG');
	const reparse = planOf(planReparse(facts, dag));
	expect(reparse.effects[0]).toMatch(/Restarts container airflow-scheduler.*\/opt\/airflow\/dags\/ml_pipeline_dag.py/);
	expect(await bench.perform(reparse)).toMatchObject({
		outcome: 'done',
		message: expect.stringMatching(/was parsed at/),
	});
	bench.demo.scenario.addImportError('ml_pipeline_dag.py', 'SyntaxError');
	expect(await bench.perform(planReparse(facts, dag))).toMatchObject({
		outcome: 'failed',
		message: expect.stringMatching(/import error/),
	});
});

test('who is outside the stack, but in the network of one of its containers, is named', async () => {
	const facts = await bench.containerFacts();
	const { id } = (await bench.container('airflow-webserver')).container;
	const inside = replica('mlops', 'exporter', 1, { sharesNetworkOf: id });
	const outside = replica('shop', 'probe', 1, { sharesNetworkOf: id });
	const state = {
		...facts.state,
		containers: { ...facts.state.containers, ...listed(inside, outside).containers },
	};
	for (const verb of ['stop', 'restart', 'down'] as const) {
		const { effects } = planOf(await planCompose(bench.clients, { ...facts, state }, { verb, services: [] }, signal));
		expect(effects.map(ask => english(ask)).join('\n')).toContain(
			'shop/probe uses the network of airflow-webserver and loses it',
		);
	}
	const stop = await planCompose(
		bench.clients,
		{ ...facts, state },
		{ verb: 'stop', services: ['airflow-webserver'] },
		signal,
	);
	expect(
		planOf(stop)
			.effects.map(ask => english(ask))
			.join('\n'),
	).toContain('exporter uses the network of airflow-webserver and loses it');
});
