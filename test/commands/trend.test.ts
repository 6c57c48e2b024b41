import { afterAll, beforeAll, expect, test } from 'vitest';
import { documents } from '../../source/command-line/json/documents.ts';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { addressesOf, documentOf, runLaketop } from './harness.ts';

let demo: DemoStack;
beforeAll(async () => {
	demo = await startDemo({ autonomous: false });
});
afterAll(() => demo.close());
const laketop = (...words: readonly string[]) =>
	runLaketop([...addressesOf(demo), ...words], { compose: demo.compose });

test('durations over the runs with median and P90; as JSON all figures', async () => {
	const drawn = await laketop('trend');
	expect(drawn.exitCode).toBe(0);
	expect(drawn.stdout).toMatch(/last success .* ago · next run /);
	expect(drawn.stdout).toMatch(/DAG run +\S+ +\d:\d\d .*\d:\d\d +\d:\d\d +1\n/);
	expect(drawn.stdout).toMatch(/model_training +\S+ +.* 1 +1\n/);
	const document = documentOf(documents.trend, (await laketop('trend', '--runs', '5', '--json')).stdout);
	expect(document.run.runs).toHaveLength(5);
	expect(document.tasks.map(({ task_id }) => task_id)).toHaveLength(7);
	expect(document.run.p90_ms).toBeGreaterThanOrEqual(document.run.median_ms ?? Number.POSITIVE_INFINITY);
	expect(document.missed_runs).toBe(0);
	expect(document.landing.median_ms).toBeGreaterThan(document.run.median_ms ?? Number.POSITIVE_INFINITY);
});

test('an unknown DAG is refused as by every command', async () => {
	expect((await laketop('trend', 'nosuch')).stderr).toContain('Airflow has no DAG nosuch');
});
