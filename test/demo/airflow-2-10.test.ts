/** Where the embedded Airflow 2.10.5 answers otherwise than 2.8.0 (airflow/api_connexion of both). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { airflow, bodyOf, handClock, send } from './requests.ts';

const DAG = '/api/v1/dags/ml_pipeline_end_to_end';
const clock = handClock();
let demo: DemoStack;
let older: DemoStack;
beforeAll(async () => {
	demo = await startDemo({ now: clock.now, autonomous: false, airflow: '2.10' });
	older = await startDemo({ now: clock.now, autonomous: false });
});
afterAll(() => Promise.all([demo.close(), older.close()]));

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

test('a task can be marked as skipped, and the answer names it', async () => {
	const { dag_runs } = await bodyOf(await airflow(demo, `${DAG}/dagRuns?limit=1`));
	const path = `${DAG}/dagRuns/${encodeURIComponent(dag_runs[0].dag_run_id)}/taskInstances/model_registry`;
	const answers = await both(path, send('PATCH', { dry_run: false, new_state: 'skipped' }));
	expect(answers.map(({ status }) => status)).toEqual([200, 500]);
	const [newer] = await Promise.all(answers.map(bodyOf));
	expect(newer).toMatchObject({ task_id: 'model_registry', dag_run_id: dag_runs[0].dag_run_id });
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
