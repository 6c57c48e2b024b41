import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AirflowConnection } from '../../source/clients/airflow/connection.ts';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { curlCommand } from '../../source/selectors/printed-commands/airflow-command.ts';
import { type SshServer, startSshServer } from '../e2e/sshd.ts';
import { behindSsh } from '../given/behind-ssh.ts';
import { isInstalled } from './installed.ts';

/** The printed curl commands of a stack behind ssh, pasted into a shell, with ssh(1), sshd(8) and curl(1). */

const hasPrograms =
	isInstalled('ssh', 'ssh', ['-V']) &&
	isInstalled('sshd', 'sh', ['-c', 'test -x /usr/sbin/sshd']) &&
	isInstalled('curl', 'curl', ['--version']);

describe.skipIf(!hasPrograms)('curl through ssh', () => {
	const folder = mkdtempSync(join(tmpdir(), 'laketop-ssh-curl-'));
	let ssh: SshServer;
	let demo: DemoStack | undefined;
	let airflow: AirflowConnection | undefined;
	beforeAll(async () => {
		ssh = await startSshServer(folder);
	});
	afterAll(async () => {
		await airflow?.close();
		await demo?.close();
		await ssh.close();
		rmSync(folder, { recursive: true, force: true });
	});

	test.each(['2', '3'] as const)('Airflow %s', async generation => {
		demo = await startDemo({ autonomous: false, airflow: generation });
		airflow = new AirflowConnection(demo.airflowUrl, { username: 'admin', password: 'admin' });
		const dagId = 'ml_pipeline_end_to_end';
		const dagRunId = demo.scenario.triggerRun();
		const state = behindSsh({
			engine: ssh.address,
			port: Number(new URL(demo.airflowUrl).port),
			version: await airflow.version(),
		});
		const path = `/dags/${dagId}/dagRuns/${dagRunId}`;
		const command = curlCommand(state, 'PATCH', generation === '2' ? `${path}/setNote` : path, { note: 'seen' });
		// For Airflow 2 curl asks for the password, unless the name has it.
		const login: Record<string, string> =
			generation === '2'
				? { LAKETOP_AIRFLOW_USERNAME: 'admin:admin' }
				: { LAKETOP_AIRFLOW_USERNAME: 'admin', LAKETOP_AIRFLOW_PASSWORD: 'admin' };
		// A pipe would stay open as long as ssh in the background.
		const shell = spawn('sh', ['-c', command], { stdio: 'ignore', env: { ...ssh.environment, ...login } });
		expect(await once(shell, 'exit')).toEqual([0, null]);
		expect((await airflow.dagRun(dagId, dagRunId)).note).toBe('seen');
		await airflow.close();
		await demo.close();
	});
});
