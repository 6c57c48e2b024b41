import { afterEach, beforeEach, expect, test } from 'vitest';
import { AirflowV1Client } from '../../../../source/clients/airflow/v1/airflow-v1.ts';
import { type DemoStack, startDemo } from '../../../../source/demo/index.ts';
import { failureOf } from '../../../english.ts';

/** What the client can change, and what it asks for to do so, against the embedded Airflow. */
const dagId = 'ml_pipeline_end_to_end';
let demo: DemoStack;
let airflow: AirflowV1Client;
beforeEach(async () => {
	demo = await startDemo({ autonomous: false });
	airflow = new AirflowV1Client(demo.airflowUrl, { username: 'admin', password: 'admin' });
});
afterEach(async () => {
	await airflow.close();
	await demo.close();
});

const failure = async (work: Promise<unknown>) =>
	failureOf(
		await work.then(
			() => new Error('it succeeded'),
			error => error,
		),
	);
const statesOf = async (dagRunId: string) =>
	Object.fromEntries((await airflow.taskInstances(dagId, dagRunId)).map(task => [task.taskId, task.state]));

/** A run that failed in its second task. */
function failedRun(): string {
	const dagRunId = demo.scenario.triggerRun();
	demo.scenario.setTaskState(dagRunId, 'raw_to_bronze', 'success');
	demo.scenario.setTaskState(dagRunId, 'bronze_to_silver', 'failed');
	for (const taskId of [
		'silver_to_gold',
		'feature_engineering',
		'model_training',
		'model_evaluation',
		'model_registry',
	])
		demo.scenario.setTaskState(dagRunId, taskId, 'upstream_failed');
	demo.scenario.setRunState(dagRunId, 'failed');
	return dagRunId;
}

test('runs are found by state and by logical date, newest first', async () => {
	const all = await airflow.findRuns(dagId, { limit: 500 });
	expect(all.length).toBeGreaterThan(3);
	const failed = await airflow.findRuns(dagId, { limit: 500, states: ['failed'] });
	expect(failed.map(run => run.dagRunId).toSorted()).toEqual(
		all
			.filter(run => run.state === 'failed')
			.map(run => run.dagRunId)
			.toSorted(),
	);
	expect(await airflow.findRuns(dagId, { limit: 2 })).toHaveLength(2);
	const dates = all.map(run => run.logicalDate ?? 0).toSorted((a, b) => a - b);
	const [from = 0, to = 0] = [dates[1], dates[2]];
	const between = await airflow.findRuns(dagId, { limit: 100, from: Math.floor(from), to: Math.ceil(to) });
	expect(between.map(run => run.logicalDate)).toEqual([to, from]);
});

test('more runs than a page of the server holds are all found, and no more than wanted', async () => {
	const ids = Array.from({ length: 115 }, (_, index) => `manual__${index}`);
	await Promise.all(ids.map(dagRunId => airflow.trigger({ dagId, dagRunId })));
	const runs = await airflow.findRuns(dagId, { limit: 110, states: ['queued', 'running'], from: 0 });
	expect(new Set(runs.map(run => run.dagRunId)).size).toBe(110);
});

test('params and source of a DAG', async () => {
	const params = await airflow.dagParams(dagId);
	expect(params.map(param => param.name).toSorted()).toEqual(['epochs', 'fail_at', 'fail_times', 'pace', 'rows']);
	const dag = await airflow.dag(dagId);
	expect(dag.fileToken).toBeTruthy();
	expect(await airflow.dagSource(dag)).toContain('DAG(dag_id="ml_pipeline_end_to_end")');
	expect((await failure(airflow.dagParams('no_such_dag'))).kind).toBe('not-found');
	expect((await failure(airflow.dagSource({ dagId, fileToken: 'bent' }))).kind).toBe('not-found');
	expect((await failure(airflow.dagSource({ dagId, fileToken: null }))).kind).toBe('not-found');
});

test('a dry run of a clear names what it would clear and changes nothing; then it is cleared, the run queued again', async () => {
	const dagRunId = failedRun();
	const before = await statesOf(dagRunId);
	const request = { dagId, dagRunId, taskIds: null, onlyFailed: true, withDownstream: false };
	const would = await airflow.clearTasks({ ...request, dryRun: true });
	expect(would).toHaveLength(6);
	expect(would.every(task => task.dagRunId === dagRunId)).toBe(true);
	expect(await statesOf(dagRunId)).toEqual(before);
	await airflow.clearTasks({ ...request, dryRun: false });
	expect((await statesOf(dagRunId)).bronze_to_silver).not.toBe('failed');
	expect(['queued', 'running']).toContain((await airflow.dagRun(dagId, dagRunId)).state);
});

test('one task and what follows; a successful one too', async () => {
	const dagRunId = demo.scenario.triggerRun();
	demo.scenario.setRunState(dagRunId, 'success');
	const request = { dagId, dagRunId, taskIds: ['model_training'], onlyFailed: false, dryRun: true };
	const names = async (withDownstream: boolean) =>
		(await airflow.clearTasks({ ...request, withDownstream })).map(task => task.taskId).toSorted();
	expect(await names(false)).toEqual(['model_training']);
	expect(await names(true)).toEqual(['model_evaluation', 'model_registry', 'model_training']);
});

test('tasks and runs are marked, notes are set', async () => {
	const dagRunId = demo.scenario.triggerRun({ pace: 60 });
	demo.scenario.setTaskState(dagRunId, 'raw_to_bronze', 'running');
	const raw = { dagId, dagRunId, taskId: 'raw_to_bronze', mapIndex: -1 };
	expect((await failure(airflow.setTaskState(raw, 'skipped'))).kind).toBe('server');
	await airflow.setTaskState(raw, 'success');
	expect((await statesOf(dagRunId)).raw_to_bronze).toBe('success');
	demo.scenario.setTaskState(dagRunId, 'bronze_to_silver', 'running');
	demo.scenario.setTaskState(dagRunId, 'silver_to_gold', 'queued');
	expect((await airflow.setRunState(dagId, dagRunId, 'failed')).state).toBe('failed');
	expect(await statesOf(dagRunId)).toMatchObject({
		bronze_to_silver: 'failed',
		silver_to_gold: 'skipped',
		model_registry: null,
	});
	expect((await airflow.setRunNote(dagId, dagRunId, 'stopped: bad input')).note).toBe('stopped: bad input');
	expect((await airflow.dagRun(dagId, dagRunId)).note).toBe('stopped: bad input');
});

test('what is not there cannot be changed', async () => {
	const gone = { dagId, dagRunId: 'no such run', taskId: 'raw_to_bronze', mapIndex: -1 };
	expect((await failure(airflow.setTaskState(gone, 'success'))).kind).toBe('not-found');
	expect((await failure(airflow.setRunState(dagId, 'no such run', 'failed'))).kind).toBe('not-found');
	expect((await failure(airflow.setRunNote(dagId, 'no such run', 'x'))).kind).toBe('not-found');
	const clear = { dagRunId: 'no such run', taskIds: null, onlyFailed: false, withDownstream: false, dryRun: true };
	expect((await failure(airflow.clearTasks({ ...clear, dagId }))).kind).toBe('not-found');
	expect((await failure(airflow.clearTasks({ ...clear, dagId: 'no_such_dag' }))).kind).toBe('not-found');
});
