import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AirflowConnection } from '../../../../source/clients/airflow/connection.ts';
import { sessionsIn } from '../../../../source/clients/airflow/kept-sessions.ts';
import { type DemoStack, startDemo } from '../../../../source/demo/index.ts';
import { closeLater, scriptedServer, tokenOf } from '../scripted-server.ts';

let folder: string;
let path: string;
let demo: DemoStack;
const begin = async (airflow: '2' | '3') => {
	demo = await startDemo({ autonomous: false, airflow });
};
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'laketop-tokens-'));
	path = join(folder, 'laketop', 'airflow-sessions.json');
});
afterEach(async () => {
	await demo?.close();
	rmSync(folder, { recursive: true, force: true });
});

const logins = () => demo.scenario.requestCounts('airflow')['POST /auth/token'] ?? 0;

/** What a command does: a client of its own, one request. */
async function ask(password = 'admin', url = demo.airflowUrl): Promise<number> {
	const client = new AirflowConnection(url, { username: 'admin', password }, sessionsIn(path));
	try {
		return (await client.dags()).length;
	} finally {
		await client.close();
	}
}

test('the next command continues with the token; only the owner may read the file, which holds no password', async () => {
	await begin('3');
	for (let count = 0; count < 5; count++) expect(await ask()).toBeGreaterThan(0);
	expect(logins()).toBe(1);
	expect(statSync(path).mode & 0o777).toBe(0o600);
	expect(readFileSync(path, 'utf8')).not.toContain('password');
	await expect(ask('wrong')).rejects.toThrow(/rejects user admin/);
});

test.each(['2', '3'] as const)(
	'Airflow %s: a login from the engine is fetched once, and nothing is asked after the command',
	async airflow => {
		await begin(airflow);
		let fetched = 0;
		const source = async () => {
			if (++fetched > 1) throw new Error('the engine is no longer there');
			return { username: 'admin', password: 'admin' };
		};
		const client = new AirflowConnection(demo.airflowUrl, source, sessionsIn(path));
		await client.dags();
		await client.close();
		expect(fetched).toBe(1);
		// It was kept nevertheless.
		const form = demo.scenario.requestCounts('airflow')['POST /login/'] ?? 0;
		expect(await ask()).toBeGreaterThan(0);
		expect(fetched).toBe(1);
		expect([logins(), demo.scenario.requestCounts('airflow')['POST /login/'] ?? 0]).toEqual([
			airflow === '3' ? 1 : 0,
			form,
		]);
	},
);

test('a token that the server no longer accepts is replaced once', async () => {
	await begin('3');
	await ask();
	demo.scenario.expireSessions();
	expect(await ask()).toBeGreaterThan(0);
	expect(logins()).toBe(2);
	expect(await ask()).toBeGreaterThan(0);
	expect(logins()).toBe(2);
});

test('a kept token near its end, one without an end and one of a restarted server lead to a login', async () => {
	let made = 0;
	/** Seconds since the issue, and the lifetime; a lifetime of 0 is no claim. */
	let [age, life] = [0, 0];
	let isRestarted = false;
	let current = '';
	const { url } = await scriptedServer(({ line, headers }) => {
		if (line === 'GET /api/v2/version') return [200, { version: '3.3.2' }];
		if (line === 'POST /auth/token') {
			made++;
			isRestarted = false;
			current = life === 0 ? `opaque${made}` : tokenOf(life, `login ${made}`, Math.floor(Date.now() / 1000) - age);
			return [201, { access_token: current }];
		}
		if (isRestarted || headers.authorization !== `Bearer ${current}`) return [403, { detail: 'Invalid JWT token' }];
		return [200, { dags: [], total_entries: 0 }];
	});
	const asked = async () => {
		const before = made;
		const client = closeLater(new AirflowConnection(url, { username: 'a', password: 'b' }, sessionsIn(path)));
		await client.dags();
		return made - before;
	};
	// Without an end: never kept.
	expect([await asked(), await asked()]).toEqual([1, 1]);
	[age, life] = [0, 1000];
	expect([await asked(), await asked()]).toEqual([1, 0]);
	// 5 % of its life are left: renewed before it ends.
	isRestarted = true;
	[age, life] = [950, 1000];
	expect([await asked(), await asked()]).toEqual([1, 1]);
	[age, life] = [0, 1000];
	expect([await asked(), await asked()]).toEqual([1, 0]);
	isRestarted = true;
	expect([await asked(), await asked()]).toEqual([1, 0]);
});

test('a session of Airflow 2 is not sent to an Airflow 3 at the same address', async () => {
	await begin('3');
	const login = { username: 'admin', password: 'admin' };
	sessionsIn(path).keep(demo.airflowUrl, login, 'session=of airflow 2');
	expect(await ask()).toBeGreaterThan(0);
	expect(logins()).toBe(1);
	expect(sessionsIn(path).read(demo.airflowUrl, login)).toBe('session=of airflow 2');
});
