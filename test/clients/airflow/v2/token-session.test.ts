import { expect, test } from 'vitest';
import { AirflowV2Client } from '../../../../source/clients/airflow/v2/airflow-v2.ts';
import { failureOf } from '../../../../source/model/failures/failure.ts';
import { type Asked, closeLater, type Scripted, scriptedServer, tokenOf } from '../scripted-server.ts';

/** The login of Airflow 3, against responses of the simple and the FAB auth manager of 3.3.2. */
const login = { username: 'admin', password: 'admin' };
const pools: Scripted = [200, { pools: [], total_entries: 0 }];
const failure = async (work: Promise<unknown>) =>
	failureOf(
		await work.then(
			() => new Error('it succeeded'),
			error => error,
		),
	);

async function clientOn(answer: (asked: Asked) => Scripted | undefined, given = login) {
	const server = await scriptedServer(answer);
	return { ...server, airflow: closeLater(new AirflowV2Client(server.url, given)) };
}
const logins = (asked: readonly Asked[]) => asked.filter(({ line }) => line === 'POST /auth/token').length;

test('one login in JSON serves all requests, also those sent at once', async () => {
	const token = tokenOf(86_400);
	const { airflow, asked } = await clientOn(({ line }) =>
		line === 'POST /auth/token' ? [201, { access_token: token }] : pools,
	);
	await Promise.all([airflow.pools(), airflow.pools(), airflow.pools()]);
	expect(logins(asked)).toBe(1);
	const [first, ...rest] = asked;
	expect(first).toMatchObject({ line: 'POST /auth/token', body: JSON.stringify(login) });
	expect(first?.headers['content-type']).toBe('application/json');
	for (const { headers } of rest) expect(headers.authorization).toBe(`Bearer ${token}`);
});

test('a token near its end is renewed before it is used', async () => {
	const { airflow, asked } = await clientOn(({ line }) =>
		line === 'POST /auth/token' ? [201, { access_token: tokenOf(0.001) }] : pools,
	);
	await airflow.pools();
	await new Promise(resolve => setTimeout(resolve, 5));
	await airflow.pools();
	expect(logins(asked)).toBeGreaterThan(1);
});

test.each([
	['that ran out', 401, 'Token Expired'],
	['that a restarted server did not sign', 403, 'Invalid JWT token'],
])('a token %s is renewed without a word', async (_name, status, detail) => {
	let given = 0;
	const { airflow, asked } = await clientOn(({ line, headers }) => {
		if (line === 'POST /auth/token') return [201, { access_token: tokenOf(86_400, `login ${++given}`) }];
		return headers.authorization === `Bearer ${tokenOf(86_400, 'login 2')}` ? pools : [status, { detail }];
	});
	expect(await airflow.pools()).toEqual([]);
	expect(logins(asked)).toBe(2);
});

test('a lacking permission is no reason to log in again', async () => {
	const { airflow, asked } = await clientOn(({ line }) =>
		line === 'POST /auth/token' ? [201, { access_token: tokenOf(86_400) }] : [403, { detail: 'Forbidden' }],
	);
	const said = await failure(airflow.setPaused('etl', true));
	expect(said).toMatchObject({ kind: 'unauthorised', httpStatus: 403 });
	expect(logins(asked)).toBe(1);
});

test('a wrong password is reported; a server that lets everybody in needs none', async () => {
	const wrong = await clientOn(({ line }) =>
		line === 'POST /auth/token' ? [401, { detail: 'Invalid credentials' }] : undefined,
	);
	expect(await failure(wrong.airflow.pools())).toMatchObject({ kind: 'unauthorised', httpStatus: 401 });
	const open = await clientOn(({ line }) => {
		if (line === 'POST /auth/token') return [401, { detail: 'Invalid credentials' }];
		return line === 'GET /auth/token' ? [201, { access_token: tokenOf(86_400) }] : pools;
	});
	expect(await open.airflow.pools()).toEqual([]);
});

test('a server without password logins is distinguished from one that is not Airflow 3', async () => {
	const other = await clientOn(() => undefined);
	expect((await failure(other.airflow.pools())).kind).toBe('unauthorised');
	const page = await clientOn(() => [404, '<!DOCTYPE html><title>404</title>']);
	expect(await failure(page.airflow.pools())).toMatchObject({ kind: 'protocol', httpStatus: 404 });
});

test('a guessed server gets neither login nor change', async () => {
	const { url, asked } = await scriptedServer(() => pools);
	const airflow = closeLater(new AirflowV2Client({ url, isGuess: true }, login));
	expect((await failure(airflow.pools())).kind).toBe('unconfigured');
	expect((await failure(airflow.trigger({ dagId: 'etl', dagRunId: 'x' }))).kind).toBe('unconfigured');
	expect(asked).toEqual([]);
});
