import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DockerClient } from '../../../source/clients/engine/docker.ts';
import { containersAnswer, inspectAnswer, readStats } from '../../../source/clients/engine/docker-answers.ts';
import { diskUsageAnswer } from '../../../source/clients/engine/docker-disk-usage.ts';
import { eventAnswer } from '../../../source/clients/engine/docker-event-answer.ts';
import { inspectionAnswer, topAnswer } from '../../../source/clients/engine/docker-inspection.ts';
import { setupAnswer } from '../../../source/clients/engine/docker-setup.ts';
import { type DemoStack, startDemo } from '../../../source/demo/index.ts';
import { shareOf, totalsOf } from '../../../source/model/engine/disk-usage.ts';
import { differences } from '../../demo/shape.ts';
import { failureOf } from '../../english.ts';

/** Podman through its Docker-compatible API: recorded answers of Podman 4.3.1, and the embedded engine that gives them. */
const recorded = join(import.meta.dirname, '../../fixtures/recorded/podman-4.3');
const json = (path: string): unknown => JSON.parse(readFileSync(join(recorded, path), 'utf8'));

let demo: DemoStack;
let podman: DockerClient;
beforeEach(async () => {
	demo = await startDemo({ autonomous: false, engine: 'podman-4.3' });
	podman = new DockerClient({ kind: 'unix', address: demo.dockerHost, origin: 'test', tlsDirectory: null });
});
afterEach(() => demo.close());

const named = async (name: string) => {
	const found = (await podman.containers()).find(one => one.name === name);
	if (!found) throw new Error(`no ${name}`);
	return found;
};
const failure = async (work: Promise<unknown>) =>
	failureOf(
		await work.then(
			() => new Error('it succeeded'),
			error => error,
		),
	);

test('a container without a health check has none, although Podman reports a health without a status', () => {
	expect(inspectAnswer.parse(json('inspect/web.json')).health).toBe('none');
	expect(setupAnswer.parse(json('inspect/web.json')).hasHealthCheck).toBe(false);
	expect(inspectionAnswer.parse(json('inspect/web.json')).health).toBeNull();
	expect(inspectAnswer.parse(json('inspect/redis-healthy.json')).health).toBe('healthy');
	const setup = setupAnswer.parse(json('inspect/redis-healthy.json'));
	// Three retries, every 10 s and of 3 s at most.
	expect(setup).toMatchObject({ hasHealthCheck: true, healthDecidesMs: 39_000 });
	expect(setupAnswer.parse(json('inspect/web.json')).healthDecidesMs).toBeUndefined();
	expect(inspectionAnswer.parse(json('inspect/redis-healthy.json')).health).toMatchObject({
		status: 'healthy',
		test: 'redis-cli -p 6390 ping',
	});
});

test.each(readdirSync(join(recorded, 'inspect')))('the real inspection %s is read', file => {
	const inspection = inspectionAnswer.parse(json(`inspect/${file}`));
	expect(inspection.name).toMatch(/^shop-\w+-1$/);
	expect(inspection.image).toBe('localhost/redis:7');
	// Podman writes 15.
	expect(inspection.stopSignal).toBe('SIGTERM');
	expect(inspection.networks.map(network => network.name)).toEqual(['shop_default']);
});

test('the table of processes is split at the columns of ps', () => {
	expect(topAnswer.parse(json('top/columns.json'))).toEqual({
		titles: ['USER', 'PID', 'PPID', '%CPU', '%MEM', 'ELAPSED', 'COMMAND'],
		rows: [['root', '1', '0', '0.5', '0.0', '00:13', 'python3 -m http.server 8000']],
	});
	expect(topAnswer.parse(json('top/default.json')).rows).toEqual([
		['root', '1', '0', '0', '22:42', '?', '00:00:00', 'python3 -m http.server 8000'],
	]);
	// A row with fewer words, and Docker's own table of a single column.
	expect(topAnswer.parse({ Titles: ['PID  CMD'], Processes: [['7'], []] }).rows).toEqual([
		['7', ''],
		['', ''],
	]);
	expect(topAnswer.parse({ Titles: ['CMD'], Processes: [['sleep 1']] })).toEqual({
		titles: ['CMD'],
		rows: [['sleep 1']],
	});
});

test('the list, the statistics and the events of a real Podman are read', () => {
	const listed = containersAnswer.parse(json('containers.json'));
	expect(listed.map(({ name, project, service, state, health }) => [name, project, service, state, health])).toEqual([
		['shop-redis-1', 'shop', 'redis', 'running', 'none'],
		['shop-init-1', 'shop', 'init', 'exited', 'none'],
		['shop-web-1', 'shop', 'web', 'running', 'none'],
		['shop-worker-1', 'shop', 'worker', 'running', 'none'],
	]);
	expect(readStats('a', json('stats.json'), 0)).toMatchObject({ memoryBytes: 10_055_680, onlineCpus: 2, processes: 1 });
	// For a container that is not running: 200 without a body.
	expect(readStats('a', '', 0)).toBeNull();
	// Rootless with control groups v1: the memory of the host, for each of its containers.
	expect(readStats('a', json('stats-rootless-cgroups-1.json'), 0)).toBeNull();
	const events = readFileSync(join(recorded, 'events.ndjson'), 'utf8')
		.trim()
		.split('\n')
		.map(line => eventAnswer.parse(JSON.parse(line)));
	const web = 'aeeff7512720fb9836a93874ed6f43ad99b4ce25503a33344f6b0883c6ca0d41';
	expect(events).toContainEqual(expect.objectContaining({ id: web, action: 'network disconnect' }));
	expect(events).toContainEqual(expect.objectContaining({ id: web, action: 'die', exitCode: 137, project: 'shop' }));
	expect(events).toContainEqual(expect.objectContaining({ action: 'destroy' }));
	// Its `HealthStatus` is the health before the probe: not taken for the result.
	expect(events.map(event => event?.action)).toContain('health_status');
});

test("podman-compose's relative files are those of its working directory", () => {
	const files = (config_files: string, working_dir: string | undefined = '/home/ops/shop') =>
		containersAnswer.parse([
			{
				Id: 'a',
				Labels: {
					'io.podman.compose.project': 'shop',
					'com.docker.compose.project': 'shop',
					...(working_dir === undefined ? {} : { 'com.docker.compose.project.working_dir': working_dir }),
					'com.docker.compose.project.config_files': config_files,
				},
			},
		])[0]?.configFiles;
	expect(files('docker-compose.yml,../base.yml')).toBe('/home/ops/shop/docker-compose.yml,/home/ops/base.yml');
	expect(files('/srv/compose.yml')).toBe('/srv/compose.yml');
	expect(files('C:\\shop\\compose.yml', 'C:\\shop')).toBe('C:\\shop\\compose.yml');
});

test('the health is there although the list has none', async () => {
	expect(await podman.version()).toBe('podman 4.3.1');
	expect((await named('airflow-scheduler')).health).toBe('healthy');
	expect((await named('mlflow')).health).toBe('healthy');
	demo.scenario.stopContainer('mlflow');
	expect(await named('mlflow')).toMatchObject({ state: 'exited', health: 'none' });
});

test('a project keeps its volumes, containers and images in the disk usage', async () => {
	const raw = diskUsageAnswer.parse(json('system-df.json'));
	expect(raw.layersBytes).toBe(0);
	expect(raw.volumes.every(volume => volume.project === null)).toBe(true);
	const usage = await podman.diskUsage();
	const share = shareOf(usage, 'mlops');
	expect(share.containers).toHaveLength(6);
	expect(share.volumes.map(volume => volume.name).toSorted()).toEqual([
		'mlops_mlflow-artifacts',
		'mlops_mlflow-database',
		'mlops_postgres-data',
		'mlops_redis-data',
	]);
	expect(share.images.flatMap(image => image.tags)).toContain('redis:7');
	expect(totalsOf(usage)[0]?.bytes).toBeGreaterThan(share.imagesBytes / 2);
});

test('a container in the wrong state is a conflict, and one that does not exist is not found', async () => {
	demo.scenario.stopContainer('mlflow');
	const { id } = await named('mlflow');
	expect(await failure(podman.kill(id))).toMatchObject({ kind: 'conflict', httpStatus: 500 });
	expect(await failure(podman.exec(id, ['sh'], { tty: false, columns: 80, rows: 24 }))).toMatchObject({
		kind: 'conflict',
	});
	expect((await failure(podman.inspect('nope'))).kind).toBe('not-found');
	expect(await podman.statsSample(await named('mlflow'))).toBeNull();
	await podman.stop(id);
});

test('the embedded Podman answers in the shape of the real one', async () => {
	const { request } = await import('node:http');
	const get = (path: string) =>
		new Promise<unknown>((resolve, reject) => {
			request({ socketPath: demo.dockerHost.slice('unix://'.length), path: `/v1.41${path}` }, answer => {
				const chunks: Buffer[] = [];
				answer.on('data', chunk => chunks.push(chunk));
				answer.on('end', () => resolve(JSON.parse(Buffer.concat(chunks).toString())));
			})
				.on('error', reject)
				.end();
		});
	const maps = ['[].Labels', '[].NetworkSettings.Networks', '.Volumes[].Labels'];
	const all = (await get('/containers/json?all=1')) as { Id: string }[];
	expect(differences(json('containers.json'), all, { maps, apart: ['[].Platform'] })).toEqual([]);
	expect(differences(json('version.json'), await get('/version'))).toEqual([]);
	expect(
		differences(json('system-df.json'), await get('/system/df'), { maps, apart: ['.Containers[].Created'] }),
	).toEqual([]);
	expect(differences(json('top/default.json'), await get(`/containers/${all[0]?.Id}/top`))).toEqual([]);
	expect(differences(json('error.404.container.json'), await get('/containers/nope/json'))).toEqual([]);
});
