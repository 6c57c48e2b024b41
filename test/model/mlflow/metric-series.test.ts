import { expect, test } from 'vitest';
import type { MlflowRun } from '../../../source/model/mlflow/experiment.ts';
import { metricSeries } from '../../../source/model/mlflow/metric-series.ts';
import { grouped } from '../../../source/model/mlflow/run-series.ts';

const run = (startedAt: number, value: number | 'NaN' | 'Infinity', more: Partial<MlflowRun> = {}): MlflowRun => ({
	runId: `run${startedAt}`,
	runName: 'model_evaluation',
	experimentId: '1',
	status: 'FINISHED',
	startedAt,
	endedAt: startedAt + 1,
	metrics: [{ key: 'f1_score', value, loggedAt: startedAt, step: 0 }],
	params: [],
	tags: [],
	...more,
});

const changes = (...values: (number | 'NaN' | 'Infinity')[]) =>
	metricSeries(values.map((value, index) => run(values.length - index, value))).map(({ change }) => change);

test('the change from the run before; rounding is none', () => {
	expect(changes(0.75, 0.5)).toEqual([0.25]);
	expect(changes(0.30000000000000004, 0.3)).toEqual([0]);
	expect(changes(0.3, 0.3)).toEqual([0]);
	expect(changes(1e-20, 2e-20)).toEqual([-1e-20]);
	expect(changes('NaN', 0.3)).toEqual([Number.NaN]);
	expect(changes('Infinity', 0.3)).toEqual([Number.POSITIVE_INFINITY]);
	expect(changes(0.3)).toEqual([null]);
});

test('a run that failed, or of another name, is no run before', () => {
	const runs = [run(3, 0.9), run(2, 0.1, { status: 'FAILED' }), run(1, 0.2, { runName: 'training' })];
	expect(metricSeries(runs)).toMatchObject([{ key: 'f1_score', latest: 0.9, change: null, values: [0.9] }]);
	// Computed once for the same runs.
	expect(metricSeries(runs)).toBe(metricSeries(runs));
});

const named = (startedAt: number, value: number, runName: string, more: Partial<MlflowRun> = {}) =>
	run(startedAt, value, { runName, ...more });

test('runs with names of their own are one series of the experiment', () => {
	const runs = [named(3, 0.9, 'train-2'), named(2, 0.8, 'bald-fox-123'), named(1, 0.7, 'train-0')];
	expect(metricSeries(runs)).toMatchObject([{ basis: 'experiment', values: [0.7, 0.8, 0.9], runName: 'train-2' }]);
	// The tasks of the first DAG run have names that occur once, too.
	const tasks = runs.map(one => ({ ...one, tags: [{ key: 'task_id', value: one.runName }] }));
	expect(metricSeries(tasks)).toMatchObject([{ basis: 'run_name', values: [0.9] }]);
	// A name that occurs again is a series of its own.
	expect(metricSeries([named(4, 0.95, 'train-2'), ...runs])).toMatchObject([
		{ basis: 'run_name', values: [0.9, 0.95] },
	]);
});

test('a nested run counts only where no other run has the metric', () => {
	const child = { tags: [{ key: 'mlflow.parentRunId', value: 'run1' }] };
	const runs = [named(4, 0.1, 'fold-1', child), named(3, 0.9, 'b'), named(2, 0.2, 'fold-0', child), named(1, 0.8, 'a')];
	expect(metricSeries(runs)).toMatchObject([{ values: [0.8, 0.9], runName: 'b' }]);
	const folds = runs.filter(({ tags }) => tags.length > 0);
	expect(metricSeries(folds)).toMatchObject([{ values: [0.2, 0.1], runName: 'fold-1' }]);
});

test('the value of a chosen tag makes the series; a run without the tag is not of it', () => {
	const of = (family: string) => ({ tags: [{ key: 'family', value: family }] });
	const runs = [
		named(4, 0.9, 'c', of('trees')),
		named(3, 0.5, 'b', of('linear')),
		named(2, 0.8, 'a', of('trees')),
		named(1, 0.3, 'c'),
	];
	expect(metricSeries(grouped(runs, 'family'))).toMatchObject([{ basis: 'tag', values: [0.8, 0.9], runName: 'c' }]);
	expect(grouped(grouped(runs, 'family'), undefined)).toEqual(runs);
});
