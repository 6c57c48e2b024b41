import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type Monitor, startMonitor } from '../../source/app/monitor.ts';
import { stackLogin } from '../../source/app/stack-login.ts';
import type { ComposeClient } from '../../source/clients/compose.ts';
import type { Config } from '../../source/config/schema.ts';
import { type DemoOptions, type DemoStack, startDemo } from '../../source/demo/index.ts';
import { ClientError } from '../../source/model/failures/failure.ts';
import type { Observation } from '../../source/model/observation.ts';
import { phrase } from '../../source/words/message.ts';
import { demoConfig } from '../demo-config.ts';
import { official, officialInit, officialStack, officialUser } from '../given/official-stack.ts';
import { soon } from '../patience.ts';

/** The login of a stack without configuration: the user that its own initialisation created. */

let closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
	for (const close of closing.toReversed()) await close();
	closing = [];
});

type World = { readonly demo: DemoStack; readonly monitor: Monitor; readonly seen: readonly Observation[] };

async function open(
	config: Partial<Config> = {},
	options: DemoOptions = {},
	compose?: (demo: DemoStack) => ComposeClient,
): Promise<World> {
	const demo = await startDemo({ autonomous: false, containers: officialStack, airflowUser: officialUser, ...options });
	closing.push(() => demo.close());
	const seen: Observation[] = [];
	const monitor = startMonitor({
		config: {
			...demoConfig(demo),
			leftToStack: ['airflow login'],
			discovery: { project: official.name },
			...config,
		},
		watch: ['containers', 'dags'],
		compose: compose?.(demo),
		onObservation: one => seen.push(one),
	});
	closing.push(() => monitor.stop());
	return { demo, monitor, seen };
}

const dagsFeed = ({ monitor }: World) => monitor.store.current().feeds.dags;
const refused = { status: 'failed', failure: { kind: 'unauthorised' } };
const logins = ({ demo }: World) => demo.scenario.requestCounts('airflow')['POST /login/'] ?? 0;

describe.each(['2', '3'] as const)('Airflow %s', airflow => {
	test('is logged in to as the user that its initialisation created, by one login', async () => {
		const world = await open({}, { airflow });
		await vi.waitFor(() => expect(dagsFeed(world).status).toBe('live'), soon);
		const { airflowUser } = world.monitor.store.current();
		expect(airflowUser).toEqual({ name: officialUser.name, container: officialInit.name });
		if (airflow === '2') expect(logins(world)).toBe(1);
		expect(JSON.stringify([world.seen, world.monitor.store.current()])).not.toContain(officialUser.password);
	});

	test('is not, where a login is configured', async () => {
		const world = await open({ leftToStack: [] }, { airflow });
		await vi.waitFor(() => expect(dagsFeed(world)).toMatchObject(refused), soon);
		expect(world.monitor.store.current().airflowUser).toBeNull();
	});
});

test('without an initialisation it is the default login', async () => {
	const world = await open({}, { containers: officialStack.filter(one => one !== officialInit) });
	await vi.waitFor(() => expect(dagsFeed(world)).toMatchObject(refused), soon);
	expect(JSON.stringify(dagsFeed(world))).toContain('admin');
});

test('after its initialisation was removed, the user of its Compose file is logged in', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'laketop-login-'));
	closing.push(async () => rmSync(folder, { recursive: true }));
	const file = join(folder, 'docker-compose.yaml');
	writeFileSync(file, '_AIRFLOW_WWW_USER_USERNAME: airflow\n');
	let reads = 0;
	const compose = (demo: DemoStack, name: string): ComposeClient => ({
		...demo.compose,
		project: () => ({ name, files: [file], directory: folder, origin: 'labels' }),
		services: async () => {
			reads++;
			const login = { username: officialUser.name, password: officialUser.password };
			return [{ name: 'airflow-init', image: 'apache/airflow:2.8.0', replicas: 1, profiles: [], login }];
		},
	});
	const containers = officialStack.filter(one => one !== officialInit);
	const world = await open({}, { containers }, demo => compose(demo, official.name));
	await vi.waitFor(() => expect(dagsFeed(world).status).toBe('live'), soon);
	expect(world.monitor.store.current().airflowUser).toEqual({ name: officialUser.name, container: null });
	expect(JSON.stringify([world.seen, world.monitor.store.current()])).not.toContain(officialUser.password);
	expect(reads).toBe(1);
	// The file of another project names no user of this one.
	const stranger = await open({}, { containers }, demo => compose(demo, 'other'));
	await vi.waitFor(() => expect(dagsFeed(stranger)).toMatchObject(refused), soon);
	expect(reads).toBe(1);
});

test('the password goes to no server but the published one of its own stack', async () => {
	const asked: string[] = [];
	const stranger = createServer(async (request: IncomingMessage, response) => {
		let body = '';
		for await (const part of request) body += String(part);
		asked.push(JSON.stringify([request.url, request.headers, body]));
		response.setHeader('content-type', 'application/json');
		if (request.url === '/auth/token') response.statusCode = 201;
		response.end(JSON.stringify({ version: '3.3.2', access_token: 'e30.e30.e30' }));
	});
	await new Promise<void>(resolve => stranger.listen(0, '127.0.0.1', resolve));
	closing.push(() => new Promise(resolve => stranger.close(resolve)));
	const address = stranger.address();
	if (address === null || typeof address === 'string') throw new Error('no port');
	const url = `http://127.0.0.1:${address.port}`;
	const world = await open({ discovery: { project: official.name, airflowUrl: url } });
	await vi.waitFor(() => expect(asked.some(one => one.includes('/auth/token'))).toBe(true), soon);
	expect(asked.filter(one => one.includes(officialUser.password) || one.includes('"username\\":\\"airflow'))).toEqual(
		[],
	);
	expect(world.monitor.store.current().airflowUser).toBeNull();
});

test('the password is taken back from a client whose server has stopped', async () => {
	const world = await open();
	await vi.waitFor(() => expect(dagsFeed(world).status).toBe('live'), soon);
	const before = world.monitor.clients.airflow;
	world.demo.scenario.stopContainer('shop-airflow-webserver-1');
	await vi.waitFor(
		() => expect(world.monitor.store.current().stack?.servers.airflow.origin).not.toBe('published'),
		soon,
	);
	expect(world.monitor.clients.airflow).not.toBe(before);
	// What was on its way is not sent any more.
	await expect(before?.dags()).rejects.toThrow();
});

describe('looking it up', () => {
	const fallback = { username: 'admin', password: 'admin' };
	const found = { username: 'airflow', password: 'x' };
	const gone = new ClientError('not-found', phrase(['gone', '없음']));
	const away = new ClientError('unreachable', phrase(['away', '없음']));

	test('goes on where a container has been removed', async () => {
		const airflowUser = async (id: string) => {
			if (id === 'a') throw gone;
			return id === 'c' ? found : null;
		};
		const login = stackLogin(
			{ airflowUser },
			() => ['a', 'b', 'c'],
			async () => null,
			fallback,
			() => undefined,
		);
		expect(await login()).toEqual(found);
	});

	test('fails where the engine cannot be asked, unless it was known before', async () => {
		let isAway = true;
		const airflowUser = async () => {
			if (isAway) throw away;
			return found;
		};
		const login = stackLogin(
			{ airflowUser },
			() => ['a'],
			async () => null,
			fallback,
			() => undefined,
		);
		await expect(login()).rejects.toBe(away);
		isAway = false;
		expect(await login()).toEqual(found);
		isAway = true;
		expect(await login()).toEqual(found);
	});
});
