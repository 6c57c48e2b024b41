import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { documents } from '../../source/command-line/json/documents.ts';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { startAlteredDemo } from '../fuzz/altered-demo.ts';
import { all, textOf, xmlOf } from '../xml.ts';
import { addressesOf, documentOf, type RunOptions, runLaketop } from './harness.ts';

let demo: DemoStack;
let folder: string;
beforeEach(async () => {
	demo = await startDemo({ autonomous: false });
	folder = mkdtempSync(join(tmpdir(), 'laketop-report-'));
});
afterEach(async () => {
	rmSync(folder, { recursive: true, force: true });
	await demo.close();
});
const laketop = (words: readonly string[], options: RunOptions = {}) =>
	runLaketop([...addressesOf(demo), ...words], { compose: demo.compose, workingDirectory: folder, ...options });
const reportOf = async (...words: readonly string[]) =>
	documentOf(documents.report, (await laketop(['report', '--json', ...words])).stdout);

/** The DAG run of the demo's history that failed. */
async function failedRun(): Promise<string> {
	const { stdout } = await laketop(['runs', '--state', 'failed', '--json']);
	return documentOf(documents.runs, stdout).runs[0]?.dag_run_id ?? '';
}

test('the newest finished run against the others, with its metrics and its model', async () => {
	const { run, duration, tasks, mlflow_runs, models, chart, failures, history } = await reportOf();
	expect(run.state).toBe('success');
	expect(failures).toEqual([]);
	const { stdout } = await laketop(['trend', '--json']);
	const trend = documentOf(documents.trend, stdout);
	expect(run.dag_run_id).toBe(trend.run.runs[0]?.dag_run_id);
	expect(duration.elapsed_ms).toBe(trend.run.runs[0]?.elapsed_ms);
	// Its own duration does not count: one fewer than those of the trend.
	expect(duration.runs).toBe(trend.run.runs.filter(({ state }) => state === 'success').length - 1);
	expect(history.at(-1)).toMatchObject({ dag_run_id: run.dag_run_id, elapsed_ms: duration.elapsed_ms });
	expect(tasks.map(({ task_id }) => task_id)).toEqual(chart?.tasks.map(({ task_id }) => task_id));
	expect(tasks.every(({ median_ms, elapsed_ms }) => median_ms !== null && elapsed_ms !== null)).toBe(true);
	expect(mlflow_runs.map(({ run_name }) => run_name)).toContain('model_evaluation');
	const accuracy = mlflow_runs.flatMap(({ metrics }) => metrics).find(({ key }) => key === 'accuracy');
	expect(accuracy?.verdict).toBe(Number(accuracy?.value) > Number(accuracy?.before) ? 'better' : 'worse');
	expect(models[0]?.champion?.newest).toBe(models[0]?.version);
});

test('Markdown: one page that says it in words', async () => {
	const { stdout, exitCode } = await laketop(['report'], { columns: 80 });
	expect(exitCode).toBe(0);
	expect(stdout).toMatch(/^# ml_pipeline_end_to_end: success\n\n- \*\*DAG run:\*\* `scheduled__/);
	expect(stdout).toMatch(/Duration:\*\* \*\*\d:\d\d\*\* \(usual \d:\d\d, P90 \d:\d\d, from \d+ runs\)/);
	expect(stdout).toMatch(/critical path: \d:\d\d running, \d:\d\d waiting \(\d+%\)/);
	expect(stdout).toMatch(/\| `raw_to_bronze` ◂ \| success \| \d:\d\d \|/);
	expect(stdout).toMatch(/\| `model_evaluation` \| `accuracy` \| 0\.\d+ \| 0\.\d+ \| (?:better|worse) \|/);
	expect(stdout).not.toContain('## What failed');
	expect(stdout).not.toContain('\x1b');
});

test('a failed run: the diagnosis, the error of the log, and the try before', async () => {
	const id = await failedRun();
	const report = await reportOf('--run', id);
	expect(report.run).toMatchObject({ dag_run_id: id, state: 'failed' });
	expect(report.failures).toHaveLength(1);
	const [failure] = report.failures;
	expect(failure).toMatchObject({ task_id: 'model_training', try_number: 2 });
	expect(failure?.log_tail.length).toBeGreaterThan(0);
	expect(report.retries).toMatchObject([{ task_id: 'model_training', try_number: 1 }]);
	expect(report.diagnosis[0]?.title).toContain('model_training');
	const { stdout, exitCode } = await laketop(['report', '--run', id]);
	expect(exitCode).toBe(0);
	expect(stdout).toMatch(/## What failed\n[\s\S]*`model_training`, try 2: `/);
	expect(stdout).toMatch(/## What was retried\n[\s\S]*`model_training`: 1 retry/);
});

test('HTML in a file of its own: well-formed, with all pictures, and nothing to load', async () => {
	const { exitCode, stdout } = await laketop(['report', '--format', 'html', '-o', 'report.html', '--lang', 'ko']);
	expect([exitCode, stdout]).toEqual([0, '']);
	const text = readFileSync(join(folder, 'report.html'), 'utf8');
	const root = xmlOf(text.replace('<!doctype html>\n', '').trim());
	expect(root.attributes.lang).toBe('ko');
	const captions = all(root, 'figcaption').map(textOf);
	expect(captions.slice(0, 4)).toEqual([
		...['시간 축에 놓은 작업', '작업 그래프', '최근 DAG 실행의 소요 시간', '최근 DAG 실행의 작업'],
	]);
	// The loss of the training has steps, the accuracy is one point of each MLflow run.
	expect(captions).toContain('model_training의 loss(step별)');
	expect(captions.some(caption => /의 accuracy\(MLflow 실행별\)/.test(caption))).toBe(true);
	expect(all(root, 'svg')).toHaveLength(captions.length);
	expect(all(root, 'h2').map(textOf)).toEqual(['소요 시간', '메트릭과 모델']);
	expect(text).not.toMatch(/https?:|<script|src=|href=/);
	const again = await laketop(['report', '-o', 'report.html']);
	expect([again.exitCode, again.stderr]).toEqual([2, expect.stringContaining('it already exists')]);
});

test('an active run up to now; without a finished run there is nothing to report', async () => {
	const id = demo.scenario.triggerRun({ token: 'hunter2-secret' });
	const active = await reportOf('--run', 'newest');
	expect(active.run).toMatchObject({ dag_run_id: id, ended_at: null, conf: { token: '•••' } });
	expect((await reportOf()).run.dag_run_id).not.toBe(id);
	const { stdout } = await laketop(['report', '--run', id]);
	expect(stdout).not.toContain('hunter2');
	expect((await laketop(['report', '--run', 'nosuch'])).exitCode).toBe(2);
	expect((await laketop(['report', 'nosuch'])).stderr).toContain('Airflow has no DAG nosuch');
});

test('without MLflow the rest is reported, and why it is missing', async () => {
	await demo.scenario.takeDown('mlflow');
	const report = await reportOf();
	expect(report.mlflow_problem).not.toBeNull();
	expect(report.tasks).toHaveLength(7);
	expect((await laketop(['report'])).stdout).toContain('## Metrics and models');
	await demo.scenario.bringUp('mlflow');
});

test('a server that counts two thousand million tries is reported as well', async () => {
	await demo.close();
	const altered = await startAlteredDemo({
		answer: (value, path) =>
			path.includes('taskInstances')
				? JSON.parse(JSON.stringify(value).replaceAll(/"try_number":\d+/g, '"try_number":2147483647'))
				: value,
	});
	demo = altered.demo;
	try {
		const { stdout, exitCode } = await runLaketop(['report', ...altered.addresses], { compose: demo.compose });
		expect(exitCode).toBe(0);
		expect(stdout).toContain('raw_to_bronze');
	} finally {
		await altered.close();
	}
});
