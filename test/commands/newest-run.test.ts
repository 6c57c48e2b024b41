import { afterEach, beforeEach, expect, test } from 'vitest';
import { documents } from '../../source/command-line/json/documents.ts';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { airflow, bodyOf, handClock, send } from '../demo/requests.ts';
import { addressesOf, documentOf, runLaketop } from './harness.ts';

const dagId = 'ml_pipeline_end_to_end';
const clock = handClock();
let demo: DemoStack;
beforeEach(async () => {
	demo = await startDemo({ autonomous: false, now: clock.now });
});
afterEach(() => demo.close());

const laketop = (...words: string[]) => runLaketop([...words, ...addressesOf(demo)]);

async function trigger(body: object): Promise<string> {
	const answer = await airflow(demo, `/api/v1/dags/${dagId}/dagRuns`, send('POST', body));
	return (await bodyOf(answer)).dag_run_id;
}

function pass(seconds: number) {
	for (let step = 0; step < seconds * 4; step++) {
		clock.pass(250);
		demo.scenario.tick();
	}
}

/** More than one page of runs that wait for their date. */
async function triggerAhead(count: number) {
	for (let day = 1; day <= count; day++) {
		const logical_date = new Date(Date.UTC(2031, 0, day)).toISOString();
		await trigger({ dag_run_id: `ahead-${day}`, logical_date });
	}
}

test('runs whose date lies ahead are not the newest, however many they are', async () => {
	const mine = await trigger({ dag_run_id: 'mine' });
	pass(3);
	await triggerAhead(40);
	expect(demo.scenario.task(mine, 'raw_to_bronze').state).not.toBeNull();
	const tasks = documentOf(documents.tasks, (await laketop('tasks', '--json')).stdout);
	expect(tasks.run?.dag_run_id).toBe(mine);
	const status = documentOf(documents.status, (await laketop('status', '--json')).stdout);
	expect(status.pipeline.run?.dag_run_id).toBe(mine);
	const dags = documentOf(documents.dags, (await laketop('dags', '--json')).stdout);
	expect(dags.dags.find(dag => dag.dag_id === dagId)?.newest_run?.dag_run_id).toBe(mine);
	const runs = documentOf(documents.runs, (await laketop('runs', '--json', '--limit', '3')).stdout);
	expect(runs.runs[0]?.dag_run_id).toBe(mine);
	expect((await laketop('stop-run', '--run', 'newest', '--dry-run')).stdout).toContain(`Stop ${mine}`);
});

test('a run of last week that was cleared is the newest once it starts', async () => {
	await triggerAhead(40);
	const old = documentOf(documents.runs, (await laketop('runs', '--json', '--state', 'success')).stdout).runs.at(-1);
	await laketop('clear', dagId, '--run', old?.dag_run_id ?? '', '--all', '--yes');
	pass(3);
	const tasks = documentOf(documents.tasks, (await laketop('tasks', '--json')).stdout);
	expect(tasks.run).toMatchObject({ dag_run_id: old?.dag_run_id, state: 'running' });
});
