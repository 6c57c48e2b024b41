/** The stack of Airflow's official Compose file: what its containers do, and Compose with them. */
import { afterEach, expect, test, vi } from 'vitest';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { soon } from '../patience.ts';
import { docker } from './requests.ts';

let demo: DemoStack;
afterEach(() => demo.close());

type Listed = { readonly Names: readonly string[]; readonly State: string; readonly Status: string };

/** By name: state and, once it has one, health. */
async function states(): Promise<Record<string, string>> {
	const all: readonly Listed[] = JSON.parse((await docker(demo, '/containers/json?all=1')).text);
	return Object.fromEntries(all.map(({ Names: [name = ''], State }) => [name.slice(1), State]));
}

async function compose(...words: string[]): Promise<readonly string[]> {
	const lines: string[] = [];
	expect(await demo.compose.run(words, line => lines.push(line), new AbortController().signal)).toBe(0);
	return lines;
}

test('containers have the names of Compose; the initialisation has ended, and says whom it created', async () => {
	demo = await startDemo({ autonomous: false, shape: 'official', airflow: '3' });
	expect(await states()).toEqual({
		'shop-postgres-1': 'running',
		'shop-redis-1': 'running',
		'shop-airflow-init-1': 'exited',
		'shop-airflow-apiserver-1': 'running',
		'shop-airflow-scheduler-1': 'running',
		'shop-airflow-dag-processor-1': 'running',
		'shop-airflow-worker-1': 'running',
		'shop-airflow-worker-2': 'running',
		'shop-airflow-triggerer-1': 'running',
	});
	const init = JSON.parse((await docker(demo, '/containers/shop-airflow-init-1/json')).text);
	expect(init.Config.Env).toEqual(
		expect.arrayContaining(['_AIRFLOW_WWW_USER_USERNAME=airflow', '_AIRFLOW_WWW_USER_PASSWORD=airflow']),
	);
	expect(init.State).toMatchObject({ Status: 'exited', ExitCode: 0 });
	expect(init.HostConfig.RestartPolicy.Name).toBe('no');
	const web = JSON.parse((await docker(demo, '/containers/shop-airflow-apiserver-1/json')).text);
	expect(web.Config.Labels['com.docker.compose.depends_on']).toContain('airflow-init:service_completed_successfully');
	expect(web.HostConfig.RestartPolicy.Name).toBe('always');
	expect((await docker(demo, '/containers/json?all=1')).text).not.toMatch(/trino|mlflow/);
});

test('down and up: the initialisation runs again before what depends on it; replicas are those of --scale', async () => {
	demo = await startDemo({ autonomous: false, shape: 'official', airflow: '2.10', speed: 20 });
	await compose('down');
	expect(await states()).toEqual({});
	const lines = await compose('up', '-d', '--scale', 'airflow-worker=2');
	const at = (text: string) => lines.findIndex(line => line.includes(text));
	expect(at('shop-airflow-init-1  Exited')).toBeGreaterThan(at('shop-airflow-init-1  Started'));
	expect(at('shop-airflow-webserver-1  Starting')).toBeGreaterThan(at('shop-airflow-init-1  Exited'));
	expect(await states()).toMatchObject({ 'shop-airflow-init-1': 'exited', 'shop-airflow-worker-2': 'running' });
	await compose('up', '-d');
	expect(await states()).not.toHaveProperty('shop-airflow-worker-2');
	expect(await states()).toHaveProperty('shop-airflow-worker-1', 'running');
});

test('runs of its own DAG go through, on both workers', async () => {
	demo = await startDemo({ autonomous: false, shape: 'official', airflow: '3', speed: 20 });
	const { scenario } = demo;
	const run = scenario.triggerRun();
	const states = () =>
		['extract_orders', 'join_orders', 'load_warehouse', 'publish_report'].map(task => scenario.task(run, task).state);
	await vi.waitFor(() => expect(states()).toEqual(['success', 'success', 'success', 'success']), soon);
	const hosts = ['extract_orders', 'extract_customers'].map(task => scenario.task(run, task).hostname);
	expect(new Set(hosts).size).toBe(2);
	expect(
		scenario
			.task(run, 'join_orders')
			.attempts.get(1)
			?.lines.map(({ text }) => text)
			.join('\n'),
	).toContain('join_orders: 231 orders joined');
});

test('without an engine nothing can be asked of one; addresses and login are configured', async () => {
	demo = await startDemo({ autonomous: false, engine: 'none', airflow: '3', mlflow: '3' });
	expect(demo.dockerHost).toBe('none');
	expect(demo.configured).toMatchObject({ airflowUrl: demo.airflowUrl, mlflowUrl: demo.mlflowUrl });
	const { airflow } = demo.configured ?? {};
	const answer = await fetch(`${demo.airflowUrl}/api/v2/dags`, {
		headers: { authorization: `Bearer ${airflow?.token}` },
	});
	expect(answer.status).toBe(200);
});

test('what a stack does not have does not listen', async () => {
	demo = await startDemo({ autonomous: false, shape: 'official' });
	await expect(fetch(demo.mlflowUrl)).rejects.toThrow();
	await expect(fetch(demo.pageUrls.trino)).rejects.toThrow();
	expect((await fetch(demo.airflowUrl)).status).toBe(200);
});
