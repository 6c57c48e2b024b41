/** What a frame of a long list reads: the rows on the screen, not those of the list. */
import { expect, test } from 'vitest';
import type { MlflowRun } from '../../../source/model/mlflow/experiment.ts';
import { newestFirst } from '../../../source/model/mlflow/run-search.ts';
import type { Observation } from '../../../source/model/observation.ts';
import { initialState } from '../../../source/model/state.ts';
import { distinctMoments } from '../../../source/presentation/distinct-moments.ts';
import { sorted } from '../../../source/ui/lists/columns.ts';
import { wantedDagRuns } from '../../../source/ui/lists/dag-runs/run-rows.ts';
import { selectedRow } from '../../../source/ui/lists/opened.ts';
import { present } from '../../../source/ui/presenter.ts';
import { historySeen, manyRuns } from '../../given/many-runs.ts';
import { inputOf, now } from '../input-of.ts';

const minute = 60_000;

/** Runs that count how often their params are read, which only a drawn row does. */
function countedRuns(count: number) {
	let reads = 0;
	const runs = Array.from(
		{ length: count },
		(_, index): MlflowRun => ({
			...{ runId: `r${index}`, runName: `run-${index}`, experimentId: '1', status: 'FINISHED' },
			...{ startedAt: now - index * minute, endedAt: now, metrics: [], tags: [] },
			get params() {
				reads++;
				return [];
			},
		}),
	);
	return { runs, reads: () => reads };
}

function listOf(runs: MlflowRun[]): Observation[] {
	const query = { filter: '', orderBy: newestFirst };
	const experiment = { experimentId: '1', name: 'churn', artifactLocation: null };
	return [
		{ type: 'source connected', at: now, source: 'mlflow', version: '3.17.2', address: 'http://x' },
		{ type: 'experiment fetched', at: now, name: 'churn', experiment },
		{ type: 'mlflow runs fetched', at: now, experimentId: '1', runs: runs.slice(0, 200) },
		{ type: 'feed live', at: now, feed: 'experiment' },
		{ type: 'mlflow runs found', at: now, experimentId: '1', query, after: 0, runs, nextPage: null },
	];
}
const browse = { filter: '', sort: null, state: null, selected: null, back: null };

test('a frame of 10,000 MLflow runs reads the params of the rows on the screen', () => {
	const { runs, reads } = countedRuns(10_000);
	const at = (selected: string) => ({ browse: { ...browse, kind: 'mlflow-runs' as const, selected } });
	const input = inputOf({ seen: listOf(runs), view: at('r0'), rows: 50 });
	const before = reads();
	const first = present(input);
	expect(first.browse?.text).toContain('run-0');
	expect(reads() - before).toBeLessThan(500);
	const screen = present({ ...input, view: { ...input.view, ...at('r9000') } }, first);
	expect(screen.browse?.text).toContain('run-9000');
	expect(reads() - before).toBeLessThan(1000);
});

test('a key in a list of 1,000 DAG runs does not sort it again', () => {
	const many = manyRuns({ runs: 1000, tasks: ['extract'] });
	const [newest] = many.runs;
	let reads = 0;
	const runs = many.runs.map(run => ({
		...run,
		get conf() {
			reads++;
			return null;
		},
	}));
	const at = (selected: string | null) => ({ browse: { ...browse, kind: 'runs' as const, selected } });
	const seen: Observation[] = [
		...historySeen(many, now),
		{ type: 'dag runs fetched', at: now, dagId: newest?.dagId ?? '', runs },
	];
	const input = inputOf({ seen, view: { dagId: newest?.dagId ?? '', ...at(null) }, rows: 50 });
	const first = present(input);
	const before = reads;
	const screen = present({ ...input, view: { ...input.view, ...at(many.runs[900]?.dagRunId ?? '') } }, first);
	expect(screen.browse?.text).not.toBe(first.browse?.text);
	expect(reads - before).toBeLessThan(100);
});

test('the list of DAG runs is read on near its end, not for words, and up to 1,000 runs', () => {
	const many = manyRuns({ runs: 1000, tasks: ['extract'] });
	const dagId = many.runs[0]?.dagId ?? '';
	const stateWith = (known: number) => ({
		...initialState,
		matchedRuns: { dagId, runState: null, runs: many.runs.slice(0, known), total: 5000 },
	});
	const wanted = (known: number, index: number, more: { filter?: string; state?: string } = {}) =>
		wantedDagRuns(stateWith(known), dagId, { ...browse, kind: 'runs', ...more }, { rows: known, index });
	expect(wanted(100, 0)).toBe(100);
	expect(wanted(100, 49)).toBe(100);
	expect(wanted(100, 50)).toBe(200);
	expect(wanted(100, 99, { filter: 'failed' })).toBe(100);
	// Of another state nothing is known yet.
	expect(wanted(300, 299, { state: 'failed' })).toBe(100);
	expect(wanted(950, 949)).toBe(1000);
	expect(wanted(1000, 999)).toBe(1000);
});

test('the times of 10,000 rows are written as they are asked for', () => {
	let reads = 0;
	const rows = Array.from({ length: 10_000 }, (_, index) => ({ id: `${index}`, name: `${index}` }));
	const read = {
		id: ({ id }: { readonly id: string }) => id,
		name: ({ name }: { readonly name: string }) => name,
		at: ({ id }: { readonly id: string }) => {
			reads++;
			return now - Number(id) * minute;
		},
	};
	const timeOf = distinctMoments(rows, read, now);
	for (const row of rows.slice(0, 50)) timeOf(row);
	expect(reads).toBeLessThan(500);
});

test('the selected row is found where it was, and elsewhere after a move', () => {
	const rows = Array.from({ length: 10_000 }, (_, index) => ({ id: `r${index}` }));
	let reads = 0;
	const idOf = ({ id }: { readonly id: string }) => {
		reads++;
		return id;
	};
	expect(selectedRow(rows, idOf, { selected: 'r9000' }).index).toBe(9000);
	const before = reads;
	expect(selectedRow(rows, idOf, { selected: 'r9000' }).index).toBe(9000);
	expect(reads - before).toBe(1);
	expect(selectedRow(rows, idOf, { selected: 'r5' }).index).toBe(5);
	expect(selectedRow(rows, idOf, { selected: 'gone' })).toEqual({ row: rows[0], index: 0 });
	expect(selectedRow(rows, idOf, { selected: null }, true).index).toBe(9999);
	expect(selectedRow([], idOf, { selected: 'r5' })).toEqual({ row: undefined, index: -1 });
	expect(selectedRow([], idOf, { selected: null }, true).index).toBe(-1);
});

test('rows with the same order keep theirs, in both directions', () => {
	const rows = [
		{ id: 'a', size: 2 },
		{ id: 'b', size: 1 },
		{ id: 'c', size: 2 },
	];
	const columns = [{ id: 'size', order: ({ size }: { readonly size: number }) => size }];
	expect(sorted(rows, columns, 'size').map(({ id }) => id)).toEqual(['b', 'a', 'c']);
	expect(sorted(rows, columns, '-size').map(({ id }) => id)).toEqual(['a', 'c', 'b']);
});
