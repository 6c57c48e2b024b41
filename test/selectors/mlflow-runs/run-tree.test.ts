import { expect, test } from 'vitest';
import type { MlflowRun } from '../../../source/model/mlflow/experiment.ts';
import { runTree } from '../../../source/selectors/mlflow-runs/run-tree.ts';

const run = (runId: string, parent?: string): MlflowRun => ({
	...{
		runId,
		runName: runId,
		experimentId: '1',
		status: 'FINISHED',
		startedAt: 1,
		endedAt: 2,
		metrics: [],
		params: [],
	},
	tags: parent === undefined ? [] : [{ key: 'mlflow.parentRunId', value: parent }],
});
const shown = (runs: readonly MlflowRun[], others: readonly MlflowRun[] = [], folded: readonly string[] = []) =>
	runTree(runs, others, new Set(folded)).map(
		({ runId, depth = 0, nested = 0, isFolded, isContext }) =>
			`${' '.repeat(depth)}${isFolded ? '+' : ''}${runId}${nested > 0 ? `(${nested})` : ''}${isContext ? '?' : ''}`,
	);

test('a group stands where its first run would, in the order of the list', () => {
	const runs = [run('b2', 'b'), run('x'), run('a1', 'a'), run('b1', 'b'), run('b'), run('a')];
	expect(shown(runs)).toEqual(['b(2)', ' b2', ' b1', 'x', 'a(1)', ' a1']);
});

test('runs of several depths; folded ones keep their count', () => {
	const runs = [run('a'), run('a1', 'a'), run('a11', 'a1'), run('a2', 'a')];
	expect(shown(runs)).toEqual(['a(3)', ' a1(1)', '  a11', ' a2']);
	expect(shown(runs, [], ['a1'])).toEqual(['a(3)', ' +a1(1)', ' a2']);
	expect(shown(runs, [], ['a', 'a2'])).toEqual(['+a(3)']);
});

test('a parent that is not in the list is shown for its children; an unknown one is not', () => {
	expect(shown([run('a1', 'a'), run('z1', 'z')], [run('a'), run('other')])).toEqual(['a(1)?', ' a1', 'z1']);
});

test('runs that name each other as parents are rows like any other', () => {
	expect(shown([run('a', 'b'), run('b', 'a'), run('c', 'c')]).toSorted()).toEqual(['a', 'b', 'c']);
	const chain = Array.from({ length: 100 }, (_, index) => run(`r${index}`, `r${index + 1}`));
	expect(runTree(chain, [], new Set())).toHaveLength(100);
});

test('a chain of thousands, the first of them on top, is shown at one depth from some point on', () => {
	const chain = Array.from({ length: 10_000 }, (_, index) =>
		index === 0 ? run('r0') : run(`r${index}`, `r${index - 1}`),
	);
	const nodes = runTree(chain, [], new Set());
	expect(nodes.map(({ runId }) => runId)).toEqual(chain.map(({ runId }) => runId));
	expect([nodes[0]?.nested, nodes[19]?.depth, nodes[9999]?.depth]).toEqual([9999, 19, 20]);
	expect(runTree(chain, [], new Set(['r1']))).toHaveLength(2);
});
