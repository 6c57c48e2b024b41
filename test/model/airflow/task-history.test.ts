import { expect, test } from 'vitest';
import {
	earlierRun,
	endedTasks,
	idleMs,
	stepsOf,
	taskHistory,
	taskSpan,
} from '../../../source/model/airflow/task-history.ts';
import { task } from '../../diagnosis/stack.ts';

const ran = (taskId: string, from: number, until: number | null, mapIndex = -1) =>
	task(taskId, until === null ? 'running' : 'success', {
		mapIndex,
		startedAt: from,
		endedAt: until,
		durationSeconds: until === null ? null : (until - from) / 1000,
	});

test('a mapped task lasts from its first start to its last end', () => {
	expect(taskSpan([ran('m', 5000, 9000, 0), ran('m', 2000, 4000, 1)], 20_000)).toEqual({ from: 2000, until: 9000 });
	expect(taskSpan([ran('m', 5000, null, 0)], 20_000)).toEqual({ from: 5000, until: 20_000 });
	expect(taskSpan([task('m', 'queued')], 20_000)).toBeNull();
});

test('idle is the time in which no task ran', () => {
	const tasks = [ran('a', 1000, 3000), ran('b', 2000, 4000), ran('c', 8000, 9000)];
	expect(idleMs(tasks, { from: 0, until: 10_000 }, 10_000)).toBe(1000 + 4000 + 1000);
	expect(idleMs([], { from: 0, until: 10_000 }, 10_000)).toBe(10_000);
});

test('the usual duration of a task is the median of earlier runs', () => {
	const runOf = (first: number, second: number | null) =>
		earlierRun(
			{ dagRunId: `${first}`, conf: { pace: 1 }, span: { from: 0, until: 30_000 } },
			[ran('a', 0, first), ...(second === null ? [] : [ran('b', first, first + second)])],
			[],
		);
	const runs = [runOf(4000, 2000), runOf(6000, null), runOf(9000, 4000)];
	expect(taskHistory(runs, { pace: 2 })).toEqual({
		runs: 3,
		tasks: [
			{ taskId: 'a', usualMs: 6000 },
			{ taskId: 'b', usualMs: 3000 },
		],
		usualIdleMs: 24_000,
		earlier: runs,
		defaults: { pace: 2 },
	});
	expect(runs[0]).toMatchObject({ dagRunId: '4000', conf: { pace: 1 }, closingMs: 24_000, idleMs: 24_000 });
});

test('a task waits from the end of the last one before it; one that did not run takes nothing', () => {
	const definitions = [
		{ taskId: 'a', downstreamTaskIds: ['c'] },
		{ taskId: 'b', downstreamTaskIds: ['c', 'd'] },
		{ taskId: 'c', downstreamTaskIds: [] },
		{ taskId: 'd', downstreamTaskIds: [] },
	].map(one => ({ ...one, operator: 'PythonOperator', retries: 0 }));
	const tasks = [
		ran('a', 2000, 5000),
		task('b', 'skipped', { startedAt: 7000, endedAt: 7000, durationSeconds: 0 }),
		ran('c', 9000, 10_000),
		// Its trigger rule did not wait.
		ran('d', 3000, 4000),
		ran('e', 5000, null),
	];
	const ended = endedTasks(tasks);
	expect(ended.map(({ taskId, hasRun }) => [taskId, hasRun])).toEqual([
		['a', true],
		['b', false],
		['c', true],
		['d', true],
	]);
	expect(stepsOf(ended, definitions, 1000)).toEqual([
		{ taskId: 'a', waitMs: 1000, tookMs: 3000 },
		{ taskId: 'b', waitMs: 6000, tookMs: null },
		{ taskId: 'c', waitMs: 2000, tookMs: 1000 },
		{ taskId: 'd', waitMs: 2000, tookMs: 1000 },
	]);
});
