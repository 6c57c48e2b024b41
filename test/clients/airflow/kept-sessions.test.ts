import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sessionsIn } from '../../../source/clients/airflow/kept-sessions.ts';
import { AirflowV1Client } from '../../../source/clients/airflow/v1/airflow-v1.ts';
import { type DemoStack, startDemo } from '../../../source/demo/index.ts';

let folder: string;
let path: string;
let demo: DemoStack;
beforeEach(async () => {
	folder = mkdtempSync(join(tmpdir(), 'laketop-sessions-'));
	path = join(folder, 'laketop', 'airflow-sessions.json');
	demo = await startDemo({ autonomous: false });
});
afterEach(async () => {
	await demo.close();
	rmSync(folder, { recursive: true, force: true });
});

const logins = () => demo.scenario.requestCounts('airflow')['POST /login/'] ?? 0;

/** What a command does: a client of its own, one request. */
async function ask(password = 'admin', file = path): Promise<number> {
	const client = new AirflowV1Client(demo.airflowUrl, { username: 'admin', password }, sessionsIn(file));
	try {
		return (await client.dags()).length;
	} finally {
		await client.close();
	}
}

test('the next command continues the previous session; only the owner may read the file, which holds no password', async () => {
	for (let count = 0; count < 8; count++) expect(await ask()).toBeGreaterThan(0);
	expect(logins()).toBe(1);
	expect(statSync(path).mode & 0o777).toBe(0o600);
	expect(statSync(join(folder, 'laketop')).mode & 0o777).toBe(0o700);
	expect(readFileSync(path, 'utf8')).not.toMatch(/"admin"[^,]*password|password/);
});

test('another password does not profit by it', async () => {
	await ask();
	await expect(ask('wrong')).rejects.toThrow(/rejects user admin/);
	expect(await ask()).toBeGreaterThan(0);
});

test('a session that has run out is replaced', async () => {
	await ask();
	demo.scenario.expireSessions();
	expect(await ask()).toBeGreaterThan(0);
	expect(logins()).toBe(2);
	expect(await ask()).toBeGreaterThan(0);
	expect(logins()).toBe(2);
});

test('a file that others may read, one that is broken, and a place that cannot be written keep nobody from asking', async () => {
	await ask();
	chmodSync(path, 0o644);
	expect(await ask()).toBeGreaterThan(0);
	expect(logins()).toBe(2);
	expect(statSync(path).mode & 0o777).toBe(0o600);
	writeFileSync(path, '{"sessions":[{"address":1', { mode: 0o600 });
	expect(await ask()).toBeGreaterThan(0);
	expect(await ask('admin', join(path, 'in-a-file', 'x.json'))).toBeGreaterThan(0);
});

test('a folder that others may write to is not used, and a draft that is there is not written through', async () => {
	chmodSync(folder, 0o777);
	expect(await ask('admin', join(folder, 'airflow-sessions.json'))).toBeGreaterThan(0);
	expect(existsSync(join(folder, 'airflow-sessions.json'))).toBe(false);
});

test('two addresses do not take each other’s', () => {
	const sessions = sessionsIn(path);
	const login = { username: 'a', password: 'b' };
	sessions.keep('http://one', login, 'session=1');
	sessions.keep('http://two', login, 'session=2');
	expect(sessions.read('http://one', login)).toBe('session=1');
	expect(sessions.read('http://two', { ...login, username: 'c' })).toBeNull();
	sessions.forget('http://one', login, 'session=of another');
	expect(sessions.read('http://one', login)).toBe('session=1');
	sessions.forget('http://one', login, 'session=1');
	expect(sessions.read('http://one', login)).toBeNull();
	expect(sessions.read('http://two', login)).toBe('session=2');
});

test('an API that takes no sessions is asked by Basic authentication, and none is kept', async () => {
	let asked = 0;
	let logins = 0;
	/** The form gives sessions, the API rejects them: AIRFLOW__API__AUTH_BACKENDS without the session backend. */
	const server = createServer((request, response) => {
		asked++;
		if (request.url === '/login/' && request.method === 'GET') {
			response.end('<input name="csrf_token" value="t"><input name="password">');
		} else if (request.url === '/login/') {
			logins++;
			response.writeHead(302, { location: '/home', 'set-cookie': `session=${asked}` }).end();
		} else if (request.headers.authorization?.startsWith('Basic ')) {
			response.setHeader('content-type', 'application/json');
			response.end('{"dags":[],"total_entries":0}');
		} else response.writeHead(401).end('{}');
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
	try {
		for (let command = 0; command < 3; command++) {
			const client = new AirflowV1Client(url, { username: 'admin', password: 'x' }, sessionsIn(path));
			expect(await client.dags()).toEqual([]);
			await client.close();
			// The first finds it out; the next know.
			expect(logins).toBe(2);
			expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ sessions: [{ cookie: '' }] });
		}
	} finally {
		server.close();
	}
});
