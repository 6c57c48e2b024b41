import { createServer, type IncomingMessage, type Server } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AirflowV1Client } from '../../source/clients/airflow/v1/airflow-v1.ts';
import { type HttpRequest, HttpServer } from '../../source/clients/http/http.ts';
import { MlflowClient } from '../../source/clients/mlflow/mlflow.ts';
import { quoted } from '../../source/words/message.ts';
import { english, failureOf } from '../english.ts';

/** Somebody else's server: it records requests, and responds as Airflow and MLflow do. */
let server: Server;
let url: string;
let asked: IncomingMessage[] = [];
const clients: { close(): Promise<void> }[] = [];

beforeEach(async () => {
	asked = [];
	server = createServer((request, response) => {
		asked.push(request);
		response.setHeader('content-type', 'application/json');
		if (request.url === '/version') return response.end('2.9.2');
		response.end(JSON.stringify({ version: '2.8.0', dags: [], total_entries: 0, runs: [], experiments: [] }));
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('no port');
	url = `http://127.0.0.1:${address.port}`;
});
afterEach(async () => {
	for (const client of clients.splice(0)) await client.close();
	server.closeAllConnections();
	await new Promise(resolve => server.close(resolve));
});

const kept = <Client extends { close(): Promise<void> }>(client: Client): Client => {
	clients.push(client);
	return client;
};
const failure = async (work: Promise<unknown>) =>
	failureOf(
		await work.then(
			() => new Error('it succeeded'),
			error => error,
		),
	);
const secrets = () => asked.filter(({ headers }) => headers.authorization ?? headers.cookie);

test('Airflow: no login, no change, nothing that needs a login; the password is not even fetched', async () => {
	let fetched = 0;
	const password = async () => {
		fetched++;
		return 'secret';
	};
	const airflow = kept(new AirflowV1Client({ url, isGuess: true }, { username: 'admin', password }));
	expect(await airflow.version()).toBe('2.8.0');
	const dagId = 'd';
	const dagRunId = 'r';
	const refused = [
		airflow.dags(),
		airflow.dagRuns(dagId, 1),
		airflow.trigger({ dagId, dagRunId }),
		airflow.setPaused(dagId, true),
		airflow.setRunState(dagId, dagRunId, 'failed'),
		airflow.setRunNote(dagId, dagRunId, 'x'),
		airflow.setPoolSlots('p', 1),
		airflow.setTaskState({ dagId, dagRunId, taskId: 't', mapIndex: -1 }, 'success'),
		airflow.clearTasks({ dagId, dagRunId, taskIds: null, onlyFailed: false, withDownstream: false, dryRun: true }),
	];
	for (const work of refused) {
		expect(await failure(work)).toMatchObject({
			kind: 'unconfigured',
			message: expect.stringContaining('is a guess'),
			fix: `If it is yours, pass --airflow-url ${url}`,
		});
	}
	expect(asked.map(request => `${request.method} ${request.url}`)).toEqual(['GET /api/v1/version']);
	expect(fetched).toBe(0);
});

test('MLflow is read without a credential', async () => {
	const mlflow = kept(new MlflowClient({ url, isGuess: true }, { username: 'me', password: 'x', token: 'token' }));
	expect(await mlflow.version()).toBe('2.9.2');
	expect(await mlflow.runs('1', 5)).toEqual([]);
	expect(secrets()).toEqual([]);
	const own = kept(new MlflowClient(url, { token: 'token' }));
	await own.runs('1', 5);
	expect(secrets()).toHaveLength(1);
});

test('requests to a guessed server are checked in one place, whoever sends them', async () => {
	const guessed = kept(new HttpServer('Airflow', { url, isGuess: true }));
	const requests: HttpRequest[] = [
		{ path: '/', method: 'POST' },
		{ path: '/', method: 'PATCH' },
		{ path: '/', method: 'DELETE' },
		{ path: '/', headers: { Authorization: 'Basic x' } },
		{ path: '/', headers: { cookie: 'session=x' } },
		{ path: '/', method: 'POST', isRead: true, headers: { authorization: 'Bearer x' } },
	];
	for (const request of requests)
		expect(await failure(guessed.request(request))).toMatchObject({ kind: 'unconfigured' });
	expect(asked).toEqual([]);
	expect((await guessed.request({ path: '/', method: 'POST', isRead: true })).status).toBe(200);
});

test('an unknown address: every request fails with the reason, and nothing is sent', async () => {
	const unknown = {
		kind: 'unconfigured' as const,
		message: quoted('Project x has no containers'),
		fix: quoted('Start it'),
	};
	const airflow = kept(new AirflowV1Client({ unknown }, { username: 'admin', password: 'admin' }));
	const mlflow = kept(new MlflowClient({ unknown }));
	for (const work of [
		airflow.version(),
		airflow.dags(),
		airflow.trigger({ dagId: 'd', dagRunId: 'r' }),
		mlflow.version(),
	])
		expect(await failure(work)).toEqual(english(unknown));
	expect([airflow.address, mlflow.address]).toEqual(['', '']);
});

test('an answer that comes after its client was closed is not taken', async () => {
	const client = new HttpServer('MLflow', { url, isGuess: true });
	const answer = failure(client.request({ path: '/version' }));
	while (asked.length === 0) await new Promise(resolve => setImmediate(resolve));
	void client.close();
	expect(await answer).toMatchObject({ kind: expect.stringMatching(/lost|protocol|unreachable/) });
});
