import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DockerClient } from '../../../source/clients/engine/docker.ts';
import { diskUsageAnswer } from '../../../source/clients/engine/docker-disk-usage.ts';
import { execLines } from '../../../source/clients/engine/docker-exec.ts';
import { inspectionAnswer, topAnswer } from '../../../source/clients/engine/docker-inspection.ts';
import { type DemoStack, startDemo } from '../../../source/demo/index.ts';
import { shareOf, totalsOf } from '../../../source/model/engine/disk-usage.ts';
import { failureOf } from '../../english.ts';
import { soon } from '../../patience.ts';

/** Details of one container, of the disk, and commands in containers. */
const recorded = join(import.meta.dirname, '../../fixtures/recorded/docker-20.10');
const json = (path: string): unknown => JSON.parse(readFileSync(join(recorded, path), 'utf8'));

let demo: DemoStack;
let docker: DockerClient;
beforeEach(async () => {
	demo = await startDemo({ autonomous: false });
	docker = new DockerClient({ kind: 'unix', address: demo.dockerHost, origin: 'test', tlsDirectory: null });
});
afterEach(() => demo.close());

const idOf = async (name: string) => (await docker.containers()).find(one => one.name === name)?.id ?? name;
const failure = async (work: Promise<unknown>) =>
	failureOf(
		await work.then(
			() => new Error('it succeeded'),
			error => error,
		),
	);

test.each(readdirSync(join(recorded, 'inspect')))('the real inspection %s is read', file => {
	const inspection = inspectionAnswer.parse(json(`inspect/${file}`));
	expect(inspection.name).toBe(file.replace('.json', ''));
	expect(inspection.restartPolicy.name).toBe('unless-stopped');
	expect(inspection.health?.probes.length).toBeGreaterThan(0);
	expect(inspection.networks.map(network => network.name)).toEqual(['mlops_default']);
	expect(inspection.labelCount).toBeGreaterThan(5);
});

test('mounts, ports, health check and grace period of the real containers', () => {
	const webserver = inspectionAnswer.parse(json('inspect/airflow-webserver.json'));
	expect(webserver.ports).toContainEqual({
		privatePort: 8080,
		protocol: 'tcp',
		address: expect.any(String),
		publicPort: 8082,
	});
	expect(webserver.mounts.find(mount => mount.destination === '/opt/airflow/dags')).toMatchObject({
		type: 'bind',
		isWritable: true,
	});
	expect(webserver.health).toMatchObject({ intervalMs: 10_000, timeoutMs: 5000, startPeriodMs: 180_000, retries: 3 });
	expect(webserver.health?.test).toMatch(/^curl --fail/);
	expect(inspectionAnswer.parse(json('inspect/airflow-worker.json')).stopTimeoutMs).toBe(30_000);
});

test('no secret of a container gets past the client', async () => {
	const { environment, ...rest } = await docker.inspection(await idOf('airflow-webserver'));
	const value = (name: string) => environment.find(one => one.name === name);
	expect(value('_AIRFLOW_WWW_USER_PASSWORD')).toEqual({
		name: '_AIRFLOW_WWW_USER_PASSWORD',
		value: '•••',
		isMasked: true,
	});
	expect(value('AIRFLOW__CELERY__RESULT_BACKEND')?.value).toBe(
		'db+postgresql://airflow:•••@airflow-postgres:5432/airflow',
	);
	expect(value('AIRFLOW__CELERY__BROKER_URL')).toMatchObject({ isMasked: false });
	expect(rest.mounts.length).toBeGreaterThan(0);
	expect(JSON.stringify(await docker.inspection(await idOf('airflow-postgres')))).not.toContain('PASSWORD=airflow');
	expect((await failure(docker.inspection('no-such-container'))).kind).toBe('not-found');
});

test('the processes of a container; refused for one that does not run', async () => {
	const table = await docker.processes(await idOf('airflow-worker'));
	expect(table.titles).toEqual(['USER', 'PID', 'PPID', '%CPU', '%MEM', 'ELAPSED', 'COMMAND']);
	expect(table.rows.length).toBeGreaterThan(3);
	expect(table.rows.every(row => row.length === table.titles.length)).toBe(true);
	demo.scenario.stopContainer('mlflow');
	expect((await failure(docker.processes(await idOf('mlflow')))).message).toMatch(/is not running/);
});

test.each(readdirSync(join(recorded, 'top')))('the real processes %s are read', file => {
	const table = topAnswer.parse(json(`top/${file}`));
	expect(table.titles).toContain('PID');
	expect(table.rows.length).toBeGreaterThan(0);
	expect(table.rows.every(row => row.length === table.titles.length)).toBe(true);
});

test("where the host's ps knows no such columns, its usual ones are taken", async () => {
	const id = await idOf('mlflow');
	demo.scenario.failNext('docker', 500, { message: "ps: unrecognized option: 'o'" });
	expect((await docker.processes(id)).titles).toEqual([...['UID', 'PID', 'PPID', 'C', 'STIME', 'TTY', 'TIME', 'CMD']]);
});

test('disk usage is computed as docker does, with the share of a project', () => {
	const usage = diskUsageAnswer.parse(json('system-df.json'));
	const [images, containers, volumes] = totalsOf(usage);
	expect(images).toMatchObject({ kind: 'images', count: usage.images.length, bytes: usage.layersBytes });
	expect(containers?.reclaimableBytes).toBe(0);
	expect(volumes?.active).toBe(4);
	const share = shareOf(usage, 'mlops');
	expect(share.containers).toHaveLength(6);
	expect(share.volumes.map(volume => volume.name).toSorted()).toEqual([
		'mlops_mlflow-artifacts',
		'mlops_mlflow-database',
		'mlops_postgres-data',
		'mlops_redis-data',
	]);
	// Its images' own layers and what they share: never more than all layers.
	expect(share.imagesBytes + share.imagesSharedBytes).toBeLessThanOrEqual(usage.layersBytes);
	expect(shareOf(usage, 'another')).toMatchObject({ containersBytes: 0, volumesBytes: 0, imagesBytes: 0 });
});

test('the rows of docker system df, by its own formulas', () => {
	const image = (id: string, bytes: number, sharedBytes: number | null, containers: number) => ({
		id,
		tags: [],
		bytes,
		sharedBytes,
		containers,
	});
	const usage = {
		layersBytes: 1_227_378_595,
		images: [
			image('redis', 461_005_571, 461_005_571, 1),
			image('postgres', 461_006_767, 461_005_571, 1),
			image('mlflow', 1_013_594_138, 461_005_571, 1),
			image('airflow', 674_788_832, 461_005_571, 3),
			image('base', 461_005_571, 461_005_571, 0),
		],
		containers: [
			{ id: 'a', name: 'a', project: null, service: null, imageId: 'redis', state: 'running', writableBytes: 10 },
			{ id: 'b', name: 'b', project: null, service: null, imageId: 'redis', state: 'exited', writableBytes: 5 },
		],
		volumes: [
			{ name: 'v', project: null, bytes: 100, containers: 1 },
			{ name: 'w', project: null, bytes: 50, containers: 0 },
			{ name: 'x', project: null, bytes: null, containers: null },
		],
		buildCache: [
			{ bytes: 7, isInUse: true, isShared: false },
			{ bytes: 3, isInUse: false, isShared: false },
			{ bytes: 900, isInUse: false, isShared: true },
		],
	};
	expect(totalsOf(usage)).toEqual([
		// As `docker system df` said it of these images: 1.227GB, 461MB (37%).
		{ kind: 'images', count: 5, active: 4, bytes: 1_227_378_595, reclaimableBytes: 461_005_571 },
		{ kind: 'containers', count: 2, active: 1, bytes: 15, reclaimableBytes: 5 },
		{ kind: 'volumes', count: 3, active: 1, bytes: 150, reclaimableBytes: 50 },
		{ kind: 'build cache', count: 3, active: 1, bytes: 10, reclaimableBytes: 3 },
	]);
});

test('the disk of the embedded engine', async () => {
	const share = shareOf(await docker.diskUsage(), 'mlops');
	expect(share.volumes).toHaveLength(4);
	expect(share.volumesBytes).toBeGreaterThan(0);
});

const terminal = { tty: true, columns: 91, rows: 33 };

test('a shell in a container: typed to, of the right size, resized, with its exit code', async () => {
	const session = await docker.exec(await idOf('airflow-worker'), ['bash'], terminal);
	let text = '';
	session.stream.on('data', bytes => {
		text += bytes;
	});
	const closed = new Promise(resolve => session.stream.on('close', resolve));
	session.stream.write('stty size\r');
	await vi.waitFor(() => expect(text).toContain('33 91'), soon);
	expect(await session.exitCode()).toBeNull();
	await session.resize(100, 40);
	session.stream.write('stty size\rexit 7\r');
	await closed;
	expect(text).toContain('40 100');
	expect(await session.exitCode()).toBe(7);
});

test('a shell ends with its container, and with the signal its connection', async () => {
	const session = await docker.exec(await idOf('mlflow'), ['sh'], terminal);
	const closed = new Promise(resolve => session.stream.resume().on('close', resolve));
	demo.scenario.killContainer('mlflow');
	await closed;
	expect(await session.exitCode()).toBe(137);
	const cut = new AbortController();
	const other = await docker.exec(await idOf('airflow-worker'), ['sh'], terminal, cut.signal);
	const gone = new Promise(resolve => other.stream.on('close', resolve));
	cut.abort();
	await gone;
});

test('a command reads its input and reports its output by lines', async () => {
	const { signal } = new AbortController();
	const lines: string[] = [];
	const run = async (argv: string[], input = '') => {
		const session = await docker.exec(await idOf('airflow-webserver'), argv, { ...terminal, tty: false });
		return execLines(session, input, line => lines.push(line), signal);
	};
	expect(await run(['cat'], 'one\n\u001b[2Jtwo\nthree')).toBe(0);
	expect(lines).toEqual(['one', 'two', 'three']);
	expect(await run(['sh', '-c', 'echo a; exit 3'])).toBe(3);
	expect(await run(['no-such-program'])).toBe(126);
	expect(lines.at(-1)).toMatch(/executable file not found/);
});

test('no command in what is not there, or does not run', async () => {
	demo.scenario.stopContainer('mlflow');
	expect((await failure(docker.exec(await idOf('mlflow'), ['sh'], terminal))).message).toMatch(/is not running/);
	expect((await failure(docker.exec('no-such-container', ['sh'], terminal))).kind).toBe('not-found');
});

test('services whose end is waited for are read from the label that Compose gives', async () => {
	const { containersAnswer } = await import('../../../source/clients/engine/docker-answers.ts');
	const awaited = (text: string) =>
		containersAnswer.parse([{ Id: 'a', Labels: { 'com.docker.compose.depends_on': text } }])[0]?.startsAfterEndOf;
	expect(
		awaited('airflow-init:service_completed_successfully:false,redis:service_healthy:true,seed:service_started:false'),
	).toEqual(['airflow-init']);
	expect(awaited('redis:service_healthy:true')).toBeUndefined();
	expect(awaited('')).toBeUndefined();
});

test('names that differ in what is not shown do not look alike, in lists, events and inspections', async () => {
	const { containersAnswer } = await import('../../../source/clients/engine/docker-answers.ts');
	const { eventAnswer } = await import('../../../source/clients/engine/docker-event-answer.ts');
	const labels = { 'com.docker.compose.service': 'api\u001b[2m', 'com.docker.compose.project': 'shop\u200b' };
	const [listed] = containersAnswer.parse([{ Id: 'a', Names: ['/api\u001b[2m-1'], Labels: labels }]);
	expect(listed).toMatchObject({ name: 'api\\u{1b}[2m-1', service: 'api\\u{1b}[2m', project: 'shop\\u{200b}' });
	const [other] = containersAnswer.parse([{ Id: 'b', Names: ['/api-1'], Labels: null }]);
	expect(other).toMatchObject({ name: 'api-1', service: null, project: null });
	const Attributes = { ...labels, name: 'api\u001b[2m-1', exitCode: '3' };
	expect(eventAnswer.parse({ Type: 'container', Action: 'die', Actor: { ID: 'a', Attributes } })).toMatchObject({
		name: listed?.name,
		service: listed?.service,
		project: listed?.project,
		exitCode: 3,
	});
	expect(inspectionAnswer.parse({ ...(json('inspect/mlflow.json') as object), Name: '/api\u001b[2m-1' }).name).toBe(
		listed?.name,
	);
});
