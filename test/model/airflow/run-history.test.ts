import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instancesKept } from '../../../source/model/airflow/run-history.ts';
import { reduce } from '../../../source/model/reduce.ts';
import { initialState, type StackState } from '../../../source/model/state.ts';
import { dagId, now, run, task } from '../../diagnosis/stack.ts';

const made = (id: number) => run(`run ${id}`, 'success', 3600_000 - id, { dagId });
const listed = (state: StackState, ids: readonly number[], offset: number, total: number) =>
	reduce(state, { type: 'run history fetched', at: now, dagId, offset, runs: ids.map(made), total });
/** Twenty runs: more than are made between two requests. */
const page = (newest: number, offset: number) =>
	Array.from({ length: 20 }, (_, index) => newest - offset - index).filter(id => id > 0);
const idsOf = (state: StackState) => state.runHistory?.runs.map(({ dagRunId }) => Number(dagRunId.slice(4)));
const tasksOf = (id: number, count: number) => ({
	run: made(id),
	taskInstances: Array.from({ length: count }, (_, mapIndex) =>
		task('divide', 'success', { dagId, dagRunId: `run ${id}`, mapIndex }),
	),
});

test('pages follow each other; new runs move the others on, and leave no gap', () => {
	const two = listed(listed(initialState, [9, 8, 7], 0, 9), [6, 5, 4], 3, 9);
	expect(idsOf(two)).toEqual([9, 8, 7, 6, 5, 4]);
	expect(idsOf(listed(two, [11, 10, 9], 0, 11))).toEqual([11, 10, 9, 8, 7, 6, 5, 4]);
	// Deleted runs are gone.
	expect(idsOf(listed(two, [9, 7, 6], 0, 8))).toEqual([9, 7, 6, 5, 4]);
});

test('another DAG replaces the first; nothing is left when the views are closed', () => {
	const one = listed(initialState, [1], 0, 1);
	const other = reduce(one, { type: 'run history fetched', at: now, dagId: 'other', offset: 0, runs: [], total: 0 });
	expect(other.runHistory).toMatchObject({ dagId: 'other', runs: [] });
	expect(reduce(one, { type: 'run history dropped', at: now }).runHistory).toBeNull();
	expect(reduce(initialState, { type: 'run history dropped', at: now })).toBe(initialState);
});

test('no more task instances than the bound are kept: the runs fetched first go, the last one stays', () => {
	const fetched = (state: StackState, id: number, count: number) =>
		reduce(state, { type: 'run history tasks fetched', at: now, dagId, runs: [tasksOf(id, count)] });
	const third = instancesKept / 3;
	let state: StackState = initialState;
	for (const id of [1, 2, 3, 4]) state = fetched(state, id, third + 1);
	expect(Object.keys(state.runHistory?.tasks ?? {})).toEqual(['run 3', 'run 4']);
	expect(Object.keys(fetched(state, 5, instancesKept + 1).runHistory?.tasks ?? {})).toEqual(['run 5']);
});

test('property: pages of a growing list leave no gap and no run twice', () => {
	fc.assert(
		fc.property(fc.array(fc.tuple(fc.nat(1), fc.boolean()), { maxLength: 12 }), steps => {
			let newest = 40;
			let state = listed(initialState, page(40, 0), 0, 40);
			for (const [isNew, older] of steps) {
				newest += isNew;
				const known = idsOf(state)?.length ?? 0;
				const offset = older ? known : 0;
				state = listed(state, page(newest, offset), offset, newest);
				const ids = idsOf(state) ?? [];
				expect(ids).toEqual(ids.toSorted((a, b) => b - a));
				expect(ids).toEqual(ids.map((_, index) => (ids[0] ?? 0) - index));
			}
		}),
	);
});
