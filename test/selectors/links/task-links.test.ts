import { describe, expect, test } from 'vitest';
import type { MlflowRun, ModelVersion } from '../../../source/model/mlflow/experiment.ts';
import { slowerMs, usualDuration } from '../../../source/selectors/durations/task-usual.ts';
import { containerOf, mlflowRunOf, modelVersionOf } from '../../../source/selectors/links/task-links.ts';
import { now, stateOf, task } from '../../diagnosis/stack.ts';

const train = task('model_training', 'success', {
	...{ dagRunId: 'r1', tryNumber: 2, startedAt: now - 60_000, endedAt: now - 10_000 },
});
const mlflow = (runId: string, tags: Readonly<Record<string, string>>, more: Partial<MlflowRun> = {}): MlflowRun => ({
	...{ runId, runName: 'bald-fox-1', experimentId: '1', status: 'FINISHED', startedAt: now - 50_000, endedAt: now },
	...{ metrics: [], params: [], tags: Object.entries(tags).map(([key, value]) => ({ key, value })), ...more },
});
const tags = { dag_run_id: 'r1', task_id: 'model_training', dag_id: train.dagId };

describe('the MLflow run of a task', () => {
	test('is that of its tags, of its try if that is named', () => {
		const first = mlflow('first', { ...tags, try_number: '1' });
		const second = mlflow('second', { ...tags, try_number: '2' });
		const other = mlflow('other', { ...tags, dag_run_id: 'r2' });
		expect(mlflowRunOf([other, first, second], train, now)).toEqual({ item: second, isGuess: false });
		expect(mlflowRunOf([other, first], train, now)).toEqual({ item: first, isGuess: false });
		expect(mlflowRunOf([other], train, now)).toBeNull();
		expect(mlflowRunOf([mlflow('x', { ...tags, dag_id: 'another' })], train, now)).toBeNull();
	});

	test('of a mapped instance is certain only with its index', () => {
		const instance = { ...train, mapIndex: 3 };
		expect(mlflowRunOf([mlflow('x', tags)], instance, now)).toMatchObject({ isGuess: true });
		expect(mlflowRunOf([mlflow('x', { ...tags, map_index: '3' })], instance, now)).toMatchObject({ isGuess: false });
		expect(mlflowRunOf([mlflow('x', { ...tags, map_index: '4' })], instance, now)).toBeNull();
	});

	test('without tags is guessed by name, else as the only one of that time', () => {
		const named = mlflow('named', {}, { runName: 'Model_Training v3' });
		const unnamed = mlflow('unnamed', {});
		expect(mlflowRunOf([unnamed, named], train, now)).toEqual({ item: named, isGuess: true });
		expect(mlflowRunOf([unnamed], train, now)).toEqual({ item: unnamed, isGuess: true });
		expect(mlflowRunOf([unnamed, mlflow('another', {})], train, now)).toBeNull();
		expect(mlflowRunOf([mlflow('early', {}, { startedAt: now - 90_000 })], train, now)).toBeNull();
		expect(mlflowRunOf([mlflow('late', {}, { startedAt: now - 1000 })], train, now)).toBeNull();
		expect(mlflowRunOf([named], { ...train, startedAt: null }, now)).toBeNull();
		// It names another task.
		expect(mlflowRunOf([mlflow('x', { task_id: 'other' })], train, now)).toBeNull();
	});
});

test('its model version is the one it registered, else the one of its MLflow run', () => {
	const version = (number: string, more: Partial<ModelVersion>): ModelVersion => ({
		...{ name: 'churn', version: number, status: 'READY', stage: 'None', aliases: [], runId: null, createdAt: now },
		...more,
	});
	const made = version('7', { runId: 'mine' });
	const registered = version('8', { tags: Object.entries(tags).map(([key, value]) => ({ key, value })) });
	const run = { item: mlflow('mine', {}), isGuess: true };
	expect(modelVersionOf([made, registered], train, run)).toEqual({ item: registered, isGuess: false });
	expect(modelVersionOf([made], train, run)).toEqual({ item: made, isGuess: true });
	expect(modelVersionOf([made], train, null)).toBeNull();
});

test('its container is found by the id that is its host name, else guessed by name', () => {
	const state = stateOf();
	const worker = Object.values(state.containers).find(({ container }) => container.service === 'airflow-worker');
	if (!worker) throw new Error('the stack has no worker');
	const id = '0123456789abcdef';
	const containers = { [id]: { ...worker, container: { ...worker.container, id } } };
	expect(containerOf({ containers }, id.slice(0, 12))).toMatchObject({ isGuess: false });
	expect(containerOf({ containers }, 'airflow-worker')).toMatchObject({ isGuess: true });
	expect(containerOf({ containers }, 'airflow-worker.example.org')).toMatchObject({ isGuess: true });
	expect(containerOf({ containers }, 'ffffffffffff')).toBeNull();
	expect(containerOf({ containers }, '')).toBeNull();
});

test('the usual duration needs three successful instances', () => {
	const took = (seconds: number, state = 'success') => ({ ...train, state, durationSeconds: seconds });
	expect(usualDuration([took(10), took(20), took(1000, 'failed')])).toBeNull();
	const usual = usualDuration([took(10), took(20), took(30), took(1000, 'failed')]);
	expect(usual).toEqual({ medianMs: 20_000, p90Ms: 28_000, instances: 3 });
	expect(slowerMs(25_000, usual)).toBeNull();
	expect(slowerMs(50_000, usual)).toBe(30_000);
	expect(slowerMs(null, usual)).toBeNull();
});
