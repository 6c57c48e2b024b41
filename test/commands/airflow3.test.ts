import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { documents } from '../../source/command-line/json/documents.ts';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { addressesOf, documentOf, type Ran, runLaketop } from './harness.ts';

/** The commands on a stack with Airflow 3. */
const dagId = 'ml_pipeline_end_to_end';
let demo: DemoStack;
let folder = '';
beforeEach(async () => {
	demo = await startDemo({ autonomous: false, airflow: '3' });
	folder = mkdtempSync(join(tmpdir(), 'laketop-test-'));
});
afterEach(async () => {
	await demo.close();
	rmSync(folder, { recursive: true });
});

function laketop(words: string | string[]): Promise<Ran> {
	const argv = typeof words === 'string' ? words.split(' ') : words;
	return runLaketop([...addressesOf(demo), ...argv], {
		compose: demo.compose,
		environment: { XDG_STATE_HOME: folder },
	});
}
const asked = () => Object.keys(demo.scenario.requestCounts('airflow'));

test('the stack is found, shown and healthy; nothing but version and login is asked of another generation', async () => {
	const status = await laketop('status');
	expect(status.stdout).toContain('airflow 3.3.2 OK');
	expect(status.stdout).toContain('airflow-dag-processor');
	expect(status.stdout).toMatch(/^healthy$/m);
	const dags = documentOf(documents.dags, (await laketop('dags --json')).stdout);
	expect(dags.dags.find(dag => dag.dag_id === dagId)?.schedule).toBe('daily');
	const doctor = await laketop('doctor');
	expect(doctor.exitCode).toBe(0);
	// The page that responded, not the one of Airflow 2.
	const { checks } = documentOf(documents.doctor, (await laketop('doctor --json')).stdout);
	expect(checks.map(({ result }) => result)).toContainEqual(
		expect.stringMatching(/\/api\/v2\/monitor\/health returned 200/),
	);
	expect(asked().filter(line => line.includes('/api/v1/') || line.includes('/login'))).toEqual([]);
});

test.each([
	'runs nowhere',
	'tasks nowhere',
	'clear nowhere --run newest --yes',
	'clear nowhere --run manual --yes',
	'note nowhere --run newest --text x --yes',
])('%s: Airflow has no such DAG, which it answers differently from Airflow 2', async words => {
	const ran = await laketop(words);
	expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
	expect(ran.stderr).toMatch(/^laketop: Airflow has no DAG nowhere/);
});

test('a run is triggered and waited for; the log of a task, and why one failed, is text', async () => {
	await demo.close();
	demo = await startDemo({ autonomous: false, airflow: '3', speed: 20 });
	const good = await laketop(['trigger', dagId, '--yes', '--wait']);
	expect(good.stderr).toContain('model_registry: success');
	expect(good.exitCode).toBe(0);
	// One request reports the end, and the tasks are asked for when it says something: not each second.
	const countOf = (end: string) =>
		Object.entries(demo.scenario.requestCounts('airflow')).reduce(
			(sum, [path, count]) => sum + (path.endsWith(end) ? count : 0),
			0,
		);
	expect(countOf('/wait')).toBe(1);
	const log = await laketop('logs --run newest --task raw_to_bronze');
	expect(log.stdout).toMatch(/\{task_runner\.py:\d+\} INFO - /);
	expect(log.stdout).not.toContain('"timestamp"');
	const bad = await laketop(['trigger', dagId, '--yes', '--wait', '--conf', '{"fail_at":"raw_to_bronze"}']);
	expect(bad.exitCode).not.toBe(0);
	// The log is read after the request that reports the end.
	expect(bad.stdout).toMatch(/failed after .*raw_to_bronze: .*ConnectionError: source shop-api closed/);
	expect((await laketop('tasks --run newest')).stdout).toContain('ConnectionError: source shop-api closed');
}, 120_000);

test('a run is noted, stopped, cleared; a task is marked; a DAG is paused', async () => {
	const dagRunId = demo.scenario.triggerRun({ pace: 3000 });
	const ofRun = ['--yes', '--run', dagRunId];
	for (const words of [
		['note', ...ofRun, '--text', 'bad input'],
		['mark', ...ofRun, '--task', 'model_registry', '--state', 'skipped'],
		['stop-run', ...ofRun],
		['clear', ...ofRun, '--all'],
		['pause', '--yes', dagId],
		['unpause', '--yes', dagId],
	]) {
		expect(await laketop(words), words[0]).toMatchObject({ exitCode: 0 });
	}
	expect(asked()).toContain(`PATCH /api/v2/dags/${dagId}`);
});

test('a DAG file is parsed by a request: nothing is restarted', async () => {
	const ran = await laketop(['reparse', '--yes', dagId]);
	expect(ran).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('was parsed at') });
	expect(asked().some(line => line.startsWith('PUT /api/v2/parseDagFile/'))).toBe(true);
	expect(Object.keys(demo.scenario.requestCounts('docker')).filter(line => line.includes('/restart'))).toEqual([]);
	const dry = await laketop(['reparse', '--dry-run', dagId]);
	expect(dry.stdout).toContain('curl -H "Authorization: Bearer $(curl -s');
	expect(readFileSync(join(folder, 'laketop/audit.jsonl'), 'utf8')).not.toMatch(/eyJ/);
});

test('a task that waits for a pool says so, with Airflow’s own sentence', async () => {
	demo.scenario.setPoolSlots(0);
	const run = demo.scenario.triggerRun();
	await expect
		.poll(
			async () => documentOf(documents.tasks, (await laketop(`tasks --run ${run} --json`)).stdout).tasks[0]?.state,
			{
				timeout: 20_000,
			},
		)
		.toBe('scheduled');
	const [first] = documentOf(documents.tasks, (await laketop(`tasks --run ${run} --json`)).stdout).tasks;
	expect(first?.waits_for).toMatchObject({
		reason: 'pool full',
		airflow: [{ name: 'Pool Slots Available', reason: expect.stringMatching(/0 open slots in pool default_pool/) }],
	});
}, 60_000);

test('runs are counted by state; jobs are a line of the report', async () => {
	const { dags } = documentOf(documents.dags, (await laketop('dags --json')).stdout);
	expect(dags.find(({ dag_id }) => dag_id === dagId)?.run_counts).toEqual({
		...{ queued: 0, running: 0, success: 11, failed: 1 },
	});
	expect((await laketop('dags')).stdout).toMatch(/ RUNS [\s\S]*11 succeeded, 1 failed/);
	const { checks } = documentOf(documents.doctor, (await laketop('doctor --json')).stdout);
	expect(checks.find(({ id }) => id === 'jobs')).toMatchObject({
		result: '1 scheduler, 1 DAG processor, 0 triggerers alive',
	});
}, 60_000);

test('a wait whose request fails is polled to its end', async () => {
	await demo.close();
	demo = await startDemo({ autonomous: false, airflow: '3', speed: 20 });
	demo.scenario.failNext('airflow', 404, { detail: 'Not Found' }, /\/wait/);
	const good = await laketop(['trigger', dagId, '--yes', '--wait']);
	expect(good).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('model_registry: success') });
}, 60_000);

test.each(['3', '2.10'] as const)(
	'Airflow %s: the tries of tasks with their times',
	async airflow => {
		await demo.close();
		demo = await startDemo({ autonomous: false, airflow });
		const { runs } = documentOf(documents.runs, (await laketop('runs --json')).stdout);
		const failed = runs.find(({ state }) => state === 'failed')?.dag_run_id ?? '';
		const { tasks } = documentOf(documents.tasks, (await laketop(`tasks --run ${failed} --tries --json`)).stdout);
		const tries = tasks.find(({ task_id }) => task_id === 'model_training')?.tries ?? [];
		expect(tries.map(({ try_number, state }) => `${try_number} ${state}`)).toEqual(['1 failed', '2 failed']);
		const [first, second] = tries;
		expect(Date.parse(first?.ended_at ?? '')).toBeLessThanOrEqual(Date.parse(second?.started_at ?? ''));
		const text = await laketop(`tasks --run ${failed} --tries`);
		expect(text.stdout).toMatch(/model_training +1 +failed .*\n *model_training +2 +failed /);
		expect(
			documentOf(documents.tasks, (await laketop(`tasks --run ${failed} --json`)).stdout).tasks[0]?.tries,
		).toBeNull();
		const page = await laketop(`task model_training --run ${failed}`);
		expect(page.stdout).toMatch(/\nTries\n +TRY .*\n +1 +failed .*\n +2 +failed .*\n/);
	},
	60_000,
);

test('Airflow 2.8 has the last try of a task and says so', async () => {
	await demo.close();
	demo = await startDemo({ autonomous: false, airflow: '2' });
	const ofOlder = documentOf(documents.runs, (await laketop('runs --json')).stdout).runs;
	const olderFailed = ofOlder.find(({ state }) => state === 'failed')?.dag_run_id ?? '';
	const older = await laketop(`tasks --run ${olderFailed} --tries`);
	expect(older.stderr).toContain('Times of earlier tries need Airflow 2.10 or newer; this is 2.8.0');
	expect(older.stdout).toMatch(/model_training +2 +failed/);
}, 60_000);

test('what people did, of all DAGs or of one, without secrets; Airflow 2 says why not', async () => {
	expect((await laketop(['pause', dagId, '--yes'])).exitCode).toBe(0);
	expect(
		(await laketop(['trigger', 'iceberg_compaction', '--yes', '--conf', '{"api_token":"hunter2"}'])).exitCode,
	).toBe(0);
	const { events } = documentOf(documents.events, (await laketop('events --json')).stdout);
	expect(events.map(({ event, dag_id, user }) => [event, dag_id, user])).toEqual([
		['trigger_dag_run', 'iceberg_compaction', 'admin'],
		['patch_dag', dagId, 'admin'],
	]);
	expect(JSON.stringify(events)).not.toContain('hunter2');
	const ofOne = await laketop(`events ${dagId} --since 1h`);
	expect(ofOne.stdout).toMatch(/admin +patch_dag +ml_pipeline_end_to_end .*is_paused=true/);
	expect(ofOne.stdout).not.toContain('iceberg_compaction');
	expect(documentOf(documents.events, (await laketop('events --limit 1 --json')).stdout).events).toHaveLength(1);
	await demo.close();
	demo = await startDemo({ autonomous: false, airflow: '2' });
	const older = await laketop('events');
	expect(older).toMatchObject({ exitCode: 4, stdout: '' });
	expect(older.stderr).toContain('Events of the audit log need Airflow 3; this is 2.8.0');
}, 60_000);
