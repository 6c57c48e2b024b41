import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Observation } from '../../../source/model/observation.ts';
import { reduce } from '../../../source/model/reduce.ts';
import { initialState } from '../../../source/model/state.ts';
import { knownRuns, tasksOfRun } from '../../../source/selectors/dag-runs/run-history.ts';
import { cellOf, gridRows, runGrid, runWindow } from '../../../source/selectors/graph-grid-gantt/run-grid.ts';
import { dagId, now, task } from '../../diagnosis/stack.ts';
import { historySeen, manyRuns } from '../../given/many-runs.ts';

const newest = { dagRunId: null, folded: [] };

test('runs are columns, the newest at the right; tasks are rows in order', () => {
	const made = manyRuns({ runs: 40, tasks: ['extract.a', 'extract.b', 'load'] });
	const state = historySeen(made, now, { total: 412 }).reduce(reduce, initialState);
	const grid = runGrid(state, dagId, { from: 0, to: 10 }, newest, now);
	expect(grid.columns.map(({ run }) => run.dagRunId)).toEqual(
		made.runs
			.slice(0, 10)
			.map(({ dagRunId }) => dagRunId)
			.toReversed(),
	);
	expect(grid.rows.map(({ id }) => id)).toEqual(['group extract', 'extract.a', 'extract.b', 'load']);
	expect(grid).toMatchObject({ total: 412, newer: 0, longestMs: 140_000 });
	const failed = grid.columns.find(({ run }) => run.state === 'failed');
	const [group, , , load] = grid.rows;
	if (!failed || !group || !load) throw new Error('nothing there');
	expect(cellOf(failed, load)).toMatchObject({ state: 'failed', tries: 2 });
	expect(cellOf(failed, group)).toMatchObject({ state: 'success', tries: 1 });
	expect(cellOf(failed, group)?.instances).toHaveLength(2);
});

test('a mapped task has the state that calls for somebody, and a run whose tasks are unknown has no cells', () => {
	const made = manyRuns({ runs: 3, tasks: ['divide'] });
	const [first] = made.runs;
	if (!first) throw new Error('no run');
	const mapped = [0, 1, 2].map(mapIndex =>
		task('divide', mapIndex === 1 ? 'failed' : 'success', { dagId, dagRunId: first.dagRunId, mapIndex }),
	);
	const state = historySeen({ ...made, instancesOf: () => mapped }, now, { loaded: 1 }).reduce(reduce, initialState);
	const [oldest, , last] = runGrid(state, dagId, { from: 0, to: 3 }, newest, now).columns;
	expect(last?.cells?.get('divide')).toMatchObject({ state: 'failed', instances: mapped });
	expect(oldest?.cells).toBeNull();
});

test('a task that was removed since has a row while a run is selected that had it', () => {
	const made = manyRuns({ runs: 2, tasks: ['a'] });
	const [, older] = made.runs;
	const seen = historySeen(
		{
			...made,
			instancesOf: run =>
				[...made.instancesOf(run), task('gone', 'success', { dagId, dagRunId: run.dagRunId })].slice(
					0,
					run === older ? 2 : 1,
				),
		},
		now,
	);
	const state = seen.reduce(reduce, initialState);
	expect(gridRows(state, dagId, newest).map(({ id }) => id)).toEqual(['a']);
	expect(gridRows(state, dagId, { ...newest, dagRunId: older?.dagRunId ?? '' }).map(({ id }) => id)).toEqual([
		'a',
		'gone',
	]);
	// The same rows are the same object: nothing is drawn anew.
	expect(gridRows(state, dagId, newest)).toBe(gridRows(state, dagId, newest));
});

test('the newest facts of a run count, wherever they come from', () => {
	const made = manyRuns({ runs: 2, tasks: ['a'] });
	const [first] = made.runs;
	if (!first) throw new Error('no run');
	const { dagRunId } = first;
	const fetched = (at: number, state: string): Observation => ({
		type: 'task instances fetched',
		at,
		dagId,
		dagRunId,
		taskInstances: [task('a', state, { dagId, dagRunId })],
	});
	const before = historySeen(made, now).reduce(reduce, initialState);
	expect(tasksOfRun(reduce(before, fetched(now - 1, 'running')), dagId, dagRunId)?.[0]?.state).toBe('success');
	expect(tasksOfRun(reduce(before, fetched(now + 1, 'running')), dagId, dagRunId)?.[0]?.state).toBe('running');
	const runs = reduce(before, { type: 'dag runs fetched', at: now, dagId, runs: [{ ...first, state: 'queued' }] });
	expect(knownRuns(runs, dagId).map(({ state }) => state)).toEqual(['queued', made.runs[1]?.state]);
});

test('property: the window holds the selected run, and is as wide as there are runs', () => {
	fc.assert(
		fc.property(fc.nat(300), fc.nat(400), fc.integer({ min: 1, max: 100 }), (count, pick, columns) => {
			const selected = count === 0 ? 0 : pick % count;
			const { from, to } = runWindow(count, selected, columns);
			expect(from).toBeGreaterThanOrEqual(0);
			if (count === 0) return;
			expect(from).toBeLessThanOrEqual(selected);
			expect(to).toBeGreaterThan(selected);
			expect(to).toBeLessThanOrEqual(count);
			expect(to - from).toBe(Math.min(count, columns));
		}),
	);
});
