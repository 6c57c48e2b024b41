import { afterEach, expect, test } from 'vitest';
import { type DemoOptions, type DemoStack, startDemo } from '../../../../source/demo/index.ts';
import { airflow, bodyOf, docker, handClock } from '../../requests.ts';

/** The embedded stack with a scaled worker. */

let demo: DemoStack;
const clock = handClock();
afterEach(() => demo.close());

async function startWith(options: DemoOptions): Promise<void> {
	demo = await startDemo({ autonomous: false, now: clock.now, ...options });
}

function pass(ms: number): void {
	for (let passed = 0; passed < ms; passed += 250) {
		clock.pass(250);
		demo.scenario.tick();
	}
}

type Listed = { Id: string; Names: string[]; Labels: Record<string, string> };

async function workers(): Promise<{ name: string; id: string; number: string | undefined }[]> {
	const all: Listed[] = JSON.parse((await docker(demo, '/containers/json?all=1')).text);
	return all
		.filter(({ Labels }) => Labels['com.docker.compose.service'] === 'airflow-worker')
		.map(({ Id, Names, Labels }) => ({
			name: (Names[0] ?? '').slice(1),
			id: Id,
			number: Labels['com.docker.compose.container-number'],
		}))
		.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

type Task = { state: string | null; hostname: string };

/** Tasks of all active runs. */
async function tasks(): Promise<Task[]> {
	const { dag_runs: runs } = await bodyOf(
		await airflow(demo, '/api/v1/dags/~/dagRuns?state=running&order_by=-start_date&limit=20'),
	);
	const lists = await Promise.all(
		runs.map(async (run: { dag_id: string; dag_run_id: string }) => {
			const path = `/api/v1/dags/${run.dag_id}/dagRuns/${encodeURIComponent(run.dag_run_id)}/taskInstances`;
			return (await bodyOf(await airflow(demo, path))).task_instances;
		}),
	);
	return lists.flat();
}

const startRuns = () => {
	for (let run = 0; run < 2; run++) demo.scenario.triggerRun();
};

test('replicas of the worker have the names and numbers that Compose gives', async () => {
	await startWith({ workers: 2 });
	expect((await workers()).map(({ name, number }) => [name, number])).toEqual([
		['mlops-airflow-worker-1', '1'],
		['mlops-airflow-worker-2', '2'],
	]);
});

test('they share the tasks, and one that stops loses only its own', async () => {
	await startWith({ workers: 2 });
	const [first, second] = await workers();
	startRuns();
	pass(5000);
	const on = async (worker: { id: string } | undefined) =>
		(await tasks()).filter(({ state, hostname }) => state === 'running' && hostname === worker?.id.slice(0, 12)).length;
	const [onFirst, onSecond] = [await on(first), await on(second)];
	expect(onFirst).toBeGreaterThan(0);
	expect(onSecond).toBe(onFirst);
	// The database goes on saying of the lost ones that they run.
	demo.scenario.stopContainer('mlops-airflow-worker-2');
	pass(3000);
	const lost = await on(second);
	expect(lost).toBe(onSecond);
	pass(20_000);
	expect(await on(second)).toBe(lost);
	// Between two tasks of a run there is a moment without one.
	for (let second = 0; second < 30 && (await on(first)) === 0; second++) pass(1000);
	expect(await on(first)).toBeGreaterThan(0);
});

test('one worker keeps the name of the guide', async () => {
	await startWith({});
	expect((await workers()).map(({ name }) => name)).toEqual(['airflow-worker']);
});
