import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AirflowClient } from '../../../source/clients/airflow/airflow.ts';
import { AirflowV1Client } from '../../../source/clients/airflow/v1/airflow-v1.ts';
import { AirflowV2Client } from '../../../source/clients/airflow/v2/airflow-v2.ts';
import { type DemoStack, startDemo } from '../../../source/demo/index.ts';
import { failureOf } from '../../../source/model/failures/failure.ts';

const dagId = 'ml_pipeline_end_to_end';
const login = { username: 'admin', password: 'admin' };

describe.each([
	['Airflow 2', '2', AirflowV1Client],
	['Airflow 3', '3', AirflowV2Client],
] as const)('one task of %s', (_, airflow, Client) => {
	let demo: DemoStack;
	let client: AirflowClient;
	beforeAll(async () => {
		demo = await startDemo({ autonomous: false, airflow });
		client = new Client(demo.airflowUrl, login);
	});
	afterAll(async () => {
		await client.close();
		await demo.close();
	});
	/** A task of a run that succeeded. */
	const given = async (taskId: string, ofDag = dagId) => {
		const { runs } = await client.findRuns(ofDag, { limit: 20, states: ['success'] });
		const [run] = runs;
		if (!run) throw new Error('no run succeeded');
		const tasks = (await client.taskInstances(ofDag, run.dagRunId)).filter(one => one.taskId === taskId);
		const task = tasks.toSorted((a, b) => a.mapIndex - b.mapIndex).at(-1);
		if (!task) throw new Error(`no ${taskId}`);
		return { task, runs, requests: await client.taskRequests() };
	};

	test('its details have the fields of the lists, and more', async () => {
		const { task, requests } = await given('raw_to_bronze');
		const detail = await requests.detail(task);
		expect(detail).toMatchObject({ ...task, operator: 'PythonOperator', label: null });
		expect(detail.pid).toBeGreaterThan(0);
		// Fields without a value are left out.
		expect(detail.fields).toEqual([]);
	});

	test('what it has pushed: keys, and the value of one', async () => {
		const { task, requests } = await given('raw_to_bronze');
		const keys = await requests.xcomKeys(task);
		expect(keys).toEqual([{ key: 'return_value', pushedAt: expect.any(Number), mapIndex: -1 }]);
		expect(JSON.stringify(await requests.xcomValue(task, 'return_value'))).toMatch(/rows_ingested\D+10000/);
		const failure = await requests.xcomValue(task, 'nosuch').catch(failureOf);
		expect(failure).toMatchObject({ kind: 'not-found' });
	});

	test('an instance of a mapped task has its own fields', async () => {
		const { task, requests } = await given('ingest.orders.load', 'store_sales_nightly');
		expect(task.mapIndex).toBe(7);
		expect((await requests.detail(task)).fields).toEqual([{ name: 'op_args', value: ['part-7'] }]);
		expect(await requests.xcomKeys(task)).toEqual([]);
	});

	test('its instances in other runs, with one request', async () => {
		const { task, runs, requests } = await given('raw_to_bronze');
		const all = await requests.inRuns(task.taskId, runs);
		expect(new Set(all.map(({ dagRunId }) => dagRunId))).toEqual(new Set(runs.map(({ dagRunId }) => dagRunId)));
		expect(new Set(all.map(({ taskId }) => taskId))).toEqual(new Set(['raw_to_bronze']));
		expect(await requests.inRuns(task.taskId, [])).toEqual([]);
	});
});
