/** The embedded Airflow 3 responds with the fields and types of recorded responses of the real one. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { handClock, send } from './requests.ts';
import { differences } from './shape.ts';

const recorded = (file: string) =>
	JSON.parse(readFileSync(join(import.meta.dirname, '../fixtures/recorded/airflow-3.3.2', file), 'utf8'));

const DAG = '/api/v2/dags/ml_pipeline_end_to_end';
const clock = handClock();
let demo: DemoStack;
let token = '';
const runs = { running: '', success: '', failed: '' };
const ask = (path: string, options: RequestInit = {}): Promise<Response> =>
	fetch(demo.airflowUrl + path, {
		...options,
		headers: { authorization: `Bearer ${token}`, accept: 'application/json', ...options.headers },
	});

beforeAll(async () => {
	demo = await startDemo({ now: clock.now, autonomous: false, airflow: '3' });
	const login = await fetch(`${demo.airflowUrl}/auth/token`, send('POST', { username: 'admin', password: 'admin' }));
	expect(login.status).toBe(201);
	token = JSON.parse(await login.text()).access_token;
	runs.running = demo.scenario.triggerRun({ pace: 3 });
	for (let second = 0; second < 12; second++) {
		clock.pass(1000);
		demo.scenario.tick();
	}
	const { dag_runs } = JSON.parse(await (await ask(`${DAG}/dagRuns?order_by=-id&limit=100`)).text());
	for (const { dag_run_id, state } of dag_runs) {
		if (state === 'success') runs.success ||= dag_run_id;
		if (state === 'failed') runs.failed = dag_run_id;
	}
});
afterAll(() => demo.close());

const path = (run: string): string => `${DAG}/dagRuns/${encodeURIComponent(run)}`;
const BATCH = { order_by: '-id', page_limit: 100, dag_ids: ['ml_pipeline_end_to_end'] };

test.each<[string, () => Promise<Response>]>([
	['version.json', () => ask('/api/v2/version')],
	['health.json', () => ask('/api/v2/monitor/health')],
	['dags.json', () => ask('/api/v2/dags?limit=100')],
	['dag.json', () => ask(DAG)],
	['dag-details.json', () => ask(`${DAG}/details`)],
	['dag-tasks.json', () => ask(`${DAG}/tasks`)],
	['dag-runs.json', () => ask(`${DAG}/dagRuns?limit=5`)],
	['dag-runs.batch.json', () => ask('/api/v2/dags/~/dagRuns/list', send('POST', BATCH))],
	['dag-run.running.json', () => ask(path(runs.running))],
	['dag-run.failed.json', () => ask(path(runs.failed))],
	['task-instances.running.json', () => ask(`${path(runs.running)}/taskInstances`)],
	['task-instances.finished.json', () => ask(`${path(runs.success)}/taskInstances`)],
	['task-instances.failed.json', () => ask(`${path(runs.failed)}/taskInstances`)],
	['task-log.json', () => ask(`${path(runs.success)}/taskInstances/model_training/logs/1`)],
	['tries.json', () => ask(`${path(runs.failed)}/taskInstances/model_training/tries`)],
	['dag-stats.json', () => ask('/api/v2/dagStats')],
	['jobs.json', () => ask('/api/v2/jobs?is_alive=true')],
	[
		'event-logs.json',
		async () => {
			await ask(path(runs.failed), send('PATCH', { note: 'seen' }));
			return ask('/api/v2/eventLogs?order_by=-when&limit=10&excluded_events=success');
		},
	],
	[
		'dependencies.none.json',
		() => {
			demo.scenario.setPoolSlots(0);
			return ask(`${path(runs.running)}/taskInstances/model_registry/dependencies`);
		},
	],
	['pools.json', () => ask('/api/v2/pools')],
	[
		'import-errors.json',
		() => {
			demo.scenario.addImportError('broken_dag.py', "ModuleNotFoundError: No module named 'no_such_module'\n");
			return ask('/api/v2/importErrors');
		},
	],
	[
		'clear.dry-run.json',
		() =>
			ask(
				`${DAG}/clearTaskInstances`,
				send('POST', { dry_run: true, only_failed: false, dag_run_id: runs.success, task_ids: ['raw_to_bronze'] }),
			),
	],
])('Airflow 3: %s', async (file, request) => {
	const answer = await request();
	expect(answer.status).toBe(200);
	const maps = ['.conf', '.dag_runs[].conf', '.params', '.tasks[].params', '.task_instances[].rendered_fields'];
	// The recorded DAGs have other schedules and operators; log events have fields of their own.
	const apart = [
		...['.dags[].timetable_summary', '.dags[].description', '.description', '.doc_md', '.tasks[].execution_timeout'],
		// Of the recorded runs all had ended.
		'.dag_runs[].duration',
		...(file.startsWith('task-log') ? ['.content[]'] : []),
	];
	expect(differences(recorded(file), JSON.parse(await answer.text()), { maps, apart })).toEqual([]);
});

test.each<[string, () => Promise<Response>]>([
	['error.401.json', () => fetch(`${demo.airflowUrl}/api/v2/dags`)],
	['error.403.token.json', () => ask('/api/v2/dags', { headers: { authorization: 'Bearer forged.token.x' } })],
	['error.404.health.json', () => ask('/health')],
	['error.404.v1.json', () => ask('/api/v1/dags')],
	['error.404.task-log.json', () => ask(`${path(runs.success)}/taskInstances/raw_to_bronze/logs/9`)],
	['error.400.order.json', () => ask(`${DAG}/dagRuns?order_by=-execution_date`)],
	['error.400.token.json', () => ask(`${path(runs.success)}/taskInstances/raw_to_bronze/logs/1?token=forged`)],
	['error.422.trigger.json', () => ask(`${DAG}/dagRuns`, send('POST', { dag_run_id: 'x' }))],
	[
		'error.422.mark.json',
		() =>
			ask(`${path(runs.success)}/taskInstances/raw_to_bronze`, send('PATCH', { new_state: 'success', dry_run: false })),
	],
])('Airflow 3, word for word: %s', async (file, request) => {
	const answer = await request();
	const { status, contentType, body } = recorded(file);
	expect([answer.status, answer.headers.get('content-type')]).toEqual([status, contentType]);
	expect(JSON.parse(await answer.text())).toEqual(body);
});
