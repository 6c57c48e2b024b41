/** The embedded MLflow 3 responds with the fields and types of recorded responses of the real one. */
import { readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { bodyOf, handClock, mlflow, send } from './requests.ts';
import { differences } from './shape.ts';

const recorded = (file: string) =>
	JSON.parse(readFileSync(join(import.meta.dirname, '../fixtures/recorded/mlflow-3.17.2', file), 'utf8'));

const clock = handClock();
let demo: DemoStack;
beforeAll(async () => {
	demo = await startDemo({ now: clock.now, autonomous: false, airflow: '3', mlflow: '3' });
});
afterAll(() => demo.close());

const isPrompt = encodeURIComponent("tags.`mlflow.prompt.is_prompt` = 'true'");
const newest = encodeURIComponent('creation_timestamp DESC');
const order_by = [{ field_name: 'creation_timestamp', ascending: false }];
const experiment_ids = ['1'];
const traces = (path: string, body: object) =>
	fetch(`${demo.mlflowUrl}/api/3.0/mlflow/traces/${path}`, send('POST', body));
const locations = [{ type: 'MLFLOW_EXPERIMENT', mlflow_experiment: { experiment_id: '1' } }];
const figures = { experiment_ids, view_type: 'TRACES' };

test.each<[string, () => Promise<Response>]>([
	['experiments-search.json', () => mlflow(demo, 'experiments/search?max_results=10')],
	['experiment-by-name.json', () => mlflow(demo, 'experiments/get-by-name?experiment_name=lakehouse_ml_pipeline')],
	['runs-search.json', () => mlflow(demo, 'runs/search', { experiment_ids, max_results: 200 })],
	['model-versions-search.json', () => mlflow(demo, `model-versions/search?max_results=50&order_by=${newest}`)],
	['registered-models-search.json', () => mlflow(demo, 'registered-models/search?max_results=100')],
	['prompts-search.json', () => mlflow(demo, `registered-models/search?max_results=100&filter=${isPrompt}`)],
	['prompt-versions-search.json', () => mlflow(demo, `model-versions/search?max_results=100&filter=${isPrompt}`)],
	[
		'logged-models-search.json',
		() => mlflow(demo, 'logged-models/search', { experiment_ids, max_results: 50, order_by }),
	],
	[
		'logged-models-search.page.json',
		() => mlflow(demo, 'logged-models/search', { experiment_ids, max_results: 2, order_by }),
	],
	['traces-search.json', () => traces('search', { locations, max_results: 500, order_by: ['timestamp_ms DESC'] })],
	[
		'traces-metrics.count.json',
		() =>
			traces('metrics', {
				...figures,
				metric_name: 'trace_count',
				aggregations: [{ aggregation_type: 'COUNT' }],
				dimensions: ['trace_status'],
			}),
	],
	[
		'traces-metrics.latency.json',
		() =>
			traces('metrics', {
				...figures,
				metric_name: 'latency',
				aggregations: [{ aggregation_type: 'PERCENTILE', percentile_value: 95 }],
			}),
	],
])('MLflow 3: %s', async (file, ask) => {
	const answer = await ask();
	expect(answer.status).toBe(200);
	// Names of metadata are those of the program that traced.
	const maps = ['.traces[].trace_metadata', '.traces[].tags'];
	// No model of the recorded page was registered.
	const apart = ['.runs[].info.end_time', ...(file.includes('.page.') ? ['.models[].info.tags'] : [])];
	expect(differences(recorded(file), await bodyOf(answer), { maps, apart })).toEqual([]);
});

/** With `node:http`, because fetch does not let the Host header be set. */
function ask(path: string, host?: string): Promise<{ status: number; contentType: string | undefined; body: string }> {
	return new Promise((resolve, reject) => {
		const headers = host === undefined ? {} : { host };
		const asked = httpRequest(new URL(path, demo.mlflowUrl), { headers }, async answer => {
			let body = '';
			for await (const part of answer) body += String(part);
			resolve({ status: answer.statusCode ?? 0, contentType: answer.headers['content-type'], body });
		});
		asked.on('error', reject).end();
	});
}

test.each([
	['version.json', '/version', undefined],
	['health.json', '/health', undefined],
	['error.404.experiment.json', '/api/2.0/mlflow/experiments/get-by-name?experiment_name=nothing', undefined],
	['error.404.logged-models.json', '/api/2.0/mlflow/no-such-models/search', undefined],
	['error.403.host.json', '/api/2.0/mlflow/experiments/search?max_results=1', 'mlflow.example.org'],
])('MLflow 3, word for word: %s', async (file, path, host) => {
	const { status, contentType, body } = recorded(file);
	const answer = await ask(path, host);
	const said = contentType === 'application/json' ? JSON.parse(answer.body) : answer.body;
	expect([answer.status, answer.contentType, said]).toEqual([status, contentType, body]);
});

test('the models of runs are those of the versions; prompts are no models', async () => {
	const { model_versions } = await bodyOf(await mlflow(demo, 'model-versions/search?max_results=50'));
	const { models } = await bodyOf(await mlflow(demo, 'logged-models/search', { experiment_ids, max_results: 50 }));
	const ids = models.map((one: { info: { model_id: string } }) => `models:/${one.info.model_id}`);
	const sources = model_versions.map((one: { source: string }) => one.source);
	expect(sources.length).toBeGreaterThan(5);
	expect(new Set(sources)).toEqual(new Set(ids));
	const { registered_models } = await bodyOf(await mlflow(demo, 'registered-models/search?max_results=100'));
	expect(registered_models.map((one: { name: string }) => one.name)).toEqual(['lakehouse_model']);
});

test('the history of a metric has pages', async () => {
	const { runs } = await bodyOf(
		await mlflow(demo, 'runs/search', {
			experiment_ids,
			filter: "attributes.run_name = 'model_training' and attributes.status = 'FINISHED'",
		}),
	);
	const path = `metrics/get-history?run_id=${runs[0].info.run_id}&metric_key=loss`;
	const first = await bodyOf(await mlflow(demo, `${path}&max_results=15`));
	const second = await bodyOf(await mlflow(demo, `${path}&max_results=15&page_token=${first.next_page_token}`));
	expect([first.metrics.length, second.metrics.length, second.next_page_token]).toEqual([15, 5, undefined]);
});

test('MLflow 2 has none of it', async () => {
	const older = await startDemo({ now: clock.now, autonomous: false });
	try {
		expect((await mlflow(older, 'logged-models/search', { experiment_ids })).status).toBe(404);
		const answer = await fetch(`${older.mlflowUrl}/api/3.0/mlflow/traces/metrics`, send('POST', figures));
		expect(answer.status).toBe(404);
	} finally {
		await older.close();
	}
});
