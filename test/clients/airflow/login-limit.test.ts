import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type KeptSessions, noSessions, sessionsIn } from '../../../source/clients/airflow/kept-sessions.ts';
import { AirflowV1Client } from '../../../source/clients/airflow/v1/airflow-v1.ts';
import { AirflowV2Client } from '../../../source/clients/airflow/v2/airflow-v2.ts';
import { type DemoStack, startDemo } from '../../../source/demo/index.ts';
import { failureOf } from '../../../source/model/failures/failure.ts';

let folder: string;
let path: string;
let demo: DemoStack;
beforeEach(async () => {
	folder = mkdtempSync(join(tmpdir(), 'laketop-logins-'));
	path = join(folder, 'airflow-sessions.json');
	demo = await startDemo({ autonomous: false, loginLimit: 5 });
});
afterEach(async () => {
	vi.useRealTimers();
	await demo.close();
	rmSync(folder, { recursive: true, force: true });
});

const logins = () => demo.scenario.requestCounts('airflow')['POST /login/'] ?? 0;

/** What a command does: a client of its own, one request. */
async function ask(password: string, sessions: KeptSessions = sessionsIn(path)) {
	const client = new AirflowV1Client(demo.airflowUrl, { username: 'admin', password }, sessions);
	try {
		return (await client.dags()).length > 0 ? 'answered' : 'empty';
	} catch (error) {
		const { kind, code = null, httpStatus, retryAfterMs } = failureOf(error);
		return { kind, code, httpStatus, retryAfterMs };
	} finally {
		await client.close();
	}
}

const refused = { kind: 'unauthorised', code: null, httpStatus: 401 };
const closed = { kind: 'unauthorised', code: 'too-many-logins', httpStatus: 429 };

async function reachLimit() {
	for (let count = 0; count < 5; count++) expect(await ask('wrong')).toMatchObject(refused);
	expect(await ask('wrong')).toMatchObject({ ...closed, retryAfterMs: 40_000 });
}

test('more logins than Airflow accepts are named as that; the next commands make none', async () => {
	await reachLimit();
	expect(logins()).toBe(6);
	for (let count = 0; count < 3; count++) expect(await ask('wrong')).toMatchObject(closed);
	expect(logins()).toBe(6);
});

test('the right password works while logins are closed, because Basic auth has no limit', async () => {
	await reachLimit();
	expect(await ask('admin')).toBe('answered');
	expect(logins()).toBe(6);
});

test('logins are made again after the wait, and a time far ahead in the file is ignored', async () => {
	await reachLimit();
	vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 41_000 });
	await ask('wrong');
	expect(logins()).toBe(7);
	sessionsIn(path).close(demo.airflowUrl, Date.now() + 3_600_000);
	await ask('wrong');
	expect(logins()).toBe(8);
});

test('the wait does not lose the sessions of other users', async () => {
	expect(await ask('admin')).toBe('answered');
	for (let count = 0; count < 4; count++) expect(await ask('wrong')).toMatchObject(refused);
	expect(await ask('wrong')).toMatchObject(closed);
	expect(logins()).toBe(6);
	expect(await ask('admin')).toBe('answered');
	expect(logins()).toBe(6);
});

test('one client makes a refused login once, and another password at once', async () => {
	let password = 'wrong';
	const login = async () => ({ username: 'admin', password });
	const client = new AirflowV1Client(demo.airflowUrl, login, noSessions());
	try {
		for (let count = 0; count < 4; count++) await expect(client.dags()).rejects.toThrow(/rejects user admin/);
		expect(logins()).toBe(1);
		password = 'admin';
		expect((await client.dags()).length).toBeGreaterThan(0);
		expect(logins()).toBe(2);
	} finally {
		await client.close();
	}
});

test('Airflow 3: a refused login is made once', async () => {
	const newer = await startDemo({ autonomous: false, airflow: '3' });
	const client = new AirflowV2Client(newer.airflowUrl, { username: 'admin', password: 'wrong' });
	try {
		for (let count = 0; count < 3; count++) await expect(client.dags()).rejects.toThrow(/rejects user admin/);
		expect(newer.scenario.requestCounts('airflow')['POST /auth/token']).toBe(1);
	} finally {
		await client.close();
		await newer.close();
	}
});
