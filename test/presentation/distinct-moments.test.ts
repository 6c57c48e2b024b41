import fc from 'fast-check';
import { expect, test } from 'vitest';
import { distinctMoments } from '../../source/presentation/distinct-moments.ts';
import { mlflowRunTime } from '../../source/presentation/mlflow-run-time.ts';
import { runName } from '../../source/presentation/run-name.ts';
import { mlflowRun, now, run } from '../diagnosis/stack.ts';
import { inUtc } from '../in-utc.ts';

inUtc();

const second = 1000;

type Row = { readonly id: string; readonly name: string; readonly at: number | null };
const read = { id: ({ id }: Row) => id, name: ({ name }: Row) => name, at: ({ at }: Row) => at };

test('runs of the same minute have their seconds, the others have not', () => {
	const runs = [run('a', 'success', 2 * second), run('b', 'success', 20 * second), run('c', 'success', 3600 * second)];
	expect(runs.map(one => runName(one, now, runs))).toEqual(['manual 14:03:19', 'manual 14:03:01', 'manual 13:03']);
});

test('runs of the same second have what only their ids have', () => {
	const ids = ['manual__2026-11-24T14:03:21.100200+00:00', 'manual__2026-11-24T14:03:21.300400+00:00'];
	const runs = ids.map(id => run(id, 'running', 0));
	expect(runs.map(one => runName(one, now, runs))).toEqual(['manual 14:03:21 1002', 'manual 14:03:21 3004']);
});

test.each([
	['the one is the beginning of the other', '_', '__'],
	['two of three begin the same for long', `a${'x'.repeat(30)}1`, `a${'x'.repeat(30)}2`, 'b'],
])('ids of the same second stay apart where %s', (_, ...ids) => {
	const rows = ids.map(id => ({ id, name: 'manual', at: null }));
	expect(new Set(rows.map(distinctMoments<Row>(rows, read, now))).size).toBe(ids.length);
});

test('a scheduled run and one by hand of the same minute are not alike', () => {
	const runs = [run('a', 'success', 0), run('b', 'success', 0, { runType: 'scheduled' })];
	expect(runs.map(one => runName(one, now, runs))).toEqual(['manual 14:03', 'scheduled 14:03']);
});

test('MLflow runs of one name and minute have their seconds', () => {
	const runs = [
		{ ...mlflowRun(now, 0.9), runId: 'x' },
		{ ...mlflowRun(now - 3 * second, 0.9), runId: 'y' },
	];
	expect(runs.map(one => mlflowRunTime(one, now, runs))).toEqual(['14:03:21', '14:03:18']);
	const other = [runs[0], { ...mlflowRun(now - 3 * second, 0.9), runName: 'other' }].filter(one => one !== undefined);
	expect(other.map(one => mlflowRunTime(one, now, other))).toEqual(['14:03', '14:03']);
});

test('no two rows of different ids look alike', () => {
	const row = fc.record({
		id: fc.stringMatching(/^[a-c0-9_]{1,12}$/),
		name: fc.constantFrom('manual', 'scheduled'),
		at: fc.option(fc.integer({ min: now - 120 * second, max: now }).map(ms => ms - (ms % 500))),
	});
	fc.assert(
		fc.property(fc.uniqueArray(row, { selector: ({ id }) => id, maxLength: 12 }), rows => {
			const timeOf = distinctMoments<Row>(rows, read, now);
			const seen = rows.map(row => `${row.name} ${timeOf(row)}`);
			expect(new Set(seen).size).toBe(rows.length);
		}),
	);
});
