import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { csrfToken } from '../../source/clients/airflow/airflow-login.ts';
import * as dagAnswers from '../../source/clients/airflow/v1/dag-answers.ts';
import * as runAnswers from '../../source/clients/airflow/v1/run-answers.ts';
import * as serverAnswers from '../../source/clients/airflow/v1/server-answers.ts';
import { containersAnswer, inspectAnswer, readStats } from '../../source/clients/engine/docker-answers.ts';
import { eventAnswer } from '../../source/clients/engine/docker-event-answer.ts';

/** Answers of the real servers: see test/fixtures/record.mjs. */
const recorded = join(import.meta.dirname, '../fixtures/recorded');
const text = (path: string) => readFileSync(join(recorded, path), 'utf8');
const json = (path: string): unknown => JSON.parse(text(path));
/** The files of a folder that hold JSON. */
const filesIn = (folder: string) =>
	readdirSync(join(recorded, folder))
		.filter(name => name.endsWith('.json'))
		.map(name => `${folder}/${name}`);

test('the containers of Docker 20.10: six services of one project, all healthy', () => {
	const containers = containersAnswer.parse(json('docker-20.10/containers.json'));
	const services = containers.filter(container => container.project === 'mlops').map(container => container.name);
	expect(services.toSorted()).toEqual([
		'airflow-postgres',
		'airflow-redis',
		'airflow-scheduler',
		'airflow-webserver',
		'airflow-worker',
		'mlflow',
	]);
	for (const container of containers) expect(container.state).toBe('running');
});

test.each([
	['mlops_default', 'own'],
	['default', 'own'],
	['host', 'host'],
	['none', 'none'],
	['container:4f66ad9a0b2e', 'shared'],
	['ns:/run/netns/web', 'shared'],
])('network mode %s is a network that is %s', (NetworkMode, network) => {
	const [container] = containersAnswer.parse([{ Id: 'abc', Names: ['/web'], HostConfig: { NetworkMode } }]);
	expect(container?.network).toBe(network);
	expect(container?.sharesNetworkOf).toBe(NetworkMode.startsWith('container:') ? '4f66ad9a0b2e' : undefined);
});

test.each(filesIn('docker-20.10/inspect'))('%s is read, with health and probes', path => {
	const detail = inspectAnswer.parse(json(path));
	expect(detail.startedAt).toBeGreaterThan(0);
	expect(detail.probes.length).toBeGreaterThan(0);
});

test.each(filesIn('docker-20.10/stats'))('%s gives a sample', path => {
	const sample = readStats('id', json(path), 0);
	expect(sample?.memoryBytes).toBeGreaterThan(0);
	expect(sample?.memoryBytes).toBeLessThanOrEqual(sample?.memoryLimitBytes ?? 0);
	expect(sample?.onlineCpus).toBeGreaterThan(0);
});

test('the events are read: deaths with their exit code, changes of health', () => {
	const events = text('docker-20.10/events.ndjson')
		.split('\n')
		.filter(Boolean)
		.map(line => eventAnswer.parse(JSON.parse(line)))
		.filter(event => event !== null);
	expect(events.some(event => event.action === 'die' && event.exitCode !== null)).toBe(true);
	expect(events.some(event => event.action.startsWith('health_status: '))).toBe(true);
	for (const event of events) expect(event.happenedAt).toBeGreaterThan(1e12);
});

test('Airflow 2.8: health, DAGs, tasks, runs', () => {
	expect(serverAnswers.healthAnswer.parse(json('airflow-2.8.0/health.json'))).toMatchObject({
		metadatabase: 'healthy',
		scheduler: 'healthy',
	});
	const { dags } = dagAnswers.dagsAnswer.parse(json('airflow-2.8.0/dags.json'));
	expect(dags.map(dag => dag.dagId)).toContain('ml_pipeline_end_to_end');
	expect(dagAnswers.tasksAnswer.parse(json('airflow-2.8.0/dag-tasks.json'))).toHaveLength(7);
	expect(runAnswers.dagRunsAnswer.parse(json('airflow-2.8.0/dag-runs.json')).dag_runs.length).toBeGreaterThan(0);
	expect(runAnswers.dagRunAnswer.parse(json('airflow-2.8.0/dag-run.failed.json')).run.state).toBe('failed');
	expect(
		serverAnswers.importErrorsAnswer.parse(json('airflow-2.8.0/import-errors.json')).errors.length,
	).toBeGreaterThan(0);
});

test.each([
	['finished', 'success'],
	['running', 'running'],
	['failed', 'failed'],
	['up-for-retry', 'up_for_retry'],
])('Airflow 2.8: the task instances of a run that is %s', (name, state) => {
	const answer = runAnswers.taskInstancesAnswer.parse(json(`airflow-2.8.0/task-instances.${name}.json`));
	expect(answer.task_instances).toHaveLength(7);
	expect(answer.task_instances.map(task => task.state)).toContain(state);
});

test('Airflow 2.8: a mark that was done, the dry run of a clear, the details of a DAG', () => {
	// Its response is empty, so the state has to be looked up afterwards.
	expect(runAnswers.markedAnswer.safeParse(json('airflow-2.8.0/mark-task.json')).success).toBe(true);
	expect(runAnswers.clearedAnswer.parse(json('airflow-2.8.0/clear.dry-run.json'))).toHaveLength(2);
	expect(dagAnswers.dagDetailsAnswer.parse(json('airflow-2.8.0/dag-details.json')).params).toHaveLength(6);
});

test('the token of the real login form is found', () => {
	expect(csrfToken(text('airflow-2.8.0/login.html'))).toMatch(/\S+/);
});
