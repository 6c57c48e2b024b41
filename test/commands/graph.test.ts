import { afterAll, beforeAll, expect, test } from 'vitest';
import { documents } from '../../source/command-line/json/documents.ts';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { xmlOf } from '../xml.ts';
import { addressesOf, documentOf, runLaketop } from './harness.ts';

let demo: DemoStack;
beforeAll(async () => {
	demo = await startDemo({ autonomous: false });
});
afterAll(() => demo.close());
const laketop = (...words: readonly string[]) =>
	runLaketop([...addressesOf(demo), ...words], { compose: demo.compose });

test('branches and joins of a DAG with the states of its newest run', async () => {
	const { stdout, exitCode } = await laketop('graph', 'data_quality_daily');
	expect(exitCode).toBe(0);
	expect(stdout).toMatch(/╭ collect_metrics ╮ │ /);
	expect(stdout).toMatch(/├─┼→│/);
	expect(stdout).toContain('╰ none_failed_min_one_success ╯');
	expect(stdout).toMatch(/✔ success/);
});

test('as JSON what the picture shows', async () => {
	const { stdout } = await laketop('graph', 'data_quality_daily', '--json');
	const { tasks, has_edges } = documentOf(documents.graph, stdout);
	expect(has_edges).toBe(true);
	expect(tasks.find(({ task_id }) => task_id === 'judge')).toMatchObject({
		operator: 'BranchPythonOperator',
		trigger_rule: 'all_success',
		downstream_task_ids: ['publish_report', 'notify_team'],
		states: [{ state: 'success', instances: 1 }],
	});
});

test('as an SVG image with every task once', async () => {
	const { stdout, exitCode } = await laketop('graph', '--svg');
	expect(exitCode).toBe(0);
	expect(stdout).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" .*>\n<title>ml_pipeline_end_to_end<\/title>/);
	expect(stdout.trimEnd()).toMatch(/<\/svg>$/);
	expect(stdout.match(/>raw_to_bronze</g)).toHaveLength(1);
	expect(xmlOf(stdout).name).toBe('svg');
	expect(stdout.match(/class="box /g)).toHaveLength(7);
	expect(stdout.match(/class="arrow /g)).toHaveLength(6);
});

test('an unknown DAG or run is refused as by every command', async () => {
	expect((await laketop('graph', 'nosuch')).stderr).toContain('Airflow has no DAG nosuch');
	expect((await laketop('graph', '--run', 'nosuch')).exitCode).toBe(2);
});
