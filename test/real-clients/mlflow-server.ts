import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { freePort } from '../e2e/official/official-stack.ts';
import { until } from '../e2e/stack.ts';

export type RealMlflow = { readonly url: string; close(): Promise<void> };

const madeExperiment = z.object({ experiment_id: z.string() });
const madeRun = z.object({ run: z.object({ info: z.object({ run_id: z.string() }) }) });

/** A real `mlflow server --app-name basic-auth` with one finished run, in a folder of its own. Rejects if it does not start. */
export async function startMlflow(
	python: string,
	{ username, password }: { readonly username: string; readonly password: string },
): Promise<RealMlflow> {
	const folder = mkdtempSync(join(tmpdir(), 'laketop-mlflow-'));
	const port = await freePort();
	const url = `http://127.0.0.1:${port}`;
	const words = ['-m', 'mlflow', 'server', '--app-name', 'basic-auth', '--workers', '1', '--port', String(port)];
	const store = [
		'--backend-store-uri',
		`sqlite:///${folder}/runs.db`,
		'--artifacts-destination',
		join(folder, 'files'),
	];
	const server = spawn(python, [...words, ...store], {
		cwd: folder,
		// It starts further processes, and does not end them.
		detached: true,
		stdio: 'ignore',
		env: {
			...{ PATH: process.env.PATH, HOME: folder, LANG: 'C.UTF-8' },
			...{ MLFLOW_AUTH_ADMIN_USERNAME: username, MLFLOW_AUTH_ADMIN_PASSWORD: password },
			...{ MLFLOW_FLASK_SERVER_SECRET_KEY: 'for this test only', MLFLOW_SERVER_ENABLE_JOB_EXECUTION: 'false' },
		},
	});
	const ended = once(server, 'exit');
	const close = async () => {
		if (server.pid !== undefined && server.exitCode === null) {
			process.kill(-server.pid, 'SIGTERM');
			await ended;
		}
		rmSync(folder, { recursive: true, force: true });
	};
	const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
	const post = async (path: string, body: object): Promise<unknown> => {
		const answer = await fetch(`${url}/api/2.0/mlflow/${path}`, {
			method: 'POST',
			headers: { authorization, 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});
		if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
		return answer.json();
	};
	try {
		await until(async () => {
			if (server.exitCode !== null) throw new Error(`mlflow server ended with ${server.exitCode}`);
			const { status } = await fetch(`${url}/health`);
			if (status !== 200) throw new Error(`${url}/health answers ${status}`);
		}, 240_000);
		const { experiment_id } = madeExperiment.parse(await post('experiments/create', { name: 'churn' }));
		const began = Date.now() - 60_000;
		const { run } = madeRun.parse(
			await post('runs/create', { experiment_id, run_name: 'train', start_time: began, tags: [] }),
		);
		const { run_id } = run.info;
		const metric = (step: number) => ({ key: 'accuracy', value: 0.5 + step / 10, timestamp: began + step, step });
		await post('runs/log-batch', { run_id, metrics: [0, 1, 2, 3].map(metric), params: [{ key: 'lr', value: '0.1' }] });
		await post('runs/update', { run_id, status: 'FINISHED', end_time: Date.now() });
	} catch (error) {
		await close();
		throw error;
	}
	return { url, close };
}
