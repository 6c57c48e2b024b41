import { afterEach, beforeEach, expect, test } from 'vitest';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { bodyOf, handClock, mlflow } from './requests.ts';

let clock = handClock();
let demo: DemoStack;
beforeEach(async () => {
	clock = handClock();
	demo = await startDemo({ now: clock.now, autonomous: false });
});
afterEach(() => demo.close());

const pass = (seconds: number): void => {
	for (let step = 0; step < seconds * 2; step++) {
		clock.pass(500);
		demo.scenario.tick();
	}
};
type Run = {
	info: { run_id: string; run_name: string; status: string; start_time: number; end_time?: number };
	data: { metrics?: { key: string; value: number | string }[] };
};
const search = async (body: object): Promise<{ runs?: Run[]; next_page_token?: string }> =>
	bodyOf(await mlflow(demo, 'runs/search', { experiment_ids: ['1'], ...body }));
const names = (runs: Run[] | undefined): string[] => (runs ?? []).map(({ info }) => info.run_name);
const metric = (run: Run | undefined, key: string) =>
	run?.data.metrics?.find(candidate => candidate.key === key)?.value;

test('health and version are plain texts', async () => {
	const text = async (path: string) => (await fetch(`${demo.mlflowUrl}/${path}`)).text();
	expect([await text('health'), await text('version')]).toEqual(['OK', '2.9.2']);
});

test('the newest runs come first, page by page', async () => {
	const all = await search({});
	expect(names(all.runs?.slice(0, 7))).toEqual([
		'model_registry',
		'model_evaluation',
		'model_training',
		'feature_engineering',
		'silver_to_gold',
		'bronze_to_silver',
		'raw_to_bronze',
	]);
	const first = await search({ max_results: 10 });
	const second = await search({ max_results: 10, page_token: first.next_page_token });
	expect([...(first.runs ?? []), ...(second.runs ?? [])]).toEqual(all.runs?.slice(0, 20));
});

test('filters compare attributes, tags, parameters and metrics', async () => {
	expect(
		new Set(
			names((await search({ filter: "attributes.run_name = 'model_evaluation' and metrics.accuracy > 0.9" })).runs),
		),
	).toEqual(new Set(['model_evaluation']));
	expect(new Set(names((await search({ filter: "params.layer = 'gold'" })).runs))).toEqual(new Set(['silver_to_gold']));
	expect(names((await search({ filter: 'tags.`task_id` LIKE "raw%" AND status != \'FAILED\'' })).runs)).toHaveLength(
		12,
	);
	expect(await search({ filter: 'metrics.accuracy > 2' })).toEqual({});
	const bad = await mlflow(demo, 'runs/search', { experiment_ids: ['1'], filter: 'loss >' });
	expect([bad.status, (await bodyOf(bad)).error_code]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
});

test('runs are ordered by a metric, those without it last', async () => {
	const { runs } = await search({ order_by: ['metrics.accuracy DESC'], max_results: 500 });
	const values = (runs ?? []).map(run => metric(run, 'accuracy'));
	const known = values.filter(value => value !== undefined);
	expect(known).toEqual([...known].sort((a, b) => Number(b) - Number(a)));
	expect(values.slice(known.length).every(value => value === undefined)).toBe(true);
});

test('metrics arrive while the model is trained, one point an epoch', async () => {
	const run = demo.scenario.triggerRun();
	while (demo.scenario.task(run, 'model_training').state !== 'running') pass(1);
	pass(2);
	const of = `tags.dag_run_id = '${run}' and attributes.run_name = 'model_training'`;
	const [running] = (await search({ filter: of })).runs ?? [];
	expect(running?.info).toMatchObject({ status: 'RUNNING' });
	expect(running?.info.end_time).toBeUndefined();
	const history = async () =>
		(await bodyOf(await mlflow(demo, `metrics/get-history?run_id=${running?.info.run_id}&metric_key=loss`))).metrics
			.length;
	const early = await history();
	pass(2);
	expect(await history()).toBeGreaterThan(early);
	pass(30);
	expect(await history()).toBe(20);
	const ofRun = encodeURIComponent(`run_id='${running?.info.run_id}'`);
	const [version] = (await bodyOf(await mlflow(demo, `model-versions/search?filter=${ofRun}`))).model_versions;
	expect(version).toMatchObject({
		name: 'lakehouse_model',
		version: '12',
		run_id: running?.info.run_id,
		status: 'READY',
	});
});

test('what is no number comes as text', async () => {
	demo.scenario.setMlflowMetric('model_training', 'loss', Number.NaN, 99);
	const [run] = (await search({ filter: "attributes.run_name = 'model_training'" })).runs ?? [];
	expect(metric(run, 'loss')).toBe('NaN');
});

test('a task fails when MLflow is gone', async () => {
	demo.scenario.stopContainer('mlflow');
	await demo.scenario.settled();
	await expect(mlflow(demo, 'experiments/search?max_results=1')).rejects.toThrow();
	const run = demo.scenario.triggerRun();
	pass(20);
	expect(demo.scenario.task(run, 'raw_to_bronze').attempts.get(1)?.lines.at(-4)?.text).toMatch(
		/MLflow at http:\/\/mlflow:5000 does not answer|Marking task/,
	);
	demo.scenario.startContainer('mlflow');
	pass(5);
	await demo.scenario.settled();
	expect((await mlflow(demo, 'experiments/search?max_results=1')).status).toBe(200);
});
