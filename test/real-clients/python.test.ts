import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { isInstalled, output } from './installed.ts';

/** The Python clients of Airflow 2.8 and MLflow 3 on the demo's servers: they check each response against its model. */

let demo: DemoStack;
beforeAll(async () => {
	demo = await startDemo({ autonomous: false });
});
afterAll(() => demo.close());

/** From an environment with requirements.txt installed. */
const python = process.env.CLIENTS_PYTHON ?? 'python3';
const read = async (script: string, url: string) =>
	JSON.parse(await output(python, [join(import.meta.dirname, script), url]));

const hasAirflow = isInstalled("Airflow's Python client", python, ['-c', 'import airflow_client']);
const hasMlflow = isInstalled("MLflow's Python client", python, ['-c', 'import mlflow']);

test.skipIf(!hasAirflow)('apache-airflow-client', async () => {
	const got = await read('read_airflow.py', demo.airflowUrl);
	const stages = [
		'raw_to_bronze',
		'bronze_to_silver',
		'silver_to_gold',
		'feature_engineering',
		'model_training',
		'model_evaluation',
		'model_registry',
	];
	expect(got).toMatchObject({
		health: 'healthy',
		version: '2.8.0',
		dags: [
			...['data_quality_daily', 'iceberg_compaction', 'ml_pipeline_end_to_end', 'store_sales_nightly'],
			'superset_cache_warmup',
		],
		newest: 'success',
		tasks: Object.fromEntries(stages.map(stage => [stage, 'success'])),
		log: true,
		pools: ['default_pool'],
		import_errors: 0,
		triggered: ['by_the_client', 'queued', { pace: 600 }],
	});
	expect(got.graph.toSorted()).toEqual(stages.toSorted());
});

describe.skipIf(!hasMlflow)('mlflow', () => {
	test('experiments, runs, metric history and models', async () => {
		const got = await read('read_mlflow.py', demo.mlflowUrl);
		expect(got).toMatchObject({
			experiments: ['Default', 'lakehouse_ml_pipeline'],
			run: ['model_training', 'FINISHED', 'model'],
			same: true,
			model: ['lakehouse_model', true],
		});
		expect(got.steps).toEqual(got.steps.toSorted((a: number, b: number) => a - b));
		expect(got.steps.length).toBeGreaterThan(5);
		expect(got.losses.at(-1)).toBeLessThan(got.losses[0]);
		expect(got.versions.length).toBeGreaterThan(5);
	});
});
