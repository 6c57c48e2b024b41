import { expect, test } from 'vitest';
import { comparedRuns, TaskHistoryReader } from '../../../source/feeds/airflow/task-history.ts';
import type { DagParam } from '../../../source/model/airflow/dag-params.ts';
import type { DagRun } from '../../../source/model/airflow/pipeline.ts';
import { dagId, minute, run, stages, task } from '../../diagnosis/stack.ts';

const signal = new AbortController().signal;
const pace: DagParam = { name: 'pace', value: 5, description: null, title: null, schema: {} };
const seed: DagParam = { ...pace, name: 'seed', value: null };

function airflow({ params = [pace, seed] }: { readonly params?: readonly DagParam[] | Error } = {}) {
	const asked: string[] = [];
	return {
		asked,
		taskInstances: async (_dag: string, dagRunId: string) => {
			asked.push(dagRunId);
			return [task(stages[0] ?? '', 'success', { startedAt: 1000, endedAt: 2000, durationSeconds: 1 })];
		},
		dagParams: async () => {
			asked.push('params');
			if (params instanceof Error) throw params;
			return [...params];
		},
	};
}
const success = (id: string, more: Partial<DagRun> = {}) => run(id, 'success', 10 * minute, more);
const definitions: never[] = [];

test('a run that has ended is read once, and again after a clear', async () => {
	const reader = new TaskHistoryReader();
	const client = airflow();
	const read = (...dagRuns: DagRun[]) => reader.read(client, dagId, { dagRuns, definitions }, signal);
	const [a, b] = [success('a'), success('b')];
	expect((await read(run('now', 'running', minute), a, b)).runs).toBe(2);
	expect(client.asked.splice(0)).toEqual(['a', 'b']);
	expect((await read(success('c'), a, b)).runs).toBe(3);
	expect(client.asked.splice(0)).toEqual(['c']);
	await read({ ...a, endedAt: (a.endedAt ?? 0) + minute }, b);
	expect(client.asked.splice(0)).toEqual(['a']);
});

test('the last ten successful runs count', () => {
	const runs = Array.from({ length: 12 }, (_, index) => success(`${index}`));
	expect(comparedRuns([run('bad', 'failed', minute), ...runs]).map(one => one.run.dagRunId)).toEqual(
		runs.slice(0, 10).map(one => one.dagRunId),
	);
});

test("numbers of the conf, and of the DAG's params where it sets none", async () => {
	const client = airflow();
	const dagRuns = [success('a', { conf: '{"rows":7,"full":true,"day":"monday"}' }), success('b')];
	const reader = new TaskHistoryReader();
	const history = await reader.read(client, dagId, { dagRuns, definitions }, signal);
	expect(history.earlier?.map(({ conf }) => conf)).toEqual([{ pace: 5, rows: 7, full: 1 }, { pace: 5 }]);
	expect(history.defaults).toEqual({ pace: 5 });
	await reader.read(client, dagId, { dagRuns, definitions }, signal);
	expect(client.asked).toEqual(['a', 'b', 'params']);
});

test('a user who may not read the params has a history without them', async () => {
	const client = airflow({ params: new Error('forbidden') });
	const dagRuns = [success('a', { conf: '{"rows":7}' })];
	const history = await new TaskHistoryReader().read(client, dagId, { dagRuns, definitions }, signal);
	expect(history.earlier?.map(({ conf }) => conf)).toEqual([{ rows: 7 }]);
});
