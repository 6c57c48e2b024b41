import { expect, test } from 'vitest';
import { type MlflowRun, withNewestRuns } from '../../../source/model/mlflow/experiment.ts';

const run = (runId: string, startedAt: number, status = 'FINISHED'): MlflowRun => ({
	...{ runId, runName: runId, experimentId: '1', status, startedAt, endedAt: null, metrics: [], params: [], tags: [] },
});
const names = (runs: readonly MlflowRun[]) => runs.map(({ runId, status }) => `${runId} ${status}`);

const known = [run('d', 40, 'RUNNING'), run('c', 30), run('b', 20), run('a', 10)];

test('of the newest runs what is new counts, of the others what was known', () => {
	expect(names(withNewestRuns(known, [run('e', 50, 'RUNNING'), run('d', 40)], 10))).toEqual([
		...['e RUNNING', 'd FINISHED', 'c FINISHED', 'b FINISHED', 'a FINISHED'],
	]);
});

test('a run that is no longer among the newest, and should be, was deleted', () => {
	expect(names(withNewestRuns(known, [run('c', 30), run('b', 20)], 10))).toEqual([
		'c FINISHED',
		'b FINISHED',
		'a FINISHED',
	]);
	expect(withNewestRuns(known, [], 10)).toEqual([]);
});

test('runs that began at the same moment are all kept, and no more than the limit', () => {
	const same = [run('d', 30), run('c', 30), run('b', 30)];
	expect(names(withNewestRuns(same, [run('d', 30), run('c', 30)], 10))).toHaveLength(3);
	expect(withNewestRuns(known, [run('e', 50)], 2)).toHaveLength(2);
});
