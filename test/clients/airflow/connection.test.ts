import { expect, test } from 'vitest';
import { AirflowConnection } from '../../../source/clients/airflow/connection.ts';
import { startDemo } from '../../../source/demo/index.ts';
import { failureOf } from '../../../source/model/failures/failure.ts';
import { closeLater, type Scripted, scriptedServer, tokenOf } from './scripted-server.ts';

/** Which generation of Airflow's API is used. */
const login = { username: 'admin', password: 'admin' };
const dags: Scripted = [200, { dags: [{ dag_id: 'etl' }], total_entries: 1 }];

const airflow3 = (line: string): Scripted | undefined => {
	if (line === 'GET /api/v2/version') return [200, { version: '3.3.2', git_version: null }];
	if (line === 'POST /auth/token') return [201, { access_token: tokenOf(86_400) }];
	if (line.startsWith('GET /api/v2/dags?')) return dags;
	// As 3.3.2 answers it.
	if (line.includes('/api/v1/')) return [404, { error: '/api/v1 has been removed in Airflow 3' }];
	return undefined;
};
const page404: Scripted = [404, '<!DOCTYPE html>\n<title>Airflow 404</title>'];
const airflow2 = (line: string): Scripted | undefined => {
	if (line === 'GET /api/v1/version') return [200, { version: '2.8.0', git_version: null }];
	if (line.startsWith('GET /api/v1/dags?')) return dags;
	return page404;
};

test('the generation is asked for once, without a login', async () => {
	const three = await scriptedServer(({ line }) => airflow3(line));
	const airflow = closeLater(new AirflowConnection(three.url, login));
	expect(await airflow.version()).toBe('3.3.2');
	await Promise.all([airflow.dags(), airflow.dags()]);
	expect(three.asked.filter(({ line }) => line.endsWith('/version')).map(({ line }) => line)).toEqual([
		'GET /api/v2/version',
	]);
	const two = await scriptedServer(({ line }) => airflow2(line));
	const older = closeLater(new AirflowConnection(two.url, login));
	expect((await older.dags()).map(({ dagId }) => dagId)).toEqual(['etl']);
	expect(two.asked.filter(({ line }) => line.endsWith('/version')).map(({ line }) => line)).toEqual([
		'GET /api/v2/version',
		'GET /api/v1/version',
	]);
});

test('a server that is upgraded meanwhile, and one that is downgraded, is noticed by the next request', async () => {
	let generation = airflow2;
	const { url } = await scriptedServer(({ line }) => generation(line));
	const airflow = closeLater(new AirflowConnection(url, login));
	expect(await airflow.version()).toBe('2.8.0');
	await airflow.dags();
	generation = airflow3;
	expect(await airflow.dags()).toHaveLength(1);
	expect(await airflow.version()).toBe('3.3.2');
	generation = airflow2;
	expect(await airflow.dags()).toHaveLength(1);
	expect(await airflow.version()).toBe('2.8.0');
});

test('a server of another kind is reported, and the next request checks again', async () => {
	const { url, asked } = await scriptedServer(() => page404);
	const airflow = closeLater(new AirflowConnection(url, login));
	for (let look = 0; look < 2; look++) {
		const failure = await airflow.dags().then(() => null, failureOf);
		expect(failure).toMatchObject({ kind: 'protocol', httpStatus: 404 });
	}
	expect(asked.map(({ line }) => line)).toEqual(Array(2).fill(['GET /api/v2/version', 'GET /api/v1/version']).flat());
});

test('nothing is missing that is there, and 404 for a DAG is no other generation', async () => {
	const demo = closeLater(await startDemo({ autonomous: false }));
	const airflow = closeLater(new AirflowConnection(demo.airflowUrl, login));
	await airflow.dags();
	expect((await airflow.dag('no_such_dag').then(() => null, failureOf))?.kind).toBe('not-found');
	expect(demo.scenario.requestCounts('airflow')['GET /api/v2/version']).toBe(1);
});
