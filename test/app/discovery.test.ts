import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { type Monitor, type MonitorOptions, startMonitor } from '../../source/app/monitor.ts';
import type { Config } from '../../source/config/schema.ts';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import type { Observation } from '../../source/model/observation.ts';
import { demoConfig } from '../demo-config.ts';
import { container } from '../diagnosis/stack.ts';
import { failureOf } from '../english.ts';
import { soon } from '../patience.ts';

/** Which requests laketop sends, and to whom, if the addresses of the stack's servers are unclear. */
let demo: DemoStack | undefined;
let monitor: Monitor | undefined;
let closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
	await monitor?.stop();
	await demo?.close();
	for (const close of closing) await close();
	closing = [];
	monitor = undefined;
	demo = undefined;
});

/** A server that is not the stack's, as of another stack on the guide's ports, with the requests that it received. */
type Stranger = { readonly port: number; readonly asked: IncomingMessage[] };

async function listening(server: Server, at: number | string): Promise<void> {
	await new Promise<void>(resolve =>
		typeof at === 'number' ? server.listen(at, '127.0.0.1', resolve) : server.listen(at, resolve),
	);
	closing.push(() => {
		server.closeAllConnections();
		return new Promise(resolve => server.close(resolve));
	});
}

async function stranger(): Promise<Stranger> {
	const asked: IncomingMessage[] = [];
	const server = createServer((request, response) => {
		asked.push(request);
		response.setHeader('content-type', 'application/json');
		const { pathname } = new URL(request.url ?? '/', 'http://x');
		if (pathname === '/version') return response.end('2.9.2');
		if (pathname.endsWith('/get-by-name'))
			return response.end(JSON.stringify({ experiment: { experiment_id: '7', name: 'lakehouse_ml_pipeline' } }));
		if (pathname === '/health') {
			const old = new Date(Date.now() - 3_600_000).toISOString();
			return response.end(
				JSON.stringify({
					metadatabase: { status: 'healthy' },
					scheduler: { status: 'unhealthy', latest_scheduler_heartbeat: old },
				}),
			);
		}
		response.end(JSON.stringify({ version: '2.8.0' }));
	});
	await listening(server, 0);
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('no port');
	return { port: address.port, asked };
}

/** An engine with these containers, as the Engine's API lists them. */
async function engine(containers: readonly object[]): Promise<string> {
	const folder = mkdtempSync(join(tmpdir(), 'laketop-engine-'));
	closing.push(async () => rmSync(folder, { recursive: true, force: true }));
	const path = join(folder, 'docker.sock');
	const server = createServer((request, response) => {
		const url = request.url ?? '';
		response.setHeader('content-type', 'application/json');
		if (url.includes('/events')) return void response.flushHeaders();
		if (url.includes('/containers/json')) return response.end(JSON.stringify(containers));
		if (url.includes('/version')) return response.end(JSON.stringify({ Version: '27.1.0', ApiVersion: '1.46' }));
		if (url.includes('/_ping')) return response.end('OK');
		// Not 404: of a container that was listed it means that it has gone since.
		response.statusCode = 500;
		response.end(JSON.stringify({ message: 'this engine only lists' }));
	});
	await listening(server, path);
	return path;
}

const plain = (name: string, labels: Record<string, string> = {}) => ({
	Id: name.padEnd(64, '0'),
	Names: [`/${name}`],
	Image: 'nginx:1',
	State: 'running',
	Status: 'Up 3 hours',
	Created: 1_700_000_000,
	Labels: labels,
	Ports: [],
	Mounts: [],
	HostConfig: { NetworkMode: 'bridge' },
});

function watch(config: Config, options: Partial<MonitorOptions> = {}): { monitor: Monitor; seen: Observation[] } {
	const seen: Observation[] = [];
	const started = startMonitor({ config, onObservation: one => seen.push(one), ...options });
	monitor = started;
	return { monitor: started, seen };
}

function configOn(socket: string, project?: string): Config {
	return {
		...demoConfig({ dockerHost: `unix://${socket}` }),
		discovery: project === undefined ? {} : { project },
		airflow: { username: 'admin', password: 'secret' },
		mlflow: { token: 'secret' },
	};
}

const strangers = async () => {
	const [airflow, mlflow] = [await stranger(), await stranger()];
	return { airflow, mlflow, guessedPorts: { airflow: airflow.port, mlflow: mlflow.port } };
};
const feeds = ({ store }: Monitor) => store.current().feeds;
test.each<[string, readonly object[], string | undefined]>([
	['a project that is absent, on an empty engine', [], 'nosuch'],
	[
		'a project that is absent, beside another one',
		[plain('shop-web-1', { 'com.docker.compose.project': 'shop' })],
		'nosuch',
	],
	[
		'no project named, and only one without Airflow',
		[plain('shop-web-1', { 'com.docker.compose.project': 'shop' })],
		undefined,
	],
])('nobody is asked: %s', async (_case, containers, project) => {
	const { airflow, mlflow, guessedPorts } = await strangers();
	const { monitor } = watch(configOn(await engine(containers), project), { guessedPorts });
	await vi.waitFor(() => {
		for (const feed of ['pipeline', 'dags', 'experiment', 'models'] as const)
			expect(feeds(monitor)[feed]).toMatchObject({ status: 'failed', failure: { kind: 'unconfigured' } });
	}, soon);
	expect(monitor.store.current().endpoints).toEqual([]);
	expect([...airflow.asked, ...mlflow.asked]).toEqual([]);
	const failure = await monitor.clients.airflow?.trigger({ dagId: 'd', dagRunId: 'r' }).catch(failureOf);
	expect(failure).toMatchObject({ kind: 'unconfigured', fix: expect.stringContaining('--airflow-url') });
	if (project !== undefined)
		expect(failure).toMatchObject({
			message: expect.stringMatching(/^Project nosuch has no containers on this engine/),
		});
});

test.each<[string, () => Promise<string>]>([
	['a local engine that is dead', async () => '/nonexistent/docker.sock'],
	['an empty engine', () => engine([])],
	['an engine with other containers that Compose did not start', () => engine([plain('proxy'), plain('cache')])],
])('a guess is read without a login, labelled, and not diagnosed: %s', async (_case, socket) => {
	const { airflow, mlflow, guessedPorts } = await strangers();
	const { monitor } = watch(configOn(await socket()), { guessedPorts });
	const state = () => monitor.store.current();
	await vi.waitFor(() => {
		expect(state().stack?.servers).toMatchObject({ airflow: { origin: 'guess' }, mlflow: { origin: 'guess' } });
		expect(feeds(monitor).pipeline).toMatchObject({ status: 'failed', failure: { kind: 'unconfigured' } });
		expect(feeds(monitor).experiment.status).toBe('live');
		expect(state().airflowHealth).not.toBeNull();
		expect(state().diagnosedAt).not.toBeNull();
	}, soon);
	await monitor.clients.airflow?.setPaused('d', true).catch(() => undefined);
	await monitor.deepCheck();
	const all = [...airflow.asked, ...mlflow.asked];
	expect(all.filter(({ headers }) => headers.authorization ?? headers.cookie)).toEqual([]);
	const changing = all.filter(({ method, url }) => method !== 'GET' && !url?.endsWith('/runs/search'));
	expect(changing).toEqual([]);
	// Its scheduler has been dead for an hour, which must not be reported here.
	const rules = state().findings.map(({ rule }) => rule);
	expect(rules.filter(rule => !['engine unreachable', 'stack missing'].includes(rule))).toEqual([]);
});

test('a stack that stops while another one takes its ports: the other is never asked', async () => {
	demo = await startDemo({ autonomous: false });
	const { monitor, seen } = watch(demoConfig(demo));
	await vi.waitFor(() => expect(feeds(monitor).pipeline.status).toBe('live'), soon);
	const before = monitor.store.current();
	const url = before.stack?.servers.airflow.url ?? '';
	const port = Number(new URL(url).port);
	demo.scenario.stopContainer('airflow-webserver');
	await demo.scenario.settled();
	const other = createServer((request, response) => {
		others.push(request);
		response.end('{}');
	});
	const others: IncomingMessage[] = [];
	await listening(other, port);
	const own = Object.values(before.containers).map(({ container }) =>
		container.name === 'airflow-webserver' ? { ...container, state: 'exited', ports: [] } : container,
	);
	const webserver = before.containers[before.endpoints[0]?.containerId ?? '']?.container;
	if (!webserver) throw new Error('no webserver');
	const taker = { ...webserver, id: 'other', name: 'other-airflow-webserver-1', project: 'other' };
	monitor.observe({ type: 'containers listed', containers: [...own, taker] });
	expect(monitor.store.current().stack?.servers.airflow).toMatchObject({ url: null, gap: 'taken' });
	const asked = others.length;
	await expect(monitor.clients.airflow?.dags()).rejects.toMatchObject({ failure: { kind: 'unconfigured' } });
	expect(others.length).toBe(asked);
	expect(seen.filter(one => one.type === 'stack discovered').length).toBeGreaterThan(1);
});

test('what a guessed server answered is forgotten when the stack comes up', async () => {
	const { guessedPorts } = await strangers();
	const { monitor } = watch(configOn(await engine([])), { guessedPorts });
	await vi.waitFor(() => expect(monitor.store.current().experiment).toMatchObject({ experimentId: '7' }), soon);
	const served = (name: string, publicPort: number, privatePort: number) =>
		container(name, { ports: [{ address: '', privatePort, publicPort, protocol: 'tcp' }] });
	monitor.observe({
		type: 'containers listed',
		containers: [served('airflow-webserver', 1, 8080), served('mlflow', 2, 5000)],
	});
	const state = monitor.store.current();
	expect(state.stack).toMatchObject({ project: 'mlops', servers: { mlflow: { origin: 'published' } } });
	expect([state.experiment, state.airflowHealth, state.sources.mlflow]).toEqual([undefined, null, undefined]);
});
