/** The demo's responses have the fields and types of recorded responses of the real servers. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { airflow, bodyOf, docker, handClock, mlflow, send } from './requests.ts';
import { differences } from './shape.ts';

const recordedText = (file: string): string =>
	readFileSync(join(import.meta.dirname, '../fixtures/recorded', file), 'utf8');
const recorded = (file: string): unknown => JSON.parse(recordedText(file));
/** Recorded with status and type around the body. */
const whole = (file: string): { status: number; contentType: string; body: Record<string, unknown> } =>
	JSON.parse(recordedText(file));

const DAG = '/api/v1/dags/ml_pipeline_end_to_end';
const clock = handClock();
let demo: DemoStack;
/** The active run, the newest successful run, the failed run. */
const runs = { running: '', success: '', failed: '' };

beforeAll(async () => {
	demo = await startDemo({ now: clock.now, autonomous: false });
	runs.running = demo.scenario.triggerRun({ pace: 3 });
	const training = () => demo.scenario.task(runs.running, 'model_training').startedAt ?? clock.now();
	while (clock.now() - training() < 2000) {
		clock.pass(1000);
		demo.scenario.tick();
	}
	const { dag_runs } = await bodyOf(await airflow(demo, `${DAG}/dagRuns?order_by=-execution_date`));
	for (const { dag_run_id, state } of dag_runs) {
		if (state === 'success') runs.success ||= dag_run_id;
		if (state === 'failed') runs.failed = dag_run_id;
	}
});
afterAll(() => demo.close());

const tasks = (run: string): string => `${DAG}/dagRuns/${encodeURIComponent(run)}/taskInstances`;
const BATCH = '/api/v1/dags/~/dagRuns/~/taskInstances/list';

test.each([
	['health.json', () => airflow(demo, '/api/v1/health')],
	['version.json', () => airflow(demo, '/api/v1/version')],
	['dags.json', () => airflow(demo, '/api/v1/dags')],
	['dag.json', () => airflow(demo, DAG)],
	['dag-details.json', () => airflow(demo, `${DAG}/details`)],
	['dag-tasks.json', () => airflow(demo, `${DAG}/tasks`)],
	['dag-runs.json', () => airflow(demo, `${DAG}/dagRuns?limit=5`)],
	['dag-run.running.json', () => airflow(demo, `${DAG}/dagRuns/${encodeURIComponent(runs.running)}`)],
	['dag-run.failed.json', () => airflow(demo, `${DAG}/dagRuns/${encodeURIComponent(runs.failed)}`)],
	['task-instances.running.json', () => airflow(demo, tasks(runs.running))],
	['task-instances.finished.json', () => airflow(demo, tasks(runs.success))],
	['task-instances.failed.json', () => airflow(demo, tasks(runs.failed))],
	[
		'task-instances.batch.json',
		() => airflow(demo, BATCH, send('POST', { dag_run_ids: [runs.failed], state: ['failed', 'upstream_failed'] })),
	],
	['task-log.json', () => airflow(demo, `${tasks(runs.success)}/model_training/logs/1`)],
	['pools.json', () => airflow(demo, '/api/v1/pools')],
	['event-logs.json', () => airflow(demo, '/api/v1/eventLogs?limit=5&order_by=-event_log_id')],
	['xcom.json', () => airflow(demo, `${tasks(runs.success)}/raw_to_bronze/xcomEntries/return_value`)],
	['import-errors.empty.json', () => airflow(demo, '/api/v1/importErrors')],
	[
		'import-errors.json',
		() => {
			demo.scenario.addImportError('broken_dag.py', "ModuleNotFoundError: No module named 'no_such_module'\n");
			return airflow(demo, '/api/v1/importErrors');
		},
	],
	[
		'clear.dry-run.json',
		() => airflow(demo, `${DAG}/clearTaskInstances`, send('POST', { only_failed: false, dag_run_id: runs.success })),
	],
	['trigger.json', () => airflow(demo, `${DAG}/dagRuns`, send('POST', { conf: { pace: 3 } }))],
])('Airflow: %s', async (file, ask) => {
	const answer = await ask();
	const maps = ['.conf', '.dag_runs[].conf', '.params', '.tasks[].params'];
	// The recorded stack has but one DAG, of one kind of schedule and operator.
	const apart = ['.dags[].schedule_interval', '.tasks[].execution_timeout'];
	expect(answer.status).toBe(200);
	expect(differences(recorded(`airflow-2.8.0/${file}`), await bodyOf(answer), { maps, apart })).toEqual([]);
});

test.each([
	['error.401.json', () => fetch(`${demo.airflowUrl}/api/v1/dags`)],
	['error.404.dag.json', () => airflow(demo, '/api/v1/dags/no_such_dag')],
	['error.404.dag-run.json', () => airflow(demo, `${DAG}/dagRuns/no_such_run`)],
	['error.404.task-log.json', () => airflow(demo, `${tasks(runs.success)}/no_such_task/logs/1`)],
	['error.400.trigger.json', () => airflow(demo, `${DAG}/dagRuns`, send('POST', { logical_date: 'yesterday' }))],
	['error.400.unknown-field.json', () => airflow(demo, `${DAG}/dagRuns`, send('POST', { run_name: 'x' }))],
	[
		'error.400.clear.json',
		() =>
			airflow(
				demo,
				`${DAG}/clearTaskInstances`,
				send('POST', { dag_run_id: runs.success, start_date: '2026-01-01T00:00:00Z' }),
			),
	],
	['error.400.token.json', () => airflow(demo, `${tasks(runs.success)}/model_training/logs/1?token=forged`)],
	['task-log.never-ran.json', () => airflow(demo, `${tasks(runs.failed)}/model_registry/logs/1`)],
])('Airflow, word for word: %s', async (file, ask) => {
	const { status, contentType, body } = whole(`airflow-2.8.0/${file}`);
	const answer = await ask();
	const reported = await bodyOf(answer);
	// The signature depends on the server's key.
	const unsigned = (value: Record<string, unknown>) => ({
		...value,
		continuation_token: String(value.continuation_token).split('.')[0],
	});
	expect([answer.status, answer.headers.get('content-type')]).toEqual([status, contentType]);
	expect(unsigned(reported)).toEqual(unsigned(body));
});

test('Airflow answers 500 with a page when a conf does not fit the parameters', async () => {
	const { status, contentType } = whole('airflow-2.8.0/error.500.conf-refused.json');
	const answer = await airflow(demo, `${DAG}/dagRuns`, send('POST', { conf: { rows: 5 } }));
	expect([answer.status, answer.headers.get('content-type')]).toEqual([status, contentType]);
});

const trainingRun = async (): Promise<string> => {
	const filter = "attributes.run_name = 'model_training' and attributes.status = 'FINISHED'";
	return (await bodyOf(await search({ filter }))).runs[0].info.run_id;
};
const search = (body: object): Promise<Response> => mlflow(demo, 'runs/search', { experiment_ids: ['1'], ...body });

test.each([
	['experiments-search.json', () => mlflow(demo, 'experiments/search?max_results=10')],
	['experiment-by-name.json', () => mlflow(demo, 'experiments/get-by-name?experiment_name=lakehouse_ml_pipeline')],
	['runs-search.json', () => search({ filter: "attributes.status = 'FINISHED'" })],
	['runs-search.page.json', () => search({ max_results: 2 })],
	['runs-search.empty.json', () => search({ filter: "attributes.run_name = 'nothing'" })],
	['runs-search.running.json', () => search({ filter: "attributes.status = 'RUNNING'" })],
	['run.json', async () => mlflow(demo, `runs/get?run_id=${await trainingRun()}`)],
	[
		'metric-history.json',
		async () => mlflow(demo, `metrics/get-history?run_id=${await trainingRun()}&metric_key=loss`),
	],
	[
		'metric-history.empty.json',
		async () => mlflow(demo, `metrics/get-history?run_id=${await trainingRun()}&metric_key=none`),
	],
	['registered-models-search.json', () => mlflow(demo, 'registered-models/search')],
	['registered-model-by-alias.json', () => mlflow(demo, 'registered-models/alias?name=lakehouse_model&alias=champion')],
	['model-versions-search.json', () => mlflow(demo, 'model-versions/search?max_results=3')],
	['model-versions-search.empty.json', () => mlflow(demo, "model-versions/search?filter=name%3D'nothing'")],
	['artifacts.json', async () => mlflow(demo, `artifacts/list?run_id=${await trainingRun()}&path=model`)],
])('MLflow: %s', async (file, ask) => {
	const answer = await ask();
	expect(answer.status).toBe(200);
	expect(differences(recorded(`mlflow-2.9.2/${file}`), await bodyOf(answer))).toEqual([]);
});

test.each([
	['error.404.experiment.json', 'experiments/get-by-name?experiment_name=nothing'],
	['error.404.model.json', 'registered-models/get?name=nothing'],
	['error.404.run.json', 'runs/get?run_id=00000000000000000000000000000000'],
])('MLflow, word for word: %s', async (file, path) => {
	const { status, contentType, body } = whole(`mlflow-2.9.2/${file}`);
	const answer = await mlflow(demo, path);
	expect([answer.status, answer.headers.get('content-type'), await bodyOf(answer)]).toEqual([
		status,
		contentType,
		body,
	]);
});

const json = async (path: string): Promise<unknown> => JSON.parse((await docker(demo, path)).text);

test.each([
	['containers.json', '/containers/json?all=1&filters={"label":["com.docker.compose.project=mlops"]}'],
	['inspect/airflow-webserver.json', '/containers/airflow-webserver/json'],
	['inspect/airflow-postgres.json', '/containers/airflow-postgres/json'],
	['inspect/airflow-redis.json', '/containers/airflow-redis/json'],
	['inspect/airflow-worker.json', '/containers/airflow-worker/json'],
	['inspect/mlflow.json', '/containers/mlflow/json'],
	['version.json', '/version'],
	['stats/airflow-worker.json', '/containers/airflow-worker/stats?stream=false&one-shot=true'],
	['stats/airflow-worker.two-samples.json', '/containers/airflow-worker/stats?stream=false'],
	['system-df.json', '/system/df'],
])('Docker: %s', async (file, path) => {
	const maps = [
		'[].Labels',
		'.Config.Labels',
		'.Containers[].Labels',
		'.Volumes[].Labels',
		'.Config.ExposedPorts',
		'.NetworkSettings.Ports',
		'.HostConfig.PortBindings',
	];
	const apart = [
		// The recorded host has control groups v1, the demo's has v2.
		...[
			'.memory_stats',
			'.cpu_stats.cpu_usage.percpu_usage',
			'.precpu_stats.cpu_usage.percpu_usage',
			'.blkio_stats',
			'.pids_stats.limit',
		],
		'.HostConfig.OomKillDisable',
		// The public image of Airflow exposes 8080 in each container, the one of the recording does not.
		'.Config.ExposedPorts',
		// Images that were built on the recorded host have no digest.
		...['.Images[].RepoDigests', '.Images[].Labels'],
		// Removed from the recording: paths on its host, and anything that a monitor does not need.
		...[
			'.ResolvConfPath',
			'.HostnamePath',
			'.HostsPath',
			'.MountLabel',
			'.ProcessLabel',
			'.AppArmorProfile',
			'.ExecIDs',
		],
		'.GraphDriver',
		'.BuilderSize',
		// Networks go by their names.
		'.Containers[].NetworkSettings.Networks.lakehouse_default',
		'.BuildCache',
	];
	const real = recorded(`docker-20.10/${file}`);
	expect(differences(real, await json(encodeURI(path)), { maps, apart })).toEqual([]);
});

test('Docker: a restart sends the recorded events, in order', async () => {
	type Reported = { Type: string; Action: string; Actor: { Attributes: object } };
	const real: Reported[] = recordedText('docker-20.10/events.ndjson')
		.trim()
		.split('\n')
		.map(line => JSON.parse(line));
	const since = demo.scenario.now() / 1000;
	demo.scenario.restartContainer('airflow-worker');
	for (let second = 0; second < 21; second++) {
		clock.pass(1000);
		demo.scenario.tick();
	}
	const filters = encodeURIComponent(JSON.stringify({ type: ['container'], container: ['airflow-worker'] }));
	const { text } = await docker(demo, `/events?since=${since}&until=${demo.scenario.now() / 1000}&filters=${filters}`);
	const reported: Reported[] = text
		.trim()
		.split('\n')
		.map(line => JSON.parse(line));
	const names = (events: Reported[]): string[] => events.map(({ Action }) => Action.split(':')[0] ?? '').slice(0, 8);
	expect(names(reported)).toEqual(names(real));
	expect(reported.some(({ Action }) => Action === 'health_status: healthy')).toBe(true);
	expect(differences(real, reported, { apart: ['[].Actor.Attributes'] })).toEqual([]);
	const attributes = (events: Reported[], action: string) =>
		Object.keys(events.find(({ Action }) => Action === action)?.Actor.Attributes ?? {}).sort();
	for (const action of ['kill', 'die', 'exec_die'])
		expect(attributes(reported, action)).toEqual(attributes(real, action));
});
