import { existsSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { type DemoOptions, type DemoStack, startDemo } from '../../source/demo/index.ts';
import { soon } from '../patience.ts';
import { airflow, bodyOf, docker, handClock, mlflow } from './requests.ts';

const demos: DemoStack[] = [];
const start = async (options: DemoOptions = {}): Promise<DemoStack> => {
	const demo = await startDemo(options);
	demos.push(demo);
	return demo;
};
afterEach(async () => {
	for (const demo of demos.splice(0)) await demo.close();
});

const DAG = '/api/v1/dags/ml_pipeline_end_to_end';

/** The state after four minutes, with a clock that takes steps of this size. */
async function story(seed: number, stepMs: number): Promise<unknown> {
	const clock = handClock();
	const demo = await start({ seed, now: clock.now });
	for (let passed = 0; passed < 240_000; passed += stepMs) {
		clock.pass(stepMs);
		demo.scenario.tick();
	}
	const { dag_runs } = await bodyOf(await airflow(demo, `${DAG}/dagRuns?order_by=-execution_date&limit=4`));
	const runs = await bodyOf(await mlflow(demo, 'runs/search', { experiment_ids: ['1'], max_results: 30 }));
	const stats = JSON.parse((await docker(demo, '/containers/airflow-worker/stats?stream=false&one-shot=true')).text);
	const log = (await docker(demo, '/containers/airflow-scheduler/logs?stdout=1&stderr=1&timestamps=1&tail=50')).text;
	return { dag_runs, runs, stats, log };
}

test('the same seed gives the same story, however often the clock is read', async () => {
	const first = await story(7, 250);
	expect(await story(7, 60_000)).toEqual(first);
	expect(await story(8, 60_000)).not.toEqual(first);
});

/** The past and the first two minutes: durations, ends and results. */
async function storyOn(day: number): Promise<unknown> {
	const clock = handClock(day);
	const demo = await start({ now: clock.now });
	for (let passed = 0; passed < 120_000; passed += 30_000) {
		clock.pass(30_000);
		demo.scenario.tick();
	}
	const { dag_runs } = await bodyOf(await airflow(demo, `${DAG}/dagRuns?order_by=-execution_date`));
	const took = (from: string | null, to: string | null) => (from && to ? Date.parse(to) - Date.parse(from) : null);
	type Run = { state: string; run_type: string; start_date: string | null; end_date: string | null };
	const { runs } = await bodyOf(await mlflow(demo, 'runs/search', { experiment_ids: ['1'], max_results: 1000 }));
	type Tracked = { info: { run_id: string; status: string }; data: { metrics?: { key: string; value: number }[] } };
	const versions = await bodyOf(await mlflow(demo, 'registered-models/search?max_results=10'));
	const stats = JSON.parse((await docker(demo, '/containers/airflow-worker/stats?stream=false&one-shot=true')).text);
	return {
		dagRuns: dag_runs.map((run: Run) => [run.run_type, run.state, took(run.start_date, run.end_date)]),
		tracked: runs
			.map(({ info, data }: Tracked) => [info.run_id, info.status, (data.metrics ?? []).map(({ value }) => value)])
			.toSorted(),
		aliases: versions.registered_models[0].aliases,
		use: [stats.cpu_stats.cpu_usage.total_usage, stats.memory_stats.usage],
	};
}

test('the same seed gives the same story on every day', async () => {
	const noon = [
		[2026, 10, 28],
		[2026, 11, 1],
		[2027, 0, 1],
		[2028, 1, 29],
		[2026, 2, 29],
	] as const;
	const [first, ...others] = noon.map(([year, month, date]) => Date.UTC(year, month, date, 12));
	const expected = await storyOn(first ?? 0);
	for (const day of others) expect(await storyOn(day), new Date(day).toISOString()).toEqual(expected);
});

test('there is a history: twelve nights, one of them failed, one with a retry', async () => {
	const demo = await start({ now: handClock().now });
	const { dag_runs } = await bodyOf(await airflow(demo, `${DAG}/dagRuns?order_by=-execution_date`));
	expect(
		dag_runs.map(({ state }: { state: string }) => state).filter((state: string) => state === 'failed'),
	).toHaveLength(1);
	expect(dag_runs).toHaveLength(12);
	const batch = await airflow(demo, '/api/v1/dags/~/dagRuns/~/taskInstances/list', {
		method: 'POST',
		body: JSON.stringify({ dag_ids: ['ml_pipeline_end_to_end'], state: ['success'] }),
		headers: { 'content-type': 'application/json' },
	});
	const { task_instances } = await bodyOf(batch);
	expect(task_instances.filter((task: { try_number: number }) => task.try_number === 2)).toHaveLength(1);
});

const dueTimes = async (demo: DemoStack): Promise<number[]> =>
	(await bodyOf(await airflow(demo, '/api/v1/dags'))).dags
		.filter(({ is_paused: isPaused }: { is_paused: boolean }) => !isPaused)
		.map((dag: { next_dagrun_create_after: string }) => Date.parse(dag.next_dagrun_create_after));

test.each([0.01, 2.01, 5.6, 18.2, 23.99])('at whatever hour it begins, no run is overdue: %d', async hour => {
	const clock = handClock(Date.UTC(2026, 10, 24) + hour * 3_600_000);
	const demo = await start({ now: clock.now });
	for (const due of await dueTimes(demo)) expect(due).toBeGreaterThan(clock.now());
});

test('what falls due by its schedule is made, where the stack lives by itself', async () => {
	for (const autonomous of [true, false]) {
		const clock = handClock(Date.UTC(2026, 10, 24, 17, 59, 58));
		const demo = await start({ now: clock.now, autonomous });
		clock.pass(4000);
		demo.scenario.tick();
		for (const due of await dueTimes(demo)) expect(due).toBeGreaterThan(clock.now());
		const list = await airflow(demo, '/api/v1/dags/iceberg_compaction/dagRuns?order_by=-execution_date&limit=1');
		const [run] = (await bodyOf(list)).dag_runs;
		expect(run).toMatchObject({
			dag_run_id: autonomous ? 'scheduled__2026-11-24T12:00:00+00:00' : 'scheduled__2026-11-24T06:00:00+00:00',
			run_type: 'scheduled',
		});
	}
});

test('five seconds after the start a run begins, and the next twenty seconds after its end', async () => {
	const clock = handClock();
	const demo = await start({ now: clock.now });
	const newest = async () =>
		(await bodyOf(await airflow(demo, `${DAG}/dagRuns?order_by=-execution_date&limit=1`))).dag_runs[0];
	clock.pass(5000);
	const first = await newest();
	expect(first).toMatchObject({ run_type: 'manual', state: 'queued' });
	clock.pass(100_000);
	const second = await newest();
	expect(second.dag_run_id).not.toBe(first.dag_run_id);
	const { end_date } = await bodyOf(await airflow(demo, `${DAG}/dagRuns/${encodeURIComponent(first.dag_run_id)}`));
	expect(Date.parse(second.logical_date) - Date.parse(end_date)).toBeGreaterThanOrEqual(19_500);
	expect(Date.parse(second.logical_date) - Date.parse(end_date)).toBeLessThan(21_000);
});

test('at about forty seconds the worker turns unhealthy, for some twenty seconds', async () => {
	const clock = handClock();
	const demo = await start({ now: clock.now });
	const seen: [second: number, status: string][] = [];
	for (let second = 1; second <= 90; second++) {
		clock.pass(1000);
		const { State } = JSON.parse((await docker(demo, '/containers/airflow-worker/json')).text);
		if (seen.at(-1)?.[1] !== State.Health.Status) seen.push([second, State.Health.Status]);
	}
	expect(seen.map(([, status]) => status)).toEqual(['healthy', 'unhealthy', 'healthy']);
	const [, [began], [ended]] = seen as [[number, string], [number, string], [number, string]];
	expect(began).toBeGreaterThan(30);
	expect(began).toBeLessThan(50);
	expect(ended - began).toBeGreaterThan(10);
	expect(ended - began).toBeLessThan(35);
});

test('a server can be down, hang, and fail once', async () => {
	const demo = await start({ autonomous: false });
	const health = (limitMs = soon.timeout) =>
		fetch(`${demo.airflowUrl}/health`, { signal: AbortSignal.timeout(limitMs) });
	await demo.scenario.takeDown('airflow');
	await expect(health()).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
	await demo.scenario.bringUp('airflow');
	expect((await health()).status).toBe(200);
	demo.scenario.hang('airflow');
	await expect(health(150)).rejects.toThrow(/timeout|abort/i);
	await demo.scenario.bringUp('airflow');
	demo.scenario.failNext('airflow', 503, 'busy');
	const failed = await health();
	expect([failed.status, await failed.text()]).toEqual([503, 'busy']);
	expect((await health()).status).toBe(200);
	await demo.scenario.takeDown('docker');
	await expect(docker(demo, '/_ping')).rejects.toThrow();
	await demo.scenario.bringUp('docker');
	expect((await docker(demo, '/_ping')).text).toBe('OK');
});

test('a stopped webserver takes the page with it, and a started one needs a while', async () => {
	const clock = handClock();
	const demo = await start({ now: clock.now, autonomous: false });
	const health = () => fetch(`${demo.airflowUrl}/health`);
	demo.scenario.stopContainer('airflow-webserver');
	await demo.scenario.settled();
	await expect(health()).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
	demo.scenario.startContainer('airflow-webserver');
	clock.pass(1000);
	await expect(health()).rejects.toThrow();
	clock.pass(8000);
	await demo.scenario.settled();
	expect((await health()).status).toBe(200);
});

test('requests are counted, by server and path', async () => {
	const demo = await start({ autonomous: false });
	await airflow(demo, '/api/v1/dags?limit=1');
	await airflow(demo, '/api/v1/pools');
	await docker(demo, '/_ping');
	expect(demo.scenario.requests('airflow')).toBe(2);
	expect(demo.scenario.requests('airflow', '/api/v1/dags')).toBe(1);
	expect(demo.scenario.requestCounts('docker')).toEqual({ 'GET /_ping': 1 });
});

test('the pages of the lakehouse answer, one of them slowly if so ordered', async () => {
	const demo = await start({ autonomous: false, pages: { trino: { slowMs: 60 } } });
	const began = performance.now();
	expect(await bodyOf(await fetch(`${demo.pageUrls.trino}/v1/info`))).toMatchObject({
		coordinator: true,
		starting: false,
	});
	expect(performance.now() - began).toBeGreaterThan(50);
	expect(await bodyOf(await fetch(`${demo.pageUrls.grafana}/api/health`))).toMatchObject({ database: 'ok' });
	expect(await (await fetch(`${demo.pageUrls.superset}/health`)).text()).toBe('OK');
});

test('closing ends everything, twice if need be', async () => {
	const demo = await start();
	const socket = demo.dockerHost.replace('unix://', '');
	expect(existsSync(socket)).toBe(true);
	await Promise.all([demo.close(), demo.close()]);
	expect(existsSync(socket)).toBe(false);
	await expect(fetch(`${demo.mlflowUrl}/health`)).rejects.toThrow();
});
