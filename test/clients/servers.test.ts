import { createServer, type RequestListener } from 'node:http';
import { createServer as createTcpServer, type Socket } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { AirflowV1Client } from '../../source/clients/airflow/v1/airflow-v1.ts';
import { AirflowV2Client } from '../../source/clients/airflow/v2/airflow-v2.ts';
import { DockerClient } from '../../source/clients/engine/docker.ts';
import { HttpServer } from '../../source/clients/http/http.ts';
import { MlflowClient } from '../../source/clients/mlflow/mlflow.ts';
import { exitCodeOf } from '../../source/command-line/exit/failures.ts';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { failureOf } from '../english.ts';

/** The clients against the embedded stack, and against other programs. */
let demo: DemoStack | undefined;
let closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
	for (const close of closing) await close();
	closing = [];
	await demo?.close();
	demo = undefined;
});

async function airflowOn(password = 'admin'): Promise<{ demo: DemoStack; airflow: AirflowV1Client }> {
	demo = await startDemo({ autonomous: false });
	const airflow = new AirflowV1Client(demo.airflowUrl, { username: 'admin', password });
	closing.push(() => airflow.close());
	return { demo, airflow };
}

const failure = async (work: Promise<unknown>) =>
	failureOf(
		await work.then(
			() => new Error('it succeeded'),
			error => error,
		),
	);

test('one login serves all requests, also those sent at once', async () => {
	const { demo, airflow } = await airflowOn();
	await Promise.all([airflow.dags(), airflow.importErrors(), airflow.dagRuns('ml_pipeline_end_to_end', 5)]);
	expect(demo.scenario.requestCounts('airflow')['POST /login/']).toBe(1);
});

test('a session that ran out is renewed without a word', async () => {
	const { demo, airflow } = await airflowOn();
	await airflow.dags();
	demo.scenario.expireSessions();
	expect((await airflow.dags()).length).toBeGreaterThan(0);
	expect(demo.scenario.requestCounts('airflow')['POST /login/']).toBe(2);
});

test('a wrong password is reported once, with what to do', async () => {
	const { airflow } = await airflowOn('wrong');
	const said = await failure(airflow.dags());
	expect(said).toMatchObject({ kind: 'unauthorised', httpStatus: 401 });
	expect(said.message).toMatch(/rejects user admin/);
	expect(said.fix).toMatch(/LAKETOP_AIRFLOW_PASSWORD/);
});

test('the same run id is refused the second time: no second run', async () => {
	const { airflow } = await airflowOn();
	const request = { dagId: 'ml_pipeline_end_to_end', dagRunId: 'manual__ours' };
	expect((await airflow.trigger(request)).dagRunId).toBe('manual__ours');
	expect((await failure(airflow.trigger(request))).kind).toBe('conflict');
	const runs = await airflow.dagRuns('ml_pipeline_end_to_end', 100);
	expect(runs.filter(run => run.dagRunId === 'manual__ours')).toHaveLength(1);
});

test('what is not there is not found', async () => {
	const { demo, airflow } = await airflowOn();
	expect((await failure(airflow.dag('no_such_dag'))).kind).toBe('not-found');
	const mlflow = new MlflowClient(demo.mlflowUrl);
	closing.push(() => mlflow.close());
	expect(await mlflow.experimentByName('no such experiment')).toBeNull();
	const docker = new DockerClient({ kind: 'unix', address: demo.dockerHost, origin: 'test', tlsDirectory: null });
	expect((await failure(docker.inspect('no-such-container'))).kind).toBe('not-found');
});

async function serverOn(answer: RequestListener): Promise<string> {
	const server = createServer(answer);
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	closing.push(() => new Promise(resolve => server.close(resolve)));
	const address = server.address();
	return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
}

test('an MLflow that rejects its host name is distinguished from one that rejects the user', async () => {
	const refusing = async (words: string) => {
		const mlflow = new MlflowClient(await serverOn((_request, response) => response.writeHead(403).end(words)));
		closing.unshift(() => mlflow.close());
		return await failure(mlflow.experimentByName('x'));
	};
	const host = 'Invalid Host header - possible DNS rebinding attack detected';
	expect(await refusing(host)).toMatchObject({ kind: 'unauthorised', code: 'host-header', httpStatus: 403 });
	const user = await refusing('{"error_code": "PERMISSION_DENIED", "message": "ask the host of this server"}');
	expect(user).toMatchObject({ kind: 'unauthorised', httpStatus: 403 });
	expect(user.code).toBeUndefined();
});

test('an API that takes neither a session nor Basic auth says so in a code', async () => {
	const url = await serverOn((request, response) => {
		if (request.url !== '/login/') return response.writeHead(401).end();
		if (request.method === 'POST')
			return response.writeHead(302, { location: '/home', 'set-cookie': 'session=x' }).end();
		return response.end('<input name="csrf_token" value="t"><input name="password">');
	});
	const airflow = new AirflowV1Client(url, { username: 'a', password: 'b' });
	closing.unshift(() => airflow.close());
	expect(await failure(airflow.dags())).toMatchObject({ kind: 'unauthorised', code: 'no-api-login', httpStatus: 401 });
});

test.each([
	[500, {}, { kind: 'server', message: /MLflow at .* answers 500/, fix: /log of mlflow/ }],
	[401, {}, { kind: 'unauthorised', message: /MLflow at .* answers 401/, fix: /MLFLOW_TRACKING_USERNAME/ }],
	[
		302,
		{ location: 'https://login.example/' },
		{ kind: 'protocol', message: /MLflow at .*login\.example/, fix: /--mlflow-url/ },
	],
])('an MLflow that answers %i to the first request is named by what it answers', async (status, headers, said) => {
	const mlflow = new MlflowClient(await serverOn((_request, response) => response.writeHead(status, headers).end()));
	closing.unshift(() => mlflow.close());
	expect(await failure(mlflow.version())).toMatchObject({
		kind: said.kind,
		httpStatus: status,
		message: expect.stringMatching(said.message),
		fix: expect.stringMatching(said.fix),
	});
});

test('429 is a busy server and no refused login: each request says so, with the exit code of a server not reached', async () => {
	const url = await serverOn((_request, response) =>
		response.writeHead(429, { 'retry-after': '3600' }).end('slow down'),
	);
	const airflow = new AirflowV1Client(url, { username: 'a', password: 'b' });
	const mlflow = new MlflowClient(url);
	closing.unshift(
		() => airflow.close(),
		() => mlflow.close(),
	);
	for (const ask of [
		() => airflow.version(),
		() => airflow.dags(),
		() => mlflow.version(),
		() => mlflow.experimentByName('x'),
	]) {
		const said = await failure(ask());
		expect(said).toMatchObject({
			kind: 'busy',
			httpStatus: 429,
			message: expect.stringContaining('busy'),
			retryAfterMs: 3_600_000,
		});
		expect(said.fix).toMatch(/^Wait 1h/);
		expect(exitCodeOf(said.kind)).toBe(3);
	}
});

test.each([
	[
		'offered: the password is wrong',
		'Basic',
		{ kind: 'unauthorised', message: expect.stringContaining('rejects user a') },
	],
	[
		'not offered: nothing is known of the password',
		'',
		{
			kind: 'unauthorised',
			code: 'too-many-logins',
			httpStatus: 429,
			message: expect.stringContaining('refuses logins'),
		},
	],
])('a login form that takes no more logins for now, Basic auth %s', async (_, offers, expected) => {
	const url = await serverOn((request, response) => {
		if (request.url !== '/login/')
			return response.writeHead(401, offers === '' ? {} : { 'www-authenticate': offers }).end('Unauthorized');
		if (request.method === 'POST') return response.writeHead(429).end('Ratelimit exceeded');
		return response.end('<input name="csrf_token" value="x"><input name="password">');
	});
	const airflow = new AirflowV1Client(url, { username: 'a', password: 'b' });
	closing.unshift(() => airflow.close());
	expect(await failure(airflow.dags())).toMatchObject(expected);
});

test('another web server is not taken for Airflow or MLflow', async () => {
	const url = await serverOn((_request, response) => response.end('<html>hello</html>'));
	const airflow = new AirflowV1Client(url, { username: 'a', password: 'b' });
	const mlflow = new MlflowClient(url);
	closing.unshift(
		() => airflow.close(),
		() => mlflow.close(),
	);
	expect((await failure(airflow.version())).kind).toBe('protocol');
	expect((await failure(mlflow.version())).message).toMatch(/is not MLflow/);
});

test('a server that does not speak HTTP is reported as such', async () => {
	const sockets = new Set<Socket>();
	const server = createTcpServer(socket => {
		sockets.add(socket.on('error', () => undefined));
		socket.end('SSH-2.0-OpenSSH_9.2\r\n');
	});
	closing.push(async () => {
		for (const socket of sockets) socket.destroy();
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	closing.push(() => new Promise(resolve => server.close(resolve)));
	const address = server.address();
	const mlflow = new MlflowClient(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`);
	closing.unshift(() => mlflow.close());
	expect((await failure(mlflow.version())).kind).toBe('protocol');
});

test('nobody there: the address, and that nothing listens', async () => {
	const mlflow = new MlflowClient('http://127.0.0.1:1');
	closing.push(() => mlflow.close());
	const said = await failure(mlflow.version());
	expect(said).toMatchObject({ kind: 'unreachable', code: 'connection-refused' });
	expect(said.message).toContain('http://127.0.0.1:1');
	const docker = new DockerClient({
		kind: 'unix',
		address: 'unix:///nonexistent.sock',
		origin: 'test',
		tlsDirectory: null,
	});
	expect((await failure(docker.version())).message).toMatch(/no such socket/);
});

test('credentials never stand in a message', async () => {
	const { airflow } = await airflowOn('sesame-open');
	expect(JSON.stringify(await failure(airflow.dags()))).not.toContain('sesame-open');
});

test('MLflow with basic authentication gets time to hash the password, and its refusal is a sentence', async () => {
	// MLflow 3.17.2, `mlflow server --app-name basic-auth`.
	const refusal =
		'You are not authenticated. Please see https://www.mlflow.org/docs/latest/auth/index.html#authenticating-to-mlflow on how to authenticate.';
	const asked = vi.spyOn(HttpServer.prototype, 'request');
	asked.mockResolvedValue({ path: '/version', status: 401, headers: {}, body: refusal, answerMs: 1 });
	const timeouts = async (credentials: ConstructorParameters<typeof MlflowClient>[1], words: RegExp) => {
		asked.mockClear();
		const mlflow = new MlflowClient('http://127.0.0.1:9', credentials);
		const found = await failure(mlflow.version());
		expect(found).toMatchObject({ kind: 'unauthorised', httpStatus: 401, message: expect.stringMatching(words) });
		expect(found.fix).toMatch(/MLFLOW_\w*USERNAME (and|과) \w*MLFLOW_\w*PASSWORD/);
		await mlflow.close();
		return asked.mock.calls.map(([{ timeoutMs }]) => timeoutMs);
	};
	try {
		const wrong = /rejects user admin: wrong name or password$/;
		expect(await timeouts({ username: 'admin', password: 'x' }, wrong)).toEqual([20_000]);
		expect(await timeouts({}, /\(You are not authenticated\.\)$/)).toEqual([6000]);
	} finally {
		asked.mockRestore();
	}
});

test('a server in maintenance (503) that names a wait is left alone for it; without one the pauses grow', async () => {
	let headers: Record<string, string> = { 'retry-after': '120' };
	const url = await serverOn((_request, response) => response.writeHead(503, headers).end('maintenance'));
	const clients = [
		new AirflowV1Client(url, { username: 'a', password: 'b' }),
		new AirflowV2Client(url, { username: 'a', password: 'b' }),
		new MlflowClient(url),
	];
	closing.unshift(...clients.map(client => () => client.close()));
	for (const client of clients)
		expect(await failure(client.version())).toMatchObject({ kind: 'server', httpStatus: 503, retryAfterMs: 120_000 });
	headers = {};
	for (const client of clients) expect((await failure(client.version())).retryAfterMs).toBeUndefined();
});
