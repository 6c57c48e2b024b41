import { expect, test, vi } from 'vitest';
import { AirflowConnection } from '../../../source/clients/airflow/connection.ts';
import { MlflowClient } from '../../../source/clients/mlflow/mlflow.ts';
import { failureOf } from '../../../source/model/failures/failure.ts';
import type { Secret } from '../../../source/model/secrets/secret.ts';
import { type Asked, closeLater, type Scripted, scriptedServer, tokenOf } from './scripted-server.ts';

/** Airflow and MLflow behind a proxy that wants a token for everything, as managed ones are. */
const pools: Scripted = [200, { pools: [], total_entries: 0 }];
const health: Scripted = [200, { scheduler: { status: 'healthy' }, metadatabase: { status: 'healthy' } }];
const generations = {
	'2': {
		version: [200, { version: '2.10.5', git_version: null }] satisfies Scripted,
		health: '/health',
		root: '/api/v1',
	},
	'3': {
		version: [200, { version: '3.1.0', git_version: null }] satisfies Scripted,
		health: '/api/v2/monitor/health',
		root: '/api/v2',
	},
} as const;

/** Airflow of a generation under a path, for requests that `isLetIn`; others get this answer. */
async function managed(generation: '2' | '3', isLetIn: (asked: Asked) => boolean, refusal: Scripted = [401, 'no']) {
	const { version, root, health: healthPath } = generations[generation];
	const server = await scriptedServer(asked => {
		if (!isLetIn(asked)) return refusal;
		if (asked.line === `GET /d/abc${root}/version`) return version;
		if (asked.line === `GET /d/abc${healthPath}`) return health;
		return asked.line.startsWith(`GET /d/abc${root}/pools`) ? pools : [404, 'page'];
	});
	return { ...server, url: `${server.url}/d/abc` };
}

const connect = (url: string, token: Secret) =>
	closeLater(new AirflowConnection(url, { username: 'admin', password: 'secret', token }));
const failure = (work: Promise<unknown>) => work.then(() => Promise.reject(new Error('it succeeded')), failureOf);

test.each(['2', '3'] as const)(
	'Airflow %s gets the token with each request, below a path, and no password',
	async generation => {
		const { url, asked } = await managed(generation, ({ headers }) => headers.authorization === 'Bearer t0ken');
		const airflow = connect(url, 't0ken');
		expect(await airflow.version()).toMatch(new RegExp(`^${generation}`));
		expect((await airflow.health()).metadatabase).toBe('healthy');
		expect(await airflow.pools()).toEqual([]);
		expect(asked.every(({ line }) => line.includes(' /d/abc/'))).toBe(true);
		expect(asked.some(({ body, headers }) => /secret|YWRtaW46/.test(body + String(headers.authorization)))).toBe(false);
	},
);

test('a text NAME=VALUE is a cookie', async () => {
	const { url } = await managed('2', ({ headers }) => headers.cookie === 'session=abc.def' && !headers.authorization);
	expect(await connect(url, 'session=abc.def').pools()).toEqual([]);
});

/** A command that prints another token each time. */
function counting() {
	let runs = 0;
	let text = '';
	const secret: Secret = async again => {
		if (runs === 0 || again) text = `token-${++runs}`;
		return text;
	};
	return { secret, runs: () => runs };
}

test.each([
	['401', [401, 'expired']],
	['a redirect to a login page', [302, 'sign in']],
] as const)(
	'a token that the server rejects with %s is got again, at most every half minute',
	async (_name, refusal) => {
		const now = vi.spyOn(performance, 'now');
		let valid = 'token-1';
		const { url } = await managed('3', ({ headers }) => headers.authorization === `Bearer ${valid}`, [...refusal]);
		const { secret, runs } = counting();
		const airflow = connect(url, secret);
		try {
			now.mockReturnValue(0);
			await airflow.pools();
			valid = 'token-2';
			now.mockReturnValue(60_000);
			expect(await Promise.all([airflow.pools(), airflow.pools()])).toEqual([[], []]);
			expect(runs()).toBe(2);
			valid = 'none';
			now.mockReturnValue(70_000);
			await failure(airflow.pools());
			await failure(airflow.pools());
			expect(runs()).toBe(2);
			now.mockReturnValue(100_000);
			await failure(airflow.pools());
			expect(runs()).toBe(3);
		} finally {
			now.mockRestore();
		}
	},
);

test('a token is got again before it expires', async () => {
	const now = vi.spyOn(performance, 'now');
	const { url, asked } = await managed('3', () => true);
	let runs = 0;
	let text = '';
	const airflow = connect(url, async again => {
		if (runs === 0 || again) text = tokenOf(3600, `run ${++runs}`);
		return text;
	});
	try {
		now.mockReturnValue(0);
		await airflow.pools();
		now.mockReturnValue(3_200_000);
		await airflow.pools();
		now.mockReturnValue(3_300_000);
		await airflow.pools();
		expect(runs).toBe(2);
		expect(asked.at(-1)?.headers.authorization).toBe(`Bearer ${tokenOf(3600, 'run 2')}`);
	} finally {
		now.mockRestore();
	}
});

test('a rejected token is reported as such', async () => {
	const { url } = await managed('2', () => false);
	const said = await failure(connect(url, 'wrong').pools());
	expect(said).toMatchObject({ kind: 'unauthorised', httpStatus: 401 });
	expect(said.fix?.text[0]).toMatch(/airflow\.token_command/);
});

test('a guessed server gets no token, and no command runs for it', async () => {
	const { url, asked } = await scriptedServer(() => pools);
	const { secret, runs } = counting();
	const airflow = closeLater(
		new AirflowConnection({ url, isGuess: true }, { username: 'admin', password: 'admin', token: secret }),
	);
	expect((await failure(airflow.pools())).kind).toBe('unconfigured');
	expect([asked, runs()]).toEqual([[], 0]);
});

test('MLflow: the token below a path, got again after 401', async () => {
	const now = vi.spyOn(performance, 'now');
	let valid = 'token-1';
	const { url, asked } = await scriptedServer(({ headers }) =>
		headers.authorization === `Bearer ${valid}` ? [200, { experiments: [] }] : [401, 'expired'],
	);
	const { secret } = counting();
	const mlflow = closeLater(new MlflowClient(`${url}/ml/flow`, { token: secret }));
	try {
		now.mockReturnValue(0);
		await mlflow.experimentNames();
		valid = 'token-2';
		now.mockReturnValue(60_000);
		expect(await mlflow.experimentNames()).toEqual([]);
		expect(asked.every(({ line }) => line.includes(' /ml/flow/api/2.0/mlflow/'))).toBe(true);
	} finally {
		now.mockRestore();
	}
});
