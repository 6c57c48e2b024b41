import { expect, test } from 'vitest';
import type { MlflowRun } from '../../source/model/experiment.ts';
import { metricSeries } from '../../source/model/metric-series.ts';

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
	// Reckoned once for the same runs.
	expect(metricSeries(runs)).toBe(metricSeries(runs));
});
