import { expect, test } from 'vitest';
import type { MlflowRun } from '../../../source/model/mlflow/experiment.ts';
import { newestFirst } from '../../../source/model/mlflow/run-search.ts';
import { initialState, type StackState } from '../../../source/model/state.ts';
import type { Browse } from '../../../source/ui/conversation.ts';
import { sorted } from '../../../source/ui/lists/columns.ts';
import { mlflowRunRows, mlflowRunTree } from '../../../source/ui/lists/mlflow-runs/mlflow-run-rows.ts';
import { initialView } from '../../../source/ui/view-state.ts';

const count = 10_000;

/** Runs that count how often their params are read. */
function runs(): { readonly runs: readonly MlflowRun[]; readonly reads: () => number } {
	let reads = 0;
	const made = Array.from({ length: count }, (_, index) => ({
		...{ runId: `r${index}`, runName: `stage_${index % 7}`, experimentId: '1', status: 'FINISHED' },
		...{ startedAt: 1_800_000_000_000 - index, endedAt: 1_800_000_000_000 + (index % 100), metrics: [], tags: [] },
		get params() {
			reads++;
			return [{ key: 'number', value: String(index) }];
		},
	}));
	return { runs: made, reads: () => reads };
}
const stateOf = (made: readonly MlflowRun[]): StackState => ({
	...initialState,
	experiment: { experimentId: '1', name: 'churn', artifactLocation: null },
	mlflowRuns: made.slice(0, 200),
	runSearch: {
		experimentId: '1',
		query: { filter: '', orderBy: newestFirst },
		runs: [...made],
		nextPage: null,
		failure: null,
		seenAt: 1,
	},
});
const view = initialView('dag');
const browse: Browse = { kind: 'mlflow-runs', filter: '', sort: null, state: null, selected: null, back: null };

test('words that are typed search 10,000 runs, each once for a word', () => {
	const { runs: made, reads } = runs();
	const state = stateOf(made);
	const found = (filter: string) => mlflowRunRows(state, view, { ...browse, filter }).map(({ runId }) => runId);
	expect(found('stage_4 number=9999')).toEqual([]);
	expect(found('STAGE_3 Number=9998')).toEqual([]);
	expect(found('stage_3 number=9999 failed')).toEqual([]);
	expect(found('stage_3 number=9999')).toEqual(['r9999']);
	expect(found('완료 number=9999')).toEqual(['r9999']);
	expect(reads()).toBeLessThan(7 * count);
});

test('a sort asks each row for its order once, and keeps the order of equal ones both ways', () => {
	let asked = 0;
	const column = {
		id: 'group',
		order: (row: number) => {
			asked++;
			return row % 10;
		},
	};
	const rows = Array.from({ length: count }, (_, index) => index);
	const up = sorted(rows, [column], 'group');
	expect(asked).toBe(count);
	expect(up.slice(0, 3)).toEqual([0, 10, 20]);
	expect(sorted(rows, [column], '-group').slice(0, 3)).toEqual([9, 19, 29]);
	expect(sorted(rows, [], 'group')).toEqual(rows);
});

test('another order of single runs makes no new nodes', () => {
	const { runs: made } = runs();
	const state = stateOf(made);
	const byId = (sort: string) => new Map(mlflowRunTree(state, view, { ...browse, sort }).map(run => [run.runId, run]));
	const [first, second] = [byId('took'), byId('-took')];
	expect(second.size).toBe(count);
	expect([...first].every(([id, node]) => second.get(id) === node)).toBe(true);
});
