import { afterEach, beforeEach, expect, test } from 'vitest';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { addressesOf, runLaketop } from './harness.ts';

let demo: DemoStack;
beforeEach(async () => {
	demo = await startDemo({ autonomous: false });
});
afterEach(() => demo.close());
const runs = (...words: readonly string[]) =>
	runLaketop([...addressesOf(demo), 'mlflow-runs', ...words], { compose: demo.compose });

test('the table has the columns that are asked for, in that order', async () => {
	const columns = 'metrics.accuracy, tags.task_id,params.nosuch,status,dag-run';
	const { stdout, stderr, exitCode } = await runs('--columns', columns, '--order-by', 'metrics.accuracy DESC');
	expect([stderr, exitCode]).toEqual(['', 0]);
	const [head = '', first = ''] = stdout.split('\n');
	expect(head).toMatch(/^MLFLOW RUN +accuracy +task_id +nosuch +STATUS +DAG RUN$/);
	expect(first).toMatch(/^model_\w+ +0\.\d+ +model_\w+ +- +FINISHED +\S+$/);
	// Without the metric.
	expect((await runs('--columns', 'metrics.nosuch,run-id')).stdout).toMatch(/^\w+ +- +[0-9a-f]{32}$/m);
});

test('an unknown column is refused with those that exist, before any server is asked', async () => {
	for (const word of ['accuracy', 'metrics.', 'constructor', 'status,']) {
		const { stdout, stderr, exitCode } = await runs('--columns', word);
		expect([exitCode, stdout]).toEqual([2, '']);
		expect(stderr).toMatch(/--columns: unknown column ".*" \(one of status, started, .* metrics\.KEY/);
	}
});

test('only the page that is printed is asked for', async () => {
	const searches = () => demo.scenario.requests('mlflow', '/api/2.0/mlflow/runs/search');
	const before = searches();
	const { stdout, exitCode } = await runs('--limit', '3', '--json');
	expect([exitCode, JSON.parse(stdout).runs.length]).toEqual([0, 3]);
	expect(searches() - before).toBe(1);
	const [{ run_id: runId }] = JSON.parse(stdout).runs;
	const listed = await runLaketop([...addressesOf(demo), 'artifacts', runId, '--json'], { compose: demo.compose });
	expect([listed.exitCode, JSON.parse(listed.stdout).run_id]).toEqual([0, runId]);
	expect(searches() - before).toBe(1);
});
