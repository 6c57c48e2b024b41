import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, test } from 'vitest';
import { AirflowConnection } from '../../source/clients/airflow/connection.ts';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { initialState } from '../../source/model/state.ts';
import { curlCommand } from '../../source/selectors/airflow-command.ts';
import { expect } from '../english.ts';

/** The printed commands for Airflow 3, run unchanged. */
let demo: DemoStack | undefined;
let airflow: AirflowConnection | undefined;
afterEach(async () => {
	await airflow?.close();
	await demo?.close();
});

test('a printed curl command does in a shell what the action does', async () => {
	demo = await startDemo({ autonomous: false, airflow: '3' });
	airflow = new AirflowConnection(demo.airflowUrl, { username: 'admin', password: 'admin' });
	const dagId = 'ml_pipeline_end_to_end';
	const dagRunId = demo.scenario.triggerRun();
	const source = { address: demo.airflowUrl, version: await airflow.version(), connectedAt: 0 };
	const state = { ...initialState, sources: { airflow: source } };
	const command = curlCommand(state, 'PATCH', `/dags/${dagId}/dagRuns/${dagRunId}`, { note: 'it\'s "odd"' });
	expect(command).not.toContain('admin\\"');
	const environment = { ...process.env, LAKETOP_AIRFLOW_PASSWORD: 'admin' };
	await promisify(execFile)('sh', ['-c', command], { env: environment });
	expect((await airflow.dagRun(dagId, dagRunId)).note).toBe('it\'s "odd"');
});

test('with a configured token a printed curl command takes that, by the name of its variable', () => {
	const source = { address: 'https://airflow.example/d', version: '2.10.5', connectedAt: 0 };
	const state = { ...initialState, sources: { airflow: source }, sendsAirflowToken: true };
	expect(curlCommand(state, 'POST', '/dags/etl/dagRuns', {})).toBe(
		`curl -H "Authorization: Bearer $LAKETOP_AIRFLOW_TOKEN" -X POST https://airflow.example/d/api/v1/dags/etl/dagRuns -H 'Content-Type: application/json' -d '{}'`,
	);
});
