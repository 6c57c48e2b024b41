import { expect, test } from 'vitest';
import type { Observation } from '../../../source/model/observation.ts';
import { reduce } from '../../../source/model/reduce.ts';
import { dag, dagId, only, run, runsFetched, stateOf, tasksFetched } from '../../diagnosis/stack.ts';
import { airflow, now, screenOf } from '../../ui/screens.tsx';

const failed = [
	runsFetched(run('newest', 'failed', 300_000)),
	tasksFetched([
		'success',
		'failed',
		'upstream_failed',
		'upstream_failed',
		'upstream_failed',
		'upstream_failed',
		'upstream_failed',
	]),
];
const gone = { type: 'dags fetched' as const, dags: [{ ...dag, dagId: 'another' }] };

test('a finding about a DAG that was deleted goes with the next list of DAGs', () => {
	expect(only('task failed', ...failed)).toHaveLength(1);
	expect(only('task failed', ...failed, gone)).toEqual([]);
	// Its runs are still in the database, and one is shown.
	expect(only('task failed', gone, ...failed)).toEqual([]);
});

test('all that was known of a DAG that is gone is forgotten, and nothing else', () => {
	const before = stateOf(...failed);
	const after = reduce(before, { ...gone, at: now });
	for (const record of [after.dagRuns, after.dagTasks, after.runsSeenAt, after.taskInstances, after.tasksSeenAt])
		expect(Object.keys(record).filter(key => key.startsWith(dagId))).toEqual([]);
	const same = reduce(before, { type: 'dags fetched', dags: [dag], at: now });
	expect(same.dagRuns).toBe(before.dagRuns);
});

test('that a DAG has no runs is still known when Airflow does not list it', () => {
	const empty: Observation = { type: 'dag runs fetched', dagId, runs: [], at: now };
	const after = [empty, { ...gone, at: now }].reduce(reduce, stateOf());
	expect(after.dagRuns[dagId]).toEqual([]);
});

/** The state of some minutes ago, while another DAG was shown. */
const seenAgo = (ms: number): Observation[] =>
	airflow(['success', 'running', null, null, null, null, null]).map(one =>
		one.type === 'dag runs fetched' || one.type === 'task instances fetched' ? { ...one, at: now - ms } : one,
	);

test('a pipeline that was not asked for lately says how old it is, and its clock stands still', () => {
	const live: Observation = { type: 'feed live', feed: 'pipeline', at: now };
	expect(screenOf({ seen: [...seenAgo(3000), live] })).not.toContain('as of');
	const screen = screenOf({ seen: [...seenAgo(300_000), live], columns: 160 });
	expect(screen).toMatch(/as of \d\d:\d\d:\d\d, 5m ago/);
});
