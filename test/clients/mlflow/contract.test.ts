import { describe, expect, test } from 'vitest';
import { MlflowClient } from '../../../source/clients/mlflow/mlflow.ts';
import { failureOf } from '../../../source/model/failures/failure.ts';
import { metricNumber } from '../../../source/model/mlflow/experiment.ts';
import { closeLater, scriptedServer } from '../airflow/scripted-server.ts';
import { answerOf, recordedServer, recordedVersions } from './recorded-server.ts';

/** What the client reads from each generation's recorded responses. */
const experiments = { '2.9.2': 'lakehouse_ml_pipeline', '3.17.2': 'churn' } as const;

describe.each(recordedVersions)('MLflow %s', version => {
	const name = experiments[version];

	test('version, experiment, names of all', async () => {
		const { mlflow } = await recordedServer(version);
		expect(await mlflow.version()).toBe(version);
		expect(await mlflow.experimentByName(name)).toMatchObject({ experimentId: '1', name });
		expect(await mlflow.experimentByName('nothing')).toBeNull();
		expect(await mlflow.experimentNames()).toEqual(expect.arrayContaining(['Default', name]));
	});

	test('runs with status, times, metrics, params and tags', async () => {
		const { mlflow } = await recordedServer(version);
		const runs = await mlflow.runs('1', 200);
		expect(runs.length).toBeGreaterThan(5);
		for (const run of runs) {
			expect(run.runId).toMatch(/^[0-9a-f]{32}$/);
			expect(['RUNNING', 'FINISHED', 'FAILED']).toContain(run.status);
			expect(run.startedAt).toBeGreaterThan(1.7e12);
			expect(run.endedAt === null).toBe(run.status === 'RUNNING');
		}
		expect(runs.flatMap(run => run.metrics).map(metric => metric.key)).toContain('accuracy');
		expect(runs.some(run => run.params.length > 0 && run.tags.length > 0)).toBe(true);
	});

	test('model versions, newest first', async () => {
		const { mlflow } = await recordedServer(version);
		const versions = await mlflow.modelVersions(50);
		expect(versions.length).toBeGreaterThan(1);
		expect(versions.map(one => one.createdAt)).toEqual(versions.map(one => one.createdAt).toSorted((a, b) => b - a));
		for (const one of versions) expect(one).toMatchObject({ status: 'READY', stage: 'None' });
	});
});

test('MLflow 3: metrics that are no numbers, and runs of children', async () => {
	const { mlflow } = await recordedServer('3.17.2');
	const runs = await mlflow.runs('1', 200);
	const of = (runName: string) => runs.find(run => run.runName === runName);
	expect(of('still')?.metrics.map(metric => metricNumber(metric.value))).toEqual([Number.POSITIVE_INFINITY]);
	expect(of('train-2')?.metrics.find(metric => metric.key === 'val_auc')?.value).toBe('NaN');
	expect(of('fold-2')?.tags).toContainEqual({ key: 'mlflow.parentRunId', value: of('train-2')?.runId });
});

test('MLflow 3: the search of versions leaves aliases out; their models have them', async () => {
	const { mlflow } = await recordedServer('3.17.2');
	const aliases = (await mlflow.modelVersions(50)).map(({ name, version, aliases: of }) => [name, version, of]);
	expect(aliases).toEqual([
		['fraud', '2', ['challenger']],
		['fraud', '1', ['champion']],
	]);
});

test('MLflow finds deleted experiments by name too', async () => {
	const { mlflow } = await recordedServer('3.17.2');
	expect(await mlflow.experimentByName('old')).toBe('deleted');
	expect(await mlflow.experimentNames()).not.toContain('old');
});

test('MLflow 3 refuses a Host header that it does not know', async () => {
	const { mlflow } = await recordedServer('3.17.2', {}, () => answerOf('3.17.2', 'error.403.host.json'));
	const refused = failureOf(await mlflow.experimentNames().catch(error => error));
	expect(refused).toMatchObject({ kind: 'unauthorised', code: 'host-header' });
});

test('MLflow 3: models that runs logged, in each state, and the versions made of them', async () => {
	const { mlflow, asked } = await recordedServer('3.17.2');
	const models = await mlflow.loggedModels('1', 50);
	expect(models.map(({ name, status }) => `${name} ${status}`)).toEqual([
		...['model-5 PENDING', 'model-4 READY', 'model-3 UPLOAD_FAILED', 'model-2 READY', 'model-1 READY', 'model-0 READY'],
	]);
	const runs = await mlflow.runs('1', 200);
	const nameOf = (runId: string | null) => runs.find(run => run.runId === runId)?.runName;
	expect(models.map(({ runId }) => nameOf(runId))[0]).toBe('train-5');
	const versions = await mlflow.modelVersions(50);
	expect(versions.map(({ modelId }) => models.find(one => one.modelId === modelId)?.name)).toEqual([
		'model-1',
		'model-0',
	]);
	expect(versions.map(({ tags }) => tags)).toEqual([[{ key: 'validated', value: 'yes' }], []]);
	expect(asked.map(({ body }) => body).find(body => body.includes('creation_timestamp'))).toContain(
		'"ascending":false',
	);
});

test('MLflow 3: prompts are not among the models', async () => {
	const { mlflow } = await recordedServer('3.17.2');
	expect(await mlflow.prompts()).toMatchObject([
		{ name: 'greet', version: '2', aliases: [{ alias: 'production', version: '1' }] },
	]);
	expect((await mlflow.modelVersions(50)).map(({ name }) => name)).not.toContain('greet');
});

test('MLflow 3 counts traces; an older server does not', async () => {
	const window = { now: 1_000_000_000, windowMs: 3_600_000 };
	const { mlflow, asked } = await recordedServer('3.17.2');
	const figures = await mlflow.traces('1', window);
	expect(figures).toMatchObject({ windowMs: 3_600_000, count: 5, failed: 1 });
	expect(figures?.p95Ms).toBeGreaterThan(0);
	expect(asked.map(({ body }) => JSON.parse(body).start_time_ms)).toEqual([996_400_000, 996_400_000]);
	const none = await recordedServer('3.17.2', {}, () => [200, {}]);
	expect(await none.mlflow.traces('1', window)).toMatchObject({ count: 0, p95Ms: null });
	expect(none.asked).toHaveLength(1);
	expect(await (await recordedServer('2.9.2')).mlflow.traces('1', window)).toBeNull();
});

describe('the history of a metric', () => {
	const history = (name: string) => (one: { readonly line: string }) =>
		one.line.includes('/metrics/get-history') ? name : undefined;

	test('MLflow 3 is asked for a sample; NaN and infinity are among the values', async () => {
		const { mlflow, asked } = await recordedServer('3.17.2', {}, one =>
			history('interval')(one) ? answerOf('3.17.2', 'metric-history-interval.json') : undefined,
		);
		const { steps, values, part } = await mlflow.metricHistory({
			runId: 'r 1',
			key: 'loss/a',
			steps: { from: 0.5, to: 9.5 },
		});
		expect(part).toBe('all');
		expect([...steps]).toEqual(Array.from({ length: 40 }, (_, step) => step));
		expect([values[0], values[10], values[20], values[39]]).toEqual([1, Number.NaN, Number.POSITIVE_INFINITY, 1 / 40]);
		expect(asked.map(({ line }) => line)).toEqual([
			'GET /ajax-api/2.0/mlflow/metrics/get-history-bulk-interval?run_ids=r%201&metric_key=loss%2Fa&max_results=1000&start_step=0&end_step=10',
		]);
	});

	test('MLflow 2.9 has no samples: 25,000 points at most, with a bare NaN; it is asked for a sample once', async () => {
		const { mlflow, asked } = await recordedServer('2.9.2', {}, one =>
			one.line.includes('bulk-interval')
				? answerOf('2.9.2', 'error.404.history-interval.json')
				: history('bulk')(one)
					? answerOf('2.9.2', 'metric-history-bulk.json')
					: undefined,
		);
		for (let time = 0; time < 2; time++) {
			const { values, times, part } = await mlflow.metricHistory({ runId: 'a', key: 'loss' });
			expect(part).toBe('all');
			expect([values[9], values[10], values[20]]).toEqual([0.1, Number.NaN, Number.POSITIVE_INFINITY]);
			expect((times[1] ?? 0) - (times[0] ?? 0)).toBe(1000);
		}
		expect(asked.map(({ line }) => line.replace(/.*mlflow\/metrics\//, ''))).toEqual([
			'get-history-bulk-interval?run_ids=a&metric_key=loss&max_results=1000',
			'get-history-bulk?run_id=a&metric_key=loss&max_results=25000',
			'get-history-bulk?run_id=a&metric_key=loss&max_results=25000',
		]);
	});

	test('what is as long as the limit is a part; what is longer is refused; a deleted run is no old server', async () => {
		const points = (count: number) =>
			Array.from({ length: count }, (_, step) => ({ key: 'loss', value: 1, timestamp: 1e12, step }));
		let count = 1000;
		const { url, asked } = await scriptedServer(one => {
			if (one.line.includes('run_ids=gone'))
				return [404, { error_code: 'RESOURCE_DOES_NOT_EXIST', message: 'Run with id=gone not found' }];
			return [200, { metrics: points(count) }];
		});
		const mlflow = closeLater(new MlflowClient(url));
		expect((await mlflow.metricHistory({ runId: 'a', key: 'loss' })).part).toBe('spread');
		expect(failureOf(await mlflow.metricHistory({ runId: 'gone', key: 'loss' }).catch(error => error)).kind).toBe(
			'not-found',
		);
		count = 25_001;
		expect(failureOf(await mlflow.metricHistory({ runId: 'a', key: 'loss' }).catch(error => error)).kind).toBe(
			'protocol',
		);
		expect(asked.every(({ line }) => line.includes('bulk-interval'))).toBe(true);
	});
});

test('a search sends filter, order and page; a full last page leads to an empty one, which is the end', async () => {
	const pages = [{ next_page_token: 'b64' }, {}];
	const { mlflow, asked } = await recordedServer('2.9.2', {}, ({ line }) =>
		line.includes('runs/search') ? [200, pages.shift()] : undefined,
	);
	const search = { experimentId: '1', filter: "status = 'FAILED'", orderBy: 'metrics.`a` DESC', limit: 5000 };
	expect(await mlflow.pageOfRuns({ ...search, page: 'a64' })).toEqual({ runs: [], nextPage: null });
	expect(JSON.parse(asked[0]?.body ?? '')).toEqual({
		experiment_ids: ['1'],
		max_results: 1000,
		filter: "status = 'FAILED'",
		order_by: ['metrics.`a` DESC'],
		page_token: 'a64',
	});
});

test('the datasets of a run, with what they were read for', async () => {
	// As 2.9.2 and 3.17.2 answer after `runs/log-inputs`.
	const inputs = {
		dataset_inputs: [
			{
				tags: [{ key: 'mlflow.data.context', value: 'training' }],
				dataset: { name: 'customers', digest: 'a1b2c3d4', source_type: 'local', source: '{}', schema: '{}' },
			},
			{ dataset: { name: 'other', digest: 'e5f6' } },
		],
	};
	const info = { run_id: 'r', experiment_id: '1', status: 'FINISHED', start_time: 1 };
	const { url } = await scriptedServer(() => [
		200,
		{
			runs: [
				{ info, inputs },
				{ info, inputs: {} },
			],
		},
	]);
	const runs = await closeLater(new MlflowClient(url)).runs('1', 200);
	expect(runs.map(({ datasets }) => datasets)).toEqual([
		[
			{ name: 'customers', digest: 'a1b2c3d4', context: 'training', sourceType: 'local' },
			{ name: 'other', digest: 'e5f6', context: null, sourceType: null },
		],
		undefined,
	]);
});
