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

test('one task with its tries, its container, its MLflow run and its model version', async () => {
	const { stdout, exitCode } = await laketop('task', 'model_training');
	expect(exitCode).toBe(0);
	expect(stdout).toMatch(
		/\nmodel_training\nsuccess since \S+Z, duration \d:\d\d\nUsually \d:\d\d, P90 \d:\d\d \(\d+ succ/,
	);
	expect(stdout).toMatch(/\nOperator +PythonOperator\n/);
	expect(stdout).toMatch(/\nHost +[0-9a-f]{12}, container airflow-worker\n/);
	expect(stdout).toMatch(/\nMLflow run +model_training, finished, started \S+Z\n/);
	expect(stdout).toMatch(/\nModel version +\S+ v\d+/);
	expect(stdout).toMatch(/\nTries\n +TRY +STATE .*\n +1 +success /);
	expect(stdout).toMatch(/\nXCom \(keys\)\n +return_value {2}\S+Z\n/);
	expect(stdout).not.toContain('guess');
});

test('as JSON all figures; the value of an XCom only where it is asked for', async () => {
	const document = documentOf(documents.task, (await laketop('task', 'model_training', '--json')).stdout);
	expect(document.tasks).toHaveLength(1);
	expect(document.detail).toMatchObject({
		...{ operator: 'PythonOperator', queue: 'default', pool_slots: 1, xcom: null, not_fetched: [] },
		...{ container: { name: 'airflow-worker', is_guess: false }, xcoms: [{ key: 'return_value' }] },
		...{ mlflow_run: { run_name: 'model_training', is_guess: false }, model_version: { is_guess: false } },
	});
	const asked = await laketop('task', 'raw_to_bronze', '--xcom', 'return_value', '--json');
	expect(documentOf(documents.task, asked.stdout).detail?.xcom?.text).toMatch(/rows_ingested/);
	expect((await laketop('task', 'raw_to_bronze', '--xcom', 'return_value')).stdout).toMatch(
		/\nXCom return_value\n\{'rows_ingested': \d+\}\n$/,
	);
	expect((await laketop('task', 'raw_to_bronze', '--xcom', 'nosuch')).exitCode).not.toBe(0);
});

test('of a mapped task all instances, or the one of an index', async () => {
	const all = await laketop('task', 'ingest.orders.load', 'store_sales_nightly');
	expect(all.stdout.match(/^ingest\.orders\.load\[\d\]/gm)).toHaveLength(8);
	const document = await laketop('task', 'ingest.orders.load', 'store_sales_nightly', '--json');
	expect(documentOf(documents.task, document.stdout)).toMatchObject({ detail: null });
	const one = await laketop('task', 'ingest.orders.load[7]', 'store_sales_nightly');
	expect(one.stdout).toMatch(/\ningest\.orders\.load\[7\]\n/);
	expect(one.stdout).toMatch(/\nRendered fields\n {2}op_args: \["part-7"\]\n/);
});

test('an unknown task and an unknown DAG are refused as by every command', async () => {
	const unknown = await laketop('task', 'model_trainin');
	expect(unknown.exitCode).toBe(2);
	expect(unknown.stderr).toMatch(/no task model_trainin.*model_training/);
	expect((await laketop('task', 'x', 'nosuch')).stderr).toContain('Airflow has no DAG nosuch');
});
