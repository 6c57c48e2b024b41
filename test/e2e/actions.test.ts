import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { documents } from '../../source/command-line/json/documents.ts';
import { documentOf } from '../commands/harness.ts';
import { answer, type OpenTerminal } from '../terminal/harness.ts';
import { engineThrough, type Way } from './engine.ts';
import {
	container,
	docker,
	keepAsFound,
	type Laketop,
	laketopIn,
	openLaketop,
	recordedActions,
	refused,
	runCount,
	scratchFolder,
	services,
	stackFolder,
	startedAt,
	until,
	untilHealthy,
	volumesOf,
	well,
} from './stack.ts';

/**
 * Everything that a command changes about containers and the stack, done by the built program to the real one; its output
 * is checked against the engine. The simplest cases are in commands.test.ts, what changes DAG runs in runs-suite.ts.
 */

const folder = scratchFolder();
const laketop: Laketop = laketopIn(folder.path);
let putBack: () => Promise<void> = async () => undefined;
beforeAll(async () => {
	putBack = await keepAsFound();
});
afterAll(async () => {
	await putBack();
	folder.remove();
});

const closing: (() => unknown)[] = [];
afterEach(async () => {
	for (const close of closing.splice(0).reverse()) await close();
});

describe('looking', () => {
	test('facts from the engine and the servers about the stack', async () => {
		const found = documentOf(documents.inspection, (await laketop('inspect airflow-postgres --json')).stdout);
		expect(found.environment).toContainEqual({ name: 'POSTGRES_PASSWORD', value: '•••', is_masked: true });
		expect(found.mounts.map(({ name }) => name)).toEqual(['mlops_postgres-data']);
		expect(found.health?.status).toBe('healthy');
		for (const service of services) {
			const ran = await laketop(`inspect ${service}`);
			expect(ran).toMatchObject({ code: 0 });
			// The database's password, which is in addresses as well.
			expect(ran.stdout).not.toMatch(/metadata-secret|change-me-where/);
		}
		expect((await laketop('top mlflow')).stdout).toMatch(/mlflow server/);
		const text = await readFile(join(await stackFolder(), 'dags/ml_pipeline_dag.py'), 'utf8');
		expect((await laketop('source')).stdout).toBe(text);
		const usage = documentOf(documents['disk-usage'], (await laketop('df --json')).stdout);
		expect(
			usage.volumes
				.filter(({ is_own }) => is_own)
				.map(({ name }) => name)
				.toSorted(),
		).toEqual(await volumesOf('mlops'));
		// A new stack has none until its first run has ended.
		const conf = '{"rows":2000,"pace":0.2}';
		if ((await runCount()) === 0)
			expect(await laketop(['trigger', '--yes', '--wait', '--conf', conf])).toMatchObject({ code: 0 });
		const models = documentOf(documents.models, (await laketop('models --json')).stdout);
		expect(models.versions.length).toBeGreaterThan(0);
		const metrics = documentOf(documents.metrics, (await laketop('metrics --json')).stdout);
		expect(metrics.metrics.map(({ key }) => key)).toEqual(expect.arrayContaining(['accuracy', 'f1_score']));
		expect((await laketop('config')).stdout).toMatch(/airflow\.password +(•••|\*+)/);
		const lines = await laketop('logs airflow-scheduler --tail all --grep Starting');
		expect(lines.stdout.trimEnd().split('\n')).toContainEqual(expect.stringMatching(/Starting the scheduler/));
	});

	test('exec: input, output, errors and exit code are those of the program', async () => {
		expect(await laketop('exec airflow-redis redis-cli ping')).toMatchObject({ code: 0, stdout: 'PONG\n' });
		const argv = ['exec', 'airflow-worker', 'sh', '-c', 'tr a-z A-Z; echo trouble >&2; exit 7'];
		expect(await laketop(argv, { input: 'from outside\n' })).toMatchObject({
			code: 7,
			stdout: 'FROM OUTSIDE\n',
			stderr: 'trouble\n',
		});
		// The engine's own answer: 126 by older ones, 127 by newer.
		expect((await laketop('exec mlflow no-such-program')).code).toBeOneOf([126, 127]);
		expect(await laketop('exec nowhere true')).toMatchObject(refused(2, /no service nowhere/));
	});
});

describe('containers', () => {
	test('kill and start, several at once; what is so already is refused', async () => {
		expect(await laketop('kill mlflow --yes')).toMatchObject(well(/killed in .*exited \(137\)/));
		expect(await container('mlflow')).toMatchObject({ state: 'exited', exitCode: 137 });
		expect(await laketop('kill mlflow --yes')).toMatchObject(refused(4, /mlflow: not running/));
		expect((await laketop('services mlflow')).code).toBe(1);
		expect(await laketop('exec mlflow true')).toMatchObject({ code: 4 });
		const before = await startedAt('airflow-redis');
		expect(await laketop('start mlflow airflow-redis --yes --wait')).toMatchObject(well(/healthy after/));
		expect(await container('mlflow')).toMatchObject({ state: 'running', health: 'healthy' });
		expect(await startedAt('airflow-redis')).toBe(before);
	});

	test('a container that is removed while the question stands is not taken for another', async () => {
		const name = 'laketop-e2e-passing';
		const image = await docker('inspect', '-f', '{{.Config.Image}}', 'airflow-redis');
		await docker('run', '--detach', '--name', name, '--entrypoint', 'sleep', image, '600');
		closing.push(() => docker('rm', '--force', name).catch(() => undefined));
		const term: OpenTerminal = await openLaketop(folder.path, ['restart', name]);
		closing.push(() => term.dispose());
		await term.waitFor(/Restart laketop-e2e-passing\? \[y\/N\]/);
		await docker('rm', '--force', name);
		expect(await answer(term, 'y\r')).toBe(2);
		expect(term.text()).toMatch(/it was removed, or recreated\s+under another id/);
	});
});

describe('the engine becomes unreachable in the middle', () => {
	const restart = /^POST \S+\/restart/;
	/** The engine has started mlflow again. */
	const startedAgain = (before: string | undefined) => () =>
		until(async () => {
			const now = await container('mlflow');
			expect(now).toMatchObject({ state: 'running' });
			expect(now?.startedAt).not.toBe(before);
		});
	let engine: Way;
	beforeEach(async () => {
		engine = await engineThrough(folder.path);
		closing.push(engine.end);
	});

	test('and stays unreachable: the outcome is unknown, the restart is not repeated', async () => {
		const closed = engine.closeAfter(restart, startedAgain(await startedAt('mlflow')));
		const ran = await laketop(`restart mlflow --yes --json --docker-host ${engine.address}`);
		await closed;
		expect(ran.code).toBe(3);
		expect(documentOf(documents.change, ran.stdout)).toMatchObject({
			outcome: 'unknown',
			message: expect.stringMatching(/[Cc]heck again before you retry/),
		});
		expect(engine.count(restart)).toBe(1);
	});

	test('and comes back: what has happened is found out, the restart is not repeated', async () => {
		const closed = engine.closeAfter(restart, startedAgain(await startedAt('mlflow')));
		const [ran] = await Promise.all([
			laketop(`restart mlflow --yes --docker-host ${engine.address}`),
			closed.then(engine.open),
		]);
		expect(ran).toMatchObject(well(/restarted.*: running.*the response was lost/));
		expect(engine.count(restart)).toBe(1);
	});

	test('under Compose: the result is reported as unknown', async () => {
		await docker('stop', 'mlflow');
		const closed = engine.closeAfter(/^POST \S+\/start/, startedAgain(await startedAt('mlflow')));
		const ran = await laketop(`up mlflow --yes --docker-host ${engine.address}`);
		await closed;
		expect(ran).toMatchObject(refused(3, /[Oo]utcome unknown: .*check the containers before you retry/));
		expect(engine.count(/^POST \S+\/start/)).toBe(1);
		await untilHealthy(['mlflow']);
	});
});

describe('the stack', () => {
	test('a Compose file that is not there, that is none, or that lacks the service', async () => {
		const before = await startedAt('mlflow');
		for (const words of ['up', 'stop', 'restart', 'down', 'down --volumes']) {
			expect(await laketop(`${words} --yes --compose-file /nonexistent.yml`)).toMatchObject(
				refused(2, /The Compose file \/nonexistent\.yml does not exist/),
			);
		}
		expect(await laketop(`up --yes --compose-file ${import.meta.filename}`)).toMatchObject(
			refused(4, /The Compose file cannot be read: /),
		);
		expect(await laketop('up nowhere --yes')).toMatchObject(refused(2, /has no service nowhere; it has airflow-post/));
		expect(await startedAt('mlflow')).toBe(before);
	});

	test('initialisation of a stack that has been initialised does no harm', async () => {
		const ran = await laketop('init --yes');
		expect(ran).toMatchObject(well(/database migrated; admin already exist/));
		expect(ran.stderr).not.toContain('metadata-secret');
		expect(await laketop('runs -n 1')).toMatchObject({ code: 0 });
	});

	test('restart: every container is restarted and healthy', async () => {
		const before = await Promise.all(services.map(startedAt));
		expect(await laketop('restart --yes')).toMatchObject(well(/6 services up and healthy/));
		await untilHealthy(services, 0);
		const after = await Promise.all(services.map(startedAt));
		expect(after.every((at, index) => at !== before[index])).toBe(true);
	});

	test('stop, down, another project initialised from nothing and deleted with its volumes, and up again', async () => {
		const cwd = await stackFolder();
		const volumes = await volumesOf('mlops');
		const runs = await runCount();
		expect(await laketop('stop --yes')).toMatchObject(well(/6 containers stopped/));
		expect(await container('airflow-worker')).toMatchObject({ state: 'exited' });
		expect(await laketop('stop --yes')).toMatchObject(well(/already stopped/));
		expect(await laketop('status')).toMatchObject({ code: 3 });
		expect(await laketop('down --yes')).toMatchObject(well(/6 containers removed/));
		for (const name of services) expect(await container(name)).toBeNull();
		expect(await volumesOf('mlops')).toEqual(volumes);

		// The same file under another name: its data is its own, and the stack's stays where it is.
		const project = 'laketop-e2e';
		closing.push(() => docker('compose', '-p', project, 'down', '--volumes').catch(() => undefined));
		const other = (words: string) => laketop(`${words} --project ${project}`, { cwd });
		expect(await other('init --yes')).toMatchObject(well(/database migrated; User "admin" created with role "Admin"/));
		const query = ['psql', '-U', 'airflow', '-Atc', 'select username from ab_user'];
		expect(await docker('exec', 'airflow-postgres', ...query)).toBe('admin');
		const own = await volumesOf(project);
		expect(own).toContain('laketop-e2e_postgres-data');
		const planned = await other('down --volumes --dry-run');
		expect(planned).toMatchObject(well(/laketop-e2e_postgres-data \([\d.]+ [KMG]iB\).*Type laketop-e2e to confirm/s));
		expect(await volumesOf(project)).toEqual(own);
		expect(await other('down --volumes --yes')).toMatchObject(refused(4, /--yes --confirm laketop-e2e/));
		expect(await other('down --volumes --yes --confirm mlops')).toMatchObject({ code: 4 });
		expect(await volumesOf(project)).toEqual(own);
		expect(await other(`down --volumes --yes --confirm ${project}`)).toMatchObject(well(/volumes removed/));
		expect(await volumesOf(project)).toEqual([]);
		expect(await volumesOf('mlops')).toEqual(volumes);
		expect(await other('down --yes')).toMatchObject(refused(2, /Project laketop-e2e has no containers/));

		const up = await laketop('up --yes', { cwd });
		expect(up, up.stderr).toMatchObject(well(/6 services up and healthy/));
		await untilHealthy(services, 0);
		expect(await runCount()).toBe(runs);
		expect((await laketop('status')).code).toBeLessThanOrEqual(1);
	});
});

test('all of it is on record, and no password in it', async () => {
	const actions = new Set(recordedActions(folder.path));
	for (const action of [...['exec', 'kill', 'start', 'restart', 'init', 'stop', 'down', 'down-volumes', 'up']]) {
		expect(actions).toContain(`${action} started`);
		expect(actions).toContain(`${action} done`);
	}
	expect(actions).toContain('restart unknown');
	expect(await readFile(join(folder.path, 'laketop/audit.jsonl'), 'utf8')).not.toMatch(/metadata-secret|not-it/);
});
