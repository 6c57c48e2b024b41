/**
 * Where the embedded Airflow 2.10.5 answers otherwise than 2.8.0 (airflow/api_connexion of both), and that it has the fields
 * and types of recorded responses of the real one.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { airflow, bodyOf, handClock, send } from './requests.ts';
import { differences } from './shape.ts';

const DAG = '/api/v1/dags/ml_pipeline_end_to_end';
const clock = handClock();
let demo: DemoStack;
let older: DemoStack;
beforeAll(async () => {
	demo = await startDemo({ now: clock.now, autonomous: false, airflow: '2.10' });
	older = await startDemo({ now: clock.now, autonomous: false });
});
afterAll(() => Promise.all([demo.close(), older.close()]));

const recordedText = (file: string): string =>
	readFileSync(join(import.meta.dirname, '../fixtures/recorded/airflow-2.10.5', file), 'utf8');
const recorded = (file: string) => JSON.parse(recordedText(file));

async function runPath(state: string): Promise<string> {
	const { dag_runs } = await bodyOf(await airflow(demo, `${DAG}/dagRuns?state=${state}`));
	return `${DAG}/dagRuns/${encodeURIComponent(dag_runs[0].dag_run_id)}`;
}

test.each<[string, () => Promise<Response>]>([
	['version.json', () => airflow(demo, '/api/v1/version')],
	['health.json', () => airflow(demo, '/api/v1/health')],
	['dags.json', () => airflow(demo, '/api/v1/dags?limit=100')],
	['dag.json', () => airflow(demo, DAG)],
	['dag-details.json', () => airflow(demo, `${DAG}/details`)],
	['dag-tasks.json', () => airflow(demo, `${DAG}/tasks`)],
	['dag-runs.json', () => airflow(demo, `${DAG}/dagRuns?limit=5`)],
	['task-instances.finished.json', async () => airflow(demo, `${await runPath('success')}/taskInstances`)],
	['task-instances.failed.json', async () => airflow(demo, `${await runPath('failed')}/taskInstances`)],
	['task-log.json', async () => airflow(demo, `${await runPath('success')}/taskInstances/model_training/logs/1`)],
	['tries.json', async () => airflow(demo, `${await runPath('failed')}/taskInstances/model_training/tries`)],
	['pools.json', () => airflow(demo, '/api/v1/pools')],
	['event-logs.json', () => airflow(demo, '/api/v1/eventLogs?limit=10&order_by=-event_log_id')],
	[
		'clear.dry-run.json',
		() => airflow(demo, `${DAG}/clearTaskInstances`, send('POST', { only_failed: false, dry_run: true })),
	],
	[
		'mark-task.json',
		async () =>
			airflow(
				demo,
				`${await runPath('failed')}/taskInstances/model_registry`,
				send('PATCH', { dry_run: false, new_state: 'skipped' }),
			),
	],
])('Airflow 2.10: %s', async (file, ask) => {
	const answer = await ask();
	expect(answer.status).toBe(200);
	const maps = ['.conf', '.dag_runs[].conf', '.params', '.tasks[].params', '.task_instances[].rendered_fields'];
	// The recorded DAG has another kind of schedule.
	const apart = ['.dags[].schedule_interval', '.schedule_interval', '.tasks[].execution_timeout'];
	expect(differences(recorded(file), await bodyOf(answer), { maps, apart })).toEqual([]);
});

test.each([
	['error.404.dag.json', () => airflow(demo, '/api/v1/dags/no_such_dag')],
	['error.401.json', () => fetch(`${demo.airflowUrl}/api/v1/dags`)],
])('Airflow 2.10, word for word: %s', async (file, ask) => {
	const { status, contentType, body } = recorded(file);
	const answer = await ask();
	expect([answer.status, answer.headers.get('content-type'), await bodyOf(answer)]).toEqual([
		status,
		contentType,
		body,
	]);
});

const both = async (path: string, options?: RequestInit) =>
	Promise.all([demo, older].map(async one => airflow(one, path, options)));

test('the version, of the server and of the addresses in its errors', async () => {
	expect(await bodyOf(await airflow(demo, '/api/v1/version'))).toMatchObject({ version: '2.10.5' });
	const { type } = await bodyOf(await airflow(demo, '/api/v1/dags/no_such_dag'));
	expect(type).toContain('/apache-airflow/2.10.5/');
});

/** The keys that only one of two objects has. */
function surplus(newer: object, old: object): string[] {
	return Object.keys(newer).filter(key => !Object.hasOwn(old, key));
}

test.each([
	['dag', DAG, '', ['dag_display_name', 'max_consecutive_failed_dag_runs']],
	['details', `${DAG}/details`, '', ['dag_display_name', 'max_consecutive_failed_dag_runs', 'dataset_expression']],
	['tasks', `${DAG}/tasks`, 'tasks', ['task_display_name', 'doc_md']],
	[
		'task instances',
		'/api/v1/dags/~/dagRuns/~/taskInstances',
		'task_instances',
		['task_display_name', 'executor', 'rendered_map_index'],
	],
	['events', '/api/v1/eventLogs', 'event_logs', ['run_id', 'map_index', 'try_number']],
] as const)('fields that 2.8 has not: %s', async (_, path, list, fields) => {
	const [newer, old] = await Promise.all((await both(path)).map(bodyOf));
	const [one, other] = [newer, old].map(answer => (list === '' ? answer : answer[list][0]));
	expect(surplus(one, other).toSorted()).toEqual([...fields].toSorted());
	expect(surplus(other, one)).toEqual([]);
});

test('a conf that does not fit is refused, not an error of the server', async () => {
	const answers = await both(`${DAG}/dagRuns`, send('POST', { conf: { rows: 5 } }));
	expect(answers.map(({ status }) => status)).toEqual([400, 500]);
});

test('a task can be marked as skipped', async () => {
	const { dag_runs } = await bodyOf(await airflow(demo, `${DAG}/dagRuns?limit=1`));
	const path = `${DAG}/dagRuns/${encodeURIComponent(dag_runs[0].dag_run_id)}/taskInstances/model_registry`;
	const answers = await both(path, send('PATCH', { dry_run: false, new_state: 'skipped' }));
	expect(answers.map(({ status }) => status)).toEqual([200, 500]);
	expect((await bodyOf(await airflow(demo, path))).state).toBe('skipped');
});

test('the tries of a task, and of an unknown one none; 2.8 has no such page', async () => {
	const path = `${await runPath('failed')}/taskInstances`;
	const triesOf = async (task: string) => bodyOf(await airflow(demo, `${path}/${task}/tries`));
	expect((await triesOf('model_training')).task_instances.map((one: { try_number: number }) => one.try_number)).toEqual(
		[...[1, 2]],
	);
	expect(await triesOf('no_such_task')).toEqual({ task_instances: [], total_entries: 0 });
	const answers = await both(`${path}/model_training/tries`);
	expect(answers.map(({ status }) => status)).toEqual([200, 404]);
});

test('a try counts from when it is scheduled', async () => {
	const [newer, old] = [demo, older].map(one => {
		const run = one.scenario.triggerRun({ pace: 3 });
		one.scenario.setTaskState(run, 'raw_to_bronze', 'queued');
		return { one, run };
	});
	const tryOf = async (given: typeof newer) => {
		if (given === undefined) throw new Error('no demo');
		const path = `${DAG}/dagRuns/${encodeURIComponent(given.run)}/taskInstances/raw_to_bronze`;
		return (await bodyOf(await airflow(given.one, path))).try_number;
	};
	expect([await tryOf(newer), await tryOf(old)]).toEqual([1, 0]);
});

test('where a log was found is a group', async () => {
	const { dag_runs } = await bodyOf(await airflow(demo, `${DAG}/dagRuns?limit=1`));
	const path = `${DAG}/dagRuns/${encodeURIComponent(dag_runs[0].dag_run_id)}/taskInstances/model_training/logs/1`;
	const [newer, old] = await Promise.all(
		(await both(path, { headers: { accept: 'text/plain' } })).map(answer => answer.text()),
	);
	expect(newer).toMatch(
		/^\w+\n INFO - ::group::Log message source details\n\*{3} Found local files:\n\*{3} {3}\* \S+\n INFO - ::endgroup::\n\[/,
	);
	expect(old).toMatch(/^\w+\n\*{3} Found local files:\n\*{3} {3}\* \S+\n\[/);
});
