import { afterEach, beforeEach, expect, test } from 'vitest';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { docker, handClock, open, until } from './requests.ts';

let clock = handClock();
let demo: DemoStack;
beforeEach(async () => {
	clock = handClock();
	demo = await startDemo({ now: clock.now, autonomous: false });
});
afterEach(() => demo.close());

const json = async (path: string) => JSON.parse((await docker(demo, path)).text);
const filters = (value: object): string => `filters=${encodeURIComponent(JSON.stringify(value))}`;
const pass = (seconds: number): void => {
	clock.pass(seconds * 1000);
	demo.scenario.tick();
};

/** Splits frames as a client does. */
function frames(bytes: Buffer): { stream: number; text: string }[] {
	const found = [];
	for (let at = 0; at < bytes.length; ) {
		const length = bytes.readUInt32BE(at + 4);
		found.push({ stream: bytes[at] ?? 0, text: bytes.subarray(at + 8, at + 8 + length).toString() });
		at += 8 + length;
	}
	return found;
}

test('a ping reports the API version, and a newer version is refused', async () => {
	const { headers, text } = await docker(demo, '/_ping');
	expect(text).toBe('OK');
	expect(headers).toMatchObject({ 'api-version': '1.41', ostype: 'linux', 'docker-experimental': 'false' });
	expect((await docker(demo, '/v1.41/containers/json')).status).toBe(200);
	const refused = await docker(demo, '/v1.44/containers/json');
	expect(refused.status).toBe(400);
	expect(JSON.parse(refused.text).message).toBe(
		'client version 1.44 is too new. Maximum supported API version is 1.41',
	);
});

test('two Compose projects run, found by their labels, and their ports are those where the servers listen', async () => {
	const all = await json('/containers/json');
	const projects = all.map(
		(container: { Labels: Record<string, string> }) => container.Labels['com.docker.compose.project'],
	);
	expect(new Set(projects)).toEqual(new Set(['mlops', 'lakehouse']));
	const mlops = await json(`/containers/json?${filters({ label: ['com.docker.compose.project=mlops'] })}`);
	expect(mlops.map((container: { Names: string[] }) => container.Names[0]).sort()).toEqual(
		['airflow-postgres', 'airflow-redis', 'airflow-scheduler', 'airflow-webserver', 'airflow-worker', 'mlflow'].map(
			name => `/${name}`,
		),
	);
	const webserver = mlops.find((container: { Names: string[] }) => container.Names[0] === '/airflow-webserver');
	const [port] = webserver.Ports;
	expect(`http://${port.IP}:${port.PublicPort}`).toBe(demo.airflowUrl);
	expect(webserver.Status).toBe('Up 2 hours (healthy)');
});

test('unknown containers, pages and filters are refused in the words of the engine', async () => {
	const missing = await docker(demo, '/containers/nope/json');
	expect([missing.status, missing.text]).toEqual([404, '{"message":"No such container: nope"}\n']);
	expect((await docker(demo, '/nowhere')).text).toBe('{"message":"page not found"}\n');
	const filter = await docker(demo, `/containers/json?${filters({ bogus: ['a'] })}`);
	expect([filter.status, filter.text]).toEqual([400, '{"message":"Invalid filter \'bogus\'"}\n']);
	const logs = await docker(demo, '/containers/mlflow/logs');
	expect([logs.status, logs.text]).toEqual([
		400,
		'{"message":"Bad parameters: you must choose at least one stream"}\n',
	]);
});

test('a container is found by name, id and the beginning of its id', async () => {
	const { Id } = await json('/containers/mlflow/json');
	expect((await json(`/containers/${Id}/json`)).Name).toBe('/mlflow');
	expect((await json(`/containers/${Id.slice(0, 12)}/json`)).Name).toBe('/mlflow');
});

test('logs come in frames, each telling its stream', async () => {
	demo.scenario.emitLog('mlflow', 'to output', 'stdout');
	demo.scenario.emitLog('mlflow', '한국어 📦', 'stderr');
	const both = await docker(demo, '/containers/mlflow/logs?stdout=1&stderr=1&tail=2');
	expect(both.headers['content-type']).toBeUndefined();
	expect(frames(both.bytes)).toEqual([
		{ stream: 1, text: 'to output\n' },
		{ stream: 2, text: '한국어 📦\n' },
	]);
	const errors = await docker(demo, '/containers/mlflow/logs?stderr=1&tail=2');
	expect(frames(errors.bytes)).toEqual([{ stream: 2, text: '한국어 📦\n' }]);
});

test('`since` includes the moment that it names, to the nanosecond', async () => {
	for (const line of ['one', 'two', 'three']) demo.scenario.emitLog('mlflow', line);
	const all = frames((await docker(demo, '/containers/mlflow/logs?stdout=1&timestamps=1&tail=3')).bytes);
	const stamp = all[1]?.text.split(' ')[0] ?? '';
	const since = `${Math.floor(Date.parse(stamp) / 1000)}.${/\.(\d{9})Z/.exec(stamp)?.[1]}`;
	const rest = frames((await docker(demo, `/containers/mlflow/logs?stdout=1&since=${since}`)).bytes);
	expect(rest.map(({ text }) => text)).toEqual(['two\n', 'three\n']);
});

test('a line longer than 16 KiB comes in parts, bytes as they are', async () => {
	demo.scenario.emitLog(
		'mlflow',
		Buffer.concat([Buffer.alloc(20_000, 0x61), Buffer.from([0x1b, 0x5b, 0x33, 0x31, 0xff, 0x0a])]),
	);
	const { bytes } = await docker(demo, '/containers/mlflow/logs?stdout=1&tail=2');
	expect([bytes.readUInt32BE(4), bytes.length]).toEqual([16_384, 20_006 + 16]);
	expect([...bytes.subarray(-6)]).toEqual([0x1b, 0x5b, 0x33, 0x31, 0xff, 0x0a]);
});

test('who follows a log gets what is new, until the container stops', async () => {
	const stream = await open(demo, '/containers/mlflow/logs?stdout=1&follow=1&tail=0');
	await until(() => demo.scenario.openStreams().logs === 1);
	demo.scenario.emitLog('mlflow', 'new');
	await until(() => stream.received().length > 0);
	expect(frames(stream.received())).toEqual([{ stream: 1, text: 'new\n' }]);
	demo.scenario.stopContainer('mlflow');
	await stream.ended;
	expect(stream.answer.complete).toBe(true);
	expect(demo.scenario.openStreams().logs).toBe(0);
});

test('a log stream that is cut has not ended', async () => {
	const stream = await open(demo, '/containers/mlflow/logs?stdout=1&follow=1');
	await until(() => demo.scenario.openStreams().logs === 1);
	demo.scenario.cutLogStreams();
	await stream.ended;
	expect(stream.answer.complete).toBe(false);
});

test('one sample comes at once and without a former one; counters only grow', async () => {
	const sample = () => json('/containers/airflow-worker/stats?stream=false&one-shot=true');
	const first = await sample();
	pass(2);
	const second = await sample();
	expect(first.precpu_stats.cpu_usage.total_usage).toBe(0);
	expect(first.preread).toBe('0001-01-01T00:00:00Z');
	const system = second.cpu_stats.system_cpu_usage - first.cpu_stats.system_cpu_usage;
	const used = second.cpu_stats.cpu_usage.total_usage - first.cpu_stats.cpu_usage.total_usage;
	expect(system).toBe(2e9 * second.cpu_stats.online_cpus);
	expect((used / system) * second.cpu_stats.online_cpus * 100).toBeGreaterThan(0);
	expect((used / system) * second.cpu_stats.online_cpus * 100).toBeLessThan(20);
	expect(second.memory_stats.stats.inactive_file).toBeLessThan(second.memory_stats.usage);
	expect(second.networks.eth0.rx_bytes).toBeGreaterThan(first.networks.eth0.rx_bytes);
});

test('the worker takes processors and memory while the model is trained', async () => {
	const cores = async (): Promise<number> => {
		const total = async () =>
			(await json('/containers/airflow-worker/stats?stream=false&one-shot=true')).cpu_stats.cpu_usage.total_usage;
		const before = await total();
		pass(1);
		return ((await total()) - before) / 1e9;
	};
	expect(await cores()).toBeLessThan(0.1);
	const run = demo.scenario.triggerRun();
	for (let second = 0; second < 120 && demo.scenario.task(run, 'model_training').state !== 'running'; second++) pass(1);
	pass(3);
	expect(await cores()).toBeGreaterThan(1);
});

test('every number of every answer is exact and fits 64 bits', async () => {
	demo.scenario.stopContainer('mlflow');
	const since = Math.floor(clock.now() / 1000) - 60;
	const paths = [
		'/version',
		'/info',
		'/system/df',
		'/containers/json?all=1',
		'/containers/airflow-worker/json',
		'/containers/airflow-worker/stats?stream=false&one-shot=true',
		'/containers/airflow-worker/top',
		`/events?since=${since}&until=${since + 60}`,
	];
	const sent: bigint[] = [];
	for (const path of paths) {
		const { status, text } = await docker(demo, path);
		expect(status, path).toBe(200);
		for (const [, digits = ''] of text.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""').matchAll(/[:[,](-?\d{16,})/g)) {
			expect(BigInt(digits), `${path} ${digits}`).toBeLessThan(2n ** 64n);
			sent.push(BigInt(digits));
		}
	}
	expect(sent).toContain(2n ** 64n - 1n);
});

test('a stopped container has hardly any stats, and no ports', async () => {
	demo.scenario.stopContainer('mlflow');
	const stats = await json('/containers/mlflow/stats?stream=false&one-shot=true');
	expect(stats).toMatchObject({ read: '0001-01-01T00:00:00Z', memory_stats: {}, pids_stats: {}, name: '/mlflow' });
	expect(stats.networks).toBeUndefined();
	const listed = await json('/containers/json?all=1');
	expect(listed.find(({ Names }: { Names: string[] }) => Names[0] === '/mlflow')).toMatchObject({
		State: 'exited',
		Status: 'Exited (143) Less than a second ago',
		Ports: [],
	});
	expect((await json('/containers/json')).some(({ Names }: { Names: string[] }) => Names[0] === '/mlflow')).toBe(false);
});

test('stopping and starting answer 204, and 304 when there is nothing to do', async () => {
	expect((await docker(demo, '/containers/mlflow/stop', 'POST')).status).toBe(204);
	expect((await docker(demo, '/containers/mlflow/stop', 'POST')).status).toBe(304);
	expect((await docker(demo, '/containers/mlflow/start', 'POST')).status).toBe(204);
	expect((await docker(demo, '/containers/mlflow/start', 'POST')).status).toBe(304);
	expect((await docker(demo, '/containers/mlflow/restart', 'POST')).status).toBe(204);
	expect((await docker(demo, '/containers/nope/restart', 'POST')).status).toBe(404);
});

test('events flow as they happen, filtered, with nanoseconds', async () => {
	const stream = await open(
		demo,
		`/events?${filters({ type: ['container'], event: ['die', 'start', 'health_status'] })}`,
	);
	await until(() => demo.scenario.openStreams().events === 1);
	demo.scenario.restartContainer('mlflow');
	demo.scenario.setHealth('airflow-worker', 'unhealthy', 'no answer');
	await until(() => stream.received().toString().includes('health_status'));
	const lines = stream.received().toString().trim().split('\n');
	expect(lines.map(line => JSON.parse(line).Action)).toEqual(['die', 'start', 'health_status: unhealthy']);
	expect(lines[0]).toMatch(/"time":1795510800,"timeNano":1795510800\d{9}\}$/);
	demo.scenario.cutEventStreams();
	await stream.ended;
	expect(stream.answer.complete).toBe(false);
});

test('an unhealthy container shows its failing probes, and recovers on demand', async () => {
	const health = async () => (await json('/containers/airflow-worker/json')).State.Health;
	expect(await health()).toMatchObject({ Status: 'healthy', FailingStreak: 0 });
	expect((await health()).Log).toHaveLength(5);
	demo.scenario.setHealth('airflow-worker', 'unhealthy', 'No nodes replied');
	expect(await health()).toMatchObject({ Status: 'unhealthy', FailingStreak: 3 });
	pass(25);
	const later = await health();
	expect(later).toMatchObject({ Status: 'unhealthy', FailingStreak: 5 });
	expect(later.Log.at(-1)).toMatchObject({ ExitCode: 1, Output: 'No nodes replied' });
	demo.scenario.setHealth('airflow-worker', 'healthy');
	expect(await health()).toMatchObject({ Status: 'healthy', FailingStreak: 0 });
});

test('after a start a container is starting, and healthy once a probe has succeeded', async () => {
	const health = async () => (await json('/containers/mlflow/json')).State.Health.Status;
	demo.scenario.restartContainer('mlflow');
	expect(await health()).toBe('starting');
	pass(9);
	expect(await health()).toBe('starting');
	pass(2);
	expect(await health()).toBe('healthy');
});

test('a crashed program is restarted, a killed container is not', async () => {
	demo.scenario.crashContainer('mlflow', 137, true);
	expect((await json('/containers/mlflow/json')).State).toMatchObject({
		Status: 'restarting',
		OOMKilled: true,
		ExitCode: 137,
	});
	pass(1);
	expect(await json('/containers/mlflow/json')).toMatchObject({ RestartCount: 1, State: { Status: 'running' } });
	demo.scenario.killContainer('mlflow');
	pass(10);
	expect((await json('/containers/mlflow/json')).State).toMatchObject({ Status: 'exited', ExitCode: 137 });
});

test('a recreated service has a new container under the old name', async () => {
	const before = await json('/containers/airflow-worker/json');
	const since = demo.scenario.now() / 1000;
	demo.scenario.recreateContainer('airflow-worker');
	const after = await json('/containers/airflow-worker/json');
	expect(after.Id).not.toBe(before.Id);
	expect(after.Config.Labels['com.docker.compose.service']).toBe('airflow-worker');
	const { text } = await docker(
		demo,
		`/events?since=${since}&until=${demo.scenario.now() / 1000}&${filters({ type: ['container'] })}`,
	);
	const actions = text
		.trim()
		.split('\n')
		.map(line => JSON.parse(line).Action);
	expect(actions).toEqual(['kill', 'die', 'stop', 'destroy', 'create', 'start']);
});
