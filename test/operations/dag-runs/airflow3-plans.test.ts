import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, test } from 'vitest';
import { AirflowConnection } from '../../../source/clients/airflow/connection.ts';
import { type DemoStack, startDemo } from '../../../source/demo/index.ts';
import { initialState } from '../../../source/model/state.ts';
import { curlCommand } from '../../../source/selectors/printed-commands/airflow-command.ts';
import { expect } from '../../english.ts';
import { behindSsh } from '../../given/behind-ssh.ts';
import { pasted } from '../../given/pasted.ts';

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

test('of a stack behind ssh the request goes through a socket that ssh forwards, not to the name that only ssh knows', () => {
	const engine = 'ssh://ops@db-host:2222';
	for (const version of ['2.8.0', '3.3.2']) {
		const state = behindSsh({ engine, port: 8090, version });
		const command = curlCommand(state, 'POST', '/dags/etl/dagRuns', {});
		// A call of curl that the outer one needs is made by the shell too.
		const [calls = []] = pasted([command]);
		const [ssh = [], ...others] = calls.filter(([program]) => program === 'ssh');
		expect(others).toEqual([]);
		const [, socket = '', host, port] = /^(\S+):([\d.]+):(\d+)$/.exec(ssh[ssh.indexOf('-L') + 1] ?? '') ?? [];
		expect({ host, port }).toEqual({ host: '127.0.0.1', port: '8090' });
		expect(ssh.slice(-5)).toEqual(['-p', '2222', 'ops@db-host', 'sleep', '60']);
		const curls = calls.filter(([program]) => program === 'curl');
		expect(curls).toHaveLength(version === '2.8.0' ? 1 : 2);
		for (const words of curls) {
			expect(words.slice(1, 3)).toEqual(['--unix-socket', socket]);
			expect(words.filter(word => word.startsWith('http'))).toEqual([
				expect.stringMatching(/^http:\/\/localhost:8090\/(api|auth)\//),
			]);
		}
		expect(command).not.toContain('http://db-host');
	}
});
