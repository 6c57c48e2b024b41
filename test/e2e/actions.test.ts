import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { documents } from '../../source/commands/json/documents.ts';
import { documentOf } from '../commands/harness.ts';
import { answer, type OpenTerminal } from '../terminal/harness.ts';
import { engineThrough, type Way } from './engine.ts';
import {
	allRuns,
	container,
	dag,
	dagId,
	docker,
	isActive,
	keepAsFound,
	type Laketop,
	laketopIn,
	newRunId,
	openLaketop,
	recordedActions,
	runCount,
	runOf,
	scratchFolder,
	services,
	stackFolder,
	stages,
	startedAt,
	tasksOf,
	until,
	untilHealthy,
	volumesOf,
} from './stack.ts';

/**
 * Everything that a command changes, done to the real stack by the built program; its output is checked against Airflow
 * and the engine. The simplest cases are in commands.test.ts.
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

const well = (stdout: RegExp) => ({ code: 0, stdout: expect.stringMatching(stdout) });
/** Only on standard error. */
const refused = (code: number, stderr: RegExp) => ({ code, stdout: '', stderr: expect.stringMatching(stderr) });

/** Numbers of tries, stage by stage. */
async function triesOf(id: string): Promise<number[]> {
	const tasks = await tasksOf(id);
	return stages.map(stage => tasks[stage]?.tries ?? 0);
}

const since = (tries: number[], before: number[]) => tries.map((count, index) => count - (before[index] ?? 0));

describe('runs', () => {
	test('a conf that the DAG would not take is refused before it is sent', async () => {
		const before = await runCount();
		for (const [code, conf, why] of [
			[4, '{"rows": 5}', /rows must be a whole number, at least 1000/],
			[4, '{"fail_at": "nowhere"}', /fail_at/],
			[2, '{"rows": ', /conf/],
			[2, '[1000]', /JSON object/],
		] as const) {
			expect(await laketop(['trigger', '--yes', '--conf', conf])).toMatchObject(refused(code, why));
		}
		expect(await laketop('trigger --dry-run --conf {"pace":1}')).toMatchObject(
			well(/with conf {"pace":1}.*Nothing was/s),
		);
		expect(await runCount()).toBe(before);
	});

	test('one run: triggered, repeated, cleared in parts, stopped, marked, noted; laketop reports what Airflow has', async () => {
		const id = newRunId();
		const triggered = await laketop([
			'trigger',
			'--yes',
			'--wait',
			'--json',
			'--run-id',
			id,
			'--conf',
			'{"rows":1000}',
		]);
		expect(triggered.code, triggered.stderr).toBe(0);
		expect(documentOf(documents.change, triggered.stdout)).toMatchObject({
			outcome: 'done',
			run: { dag_run_id: id, state: 'success', conf: { rows: 1000 } },
		});
		expect(await runOf(id)).toMatchObject({ state: 'success', conf: { rows: 1000 } });

		// A repeat finds the id taken, and starts nothing.
		const count = await runCount();
		const again = await laketop(['trigger', '--yes', '--json', '--run-id', id, '--conf', '{"rows":1000}']);
		expect(again.code).toBe(4);
		expect(documentOf(documents.error, again.stdout).error.message).toMatch(new RegExp(`already has a DAG run ${id}`));
		expect(await runCount()).toBe(count);

		// Nothing has failed; a task alone; a task and what follows.
		expect(await laketop(`clear --run ${id} --yes`)).toMatchObject(
			well(/Nothing to clear: \S+ \(success\) has no failed tasks/),
		);
		const before = await triesOf(id);
		const one = await laketop(`clear --run ${id} --task raw_to_bronze --yes --wait`);
		expect(one).toMatchObject(well(/1 task cleared; .*success after/s));
		// The first run of a new stack may have had tries by itself.
		const first = await triesOf(id);
		expect(since(first, before)).toEqual([1, 0, 0, 0, 0, 0, 0]);
		const following = await laketop(`clear --run ${id} --task model_evaluation --downstream --yes --wait`);
		expect(following).toMatchObject(well(/2 tasks cleared; .*success after/s));
		expect(since(await triesOf(id), first)).toEqual([0, 0, 0, 0, 0, 1, 1]);
		expect(await runOf(id)).toMatchObject({ state: 'success' });

		// The whole of it, and stopped before it gets far.
		const whole = await laketop(`clear --run ${id} --all --yes --json`);
		expect(documentOf(documents.change, whole.stdout)).toMatchObject({
			outcome: 'done',
			message: expect.stringMatching(/^7 tasks cleared; \S+ is (queued|running)/),
		});
		expect((await runOf(id)).state).toMatch(/^(queued|running)$/);
		await until(async () => expect(await laketop(`stop-run --run ${id} --yes`)).toMatchObject(well(/is failed/)));
		expect(await runOf(id)).toMatchObject({ state: 'failed' });
		expect(await laketop(`stop-run --run ${id} --yes`)).toMatchObject(refused(4, /has already finished \(failed\)/));

		// Marks, without anything being run.
		expect(await laketop(`mark --run ${id} --task model_registry --state failed --yes`)).toMatchObject(
			well(/model_registry is failed/),
		);
		expect((await tasksOf(id)).model_registry?.state).toBe('failed');
		// This Airflow's API fails on that one: it is not asked.
		expect(await laketop(`mark --run ${id} --task raw_to_bronze --state skipped --yes`)).toMatchObject(
			refused(4, /Airflow 2\.8\.0 cannot mark tasks skipped/),
		);
		expect(await laketop(`mark --run ${id} --task nowhere --state failed --yes`)).toMatchObject(
			refused(2, /no task nowhere/),
		);
		expect(await laketop(`mark --run ${id} --state success --yes`)).toMatchObject(well(/is success/));
		expect(await runOf(id)).toMatchObject({ state: 'success' });
		expect(Object.values(await tasksOf(id)).every(({ state }) => state === 'success')).toBe(true);

		expect(await laketop(['note', '--run', id, '--text', '밤에 디스크가 찼다', '--yes'])).toMatchObject({ code: 0 });
		expect((await runOf(id)).note).toBe('밤에 디스크가 찼다');
		expect(await laketop(`note --run ${id} --remove --yes`)).toMatchObject(well(/has no note/));
		expect((await runOf(id)).note ?? '').toBe('');

		const log = await laketop(`logs --task raw_to_bronze --run ${id} --try 1`);
		expect(log).toMatchObject(well(/Marking task as SUCCESS/));
		expect(await laketop(`clear nowhere --run ${id} --yes`)).toMatchObject(refused(2, /no DAG nowhere/));
	});

	test('a run under way is stopped, and its task with it', async () => {
		const id = newRunId();
		await laketop(['trigger', '--yes', '--run-id', id, '--conf', '{"pace":120,"rows":1000}']);
		await until(async () => expect((await tasksOf(id)).raw_to_bronze?.state).toBe('running'));
		expect(await laketop(`stop-run --run ${id} --yes`)).toMatchObject(well(/is failed \(1 failed/));
		expect((await tasksOf(id)).raw_to_bronze?.state).toBe('failed');
		// The scheduler may set the run to running once more, until it has given up the following tasks.
		await until(async () => expect(await runOf(id)).toMatchObject({ state: 'failed' }));
		await until(async () => expect(await laketop(`tasks --run ${id}`)).toMatchObject({ code: 1 }));
	});

	test('pause, and a trigger that unpauses', async () => {
		await laketop(`unpause ${dagId} --yes`);
		expect(await laketop(`pause ${dagId} --yes`)).toMatchObject(well(/is paused/));
		expect(await dag()).toMatchObject({ isPaused: true });
		expect(await laketop(`pause ${dagId} --yes`)).toMatchObject(well(/already paused/));
		expect(await laketop('trigger --dry-run')).toMatchObject(
			well(/is paused and will be unpaused first.*dags unpause/s),
		);
		expect(await dag()).toMatchObject({ isPaused: true });
		const id = newRunId();
		expect(await laketop(['trigger', '--yes', '--run-id', id, '--conf', '{"pace":60}'])).toMatchObject(
			well(/the DAG is unpaused/),
		);
		expect(await dag()).toMatchObject({ isPaused: false });
		await until(async () => expect(await laketop(`stop-run --run ${id} --yes`)).toMatchObject({ code: 0 }));
		expect(await laketop('unpause nowhere --yes')).toMatchObject(refused(2, /no DAG nowhere/));
	});

	test('reparse: the scheduler restarts, and has parsed the file', async () => {
		const { lastParsedAt } = await dag();
		const before = await startedAt('airflow-scheduler');
		expect(await laketop('reparse --yes')).toMatchObject(well(/was parsed at \d\d:\d\d:\d\d UTC/));
		expect(await startedAt('airflow-scheduler')).not.toBe(before);
		expect(Date.parse((await dag()).lastParsedAt)).toBeGreaterThan(Date.parse(lastParsedAt));
		expect(await laketop('reparse nowhere --yes')).toMatchObject(refused(2, /no DAG nowhere/));
	});

	test('a wrong password changes nothing, and is not printed', async () => {
		// A stopped task may be a moment behind.
		await until(async () => expect((await allRuns()).filter(isActive)).toEqual([]));
		const before = await allRuns();
		const environment = { LAKETOP_AIRFLOW_PASSWORD: 'not-it' };
		for (const words of [
			'trigger --yes',
			`pause ${dagId} --yes`,
			'clear --run newest --all --yes',
			'mark --run newest --state failed --yes',
			'stop-run --run newest --yes',
			'note --run newest --text x --yes',
			'runs',
			'source',
			'status',
		]) {
			const ran = await laketop(words, { environment });
			expect(ran, words).toMatchObject({ code: 4 });
			expect(ran.stdout + ran.stderr, words).toMatch(/rejects user admin/);
			expect(ran.stdout + ran.stderr).not.toContain('not-it');
		}
		expect(await allRuns()).toEqual(before);
	});
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
	for (const action of [
		...['trigger', 'clear', 'stop-run', 'mark-failed', 'mark-run-success', 'note', 'pause', 'reparse', 'exec'],
		...['kill', 'start', 'restart', 'init', 'stop', 'down', 'down-volumes', 'up'],
	]) {
		expect(actions).toContain(`${action} started`);
		expect(actions).toContain(`${action} done`);
	}
	expect(actions).toContain('restart unknown');
	expect(await readFile(join(folder.path, 'laketop/audit.jsonl'), 'utf8')).not.toMatch(/metadata-secret|not-it/);
});
