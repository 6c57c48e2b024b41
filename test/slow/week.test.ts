/** What a state keeps of a week: as much at the end of the third day as at the end of the seventh. */
import { expect, test } from 'vitest';
import type { DagRun, TaskInstance } from '../../source/model/airflow/pipeline.ts';
import { tryKey } from '../../source/model/airflow/task-failure.ts';
import type { Finding } from '../../source/model/finding.ts';
import type { Fact } from '../../source/model/observation.ts';
import { reduce } from '../../source/model/reduce.ts';
import { initialState, type StackState } from '../../source/model/state.ts';
import { quoted } from '../../source/words/message.ts';
import { container, dag, dagId, detail, minute, mlflowRun, run, setup, stages, task } from '../diagnosis/stack.ts';

const begin = Date.UTC(2026, 10, 24);
/** Of 61 runs with tasks the newest 30 are kept (`forgetOldRuns`): with 31 a day, as many at the end of each day. */
const stepsADay = 31;
const stepMs = (24 * 60 * minute) / stepsADay;

/** How many values are in a value, itself included, whatever their size. */
function countOf(value: unknown): number {
	if (typeof value !== 'object' || value === null) return 1;
	return Object.values(value).reduce((sum: number, one: unknown) => sum + countOf(one), 1);
}

const countsOf = (state: StackState) =>
	Object.fromEntries(Object.entries(state).map(([key, part]) => [key, countOf(part)]));

const sizeOf = (state: StackState, key: string) =>
	Object.keys(Object.entries(state).find(([name]) => name === key)?.[1] ?? []).length;

/** The run of a step. */
function runOf(step: number): DagRun {
	const startedAt = begin + step * stepMs;
	const times = { logicalDate: startedAt, queuedAt: startedAt, startedAt, endedAt: startedAt + minute };
	return run(`scheduled ${step}`, 'failed', 0, times);
}

function tasksOf({ dagRunId, startedAt, endedAt }: DagRun): TaskInstance[] {
	const times = { dagRunId, queuedAt: startedAt, startedAt, endedAt };
	return stages.map((id, index) => task(id, index < 2 ? 'failed' : 'success', times));
}

/** The same worker, in another container at each step. */
const workerOf = (step: number) => `worker ${step}`;

const finding = (id: string, explainedBy: string | null): Finding => ({
	...{ id, explainedBy, subject: 'airflow-worker', severity: 'warning', since: begin },
	...{ title: quoted(id), evidence: [], cause: quoted(id), reason: quoted(id), impact: [], fixes: [], certainty: 1 },
	...{ rule: 'container unhealthy' },
});

/** What is learned in half an hour, in which somebody looks at the log and the tasks of the newest run. */
function factsOf(step: number): Fact[] {
	const newest = runOf(step);
	const runs = Array.from({ length: Math.min(step + 1, 25) }, (_, back) => runOf(step - back));
	const tasks = tasksOf(newest);
	const failed = tasks.filter(({ state }) => state === 'failed');
	const [at, worker, stream] = [begin + step * stepMs, workerOf(step), `task ${newest.dagRunId}`];
	const event = { name: 'airflow-worker', happenedAt: at, project: 'mlops', service: 'airflow-worker' };
	return [
		...(step > 0 ? [{ type: 'container removed', id: workerOf(step - 1) } satisfies Fact] : []),
		{ type: 'containers listed', containers: [container('airflow-worker', { id: worker }), container('mlflow')] },
		{ type: 'container inspected', detail: detail(worker, { startedAt: at }) },
		{ type: 'container event', event: { ...event, id: worker, action: 'die', exitCode: 1 } },
		{ type: 'container event', event: { ...event, id: worker, action: 'start', exitCode: null } },
		{ type: 'dags fetched', dags: [dag] },
		{
			type: 'dag runs fetched',
			dagId,
			runs: [{ ...newest, state: 'queued', startedAt: null, endedAt: null }, ...runs.slice(1)],
		},
		{ type: 'dag runs fetched', dagId, runs },
		{ type: 'task instances fetched', dagId, dagRunId: newest.dagRunId, taskInstances: tasks },
		// Somebody clears it.
		{
			type: 'task instances fetched',
			dagId,
			dagRunId: newest.dagRunId,
			taskInstances: tasks.map(one => ({ ...one, state: null })),
		},
		{ type: 'task instances fetched', dagId, dagRunId: newest.dagRunId, taskInstances: tasks },
		...failed.map(
			(one): Fact => ({ type: 'task failure explained', key: tryKey(one), reason: quoted('why'), tail: ['a', 'b'] }),
		),
		{
			type: 'mlflow runs fetched',
			experimentId: '1',
			runs: runs.map(({ startedAt }) => mlflowRun(startedAt ?? 0, 0.9)),
		},
		{ type: 'check finished', subject: worker, result: { check: 'setup', setup: setup() } },
		...stages.map(
			(id): Fact => ({ type: 'check finished', subject: `${stream} ${id}`, result: { check: 'pools', pools: [] } }),
		),
		{ type: 'check failed', check: 'last lines', subject: `${worker} ${step}`, message: quoted('no') },
		{
			type: 'findings changed',
			findings: [finding(`cause ${step}`, null), finding(`effect ${step}`, `cause ${step}`)],
		},
		{ type: 'findings changed', findings: [finding(`effect ${step}`, `cause ${step}`)] },
		{ type: 'findings changed', findings: [] },
		{ type: 'log stream', stream, status: 'following', via: 'file', note: null },
		{ type: 'log sign', container: `${worker} ${step}`, sign: 'disk full', line: `line ${step}`, happenedAt: at },
		{ type: 'log sign', container: `${worker} ${step}`, sign: 'killed', line: `line ${step}`, happenedAt: at },
		{ type: 'log errors', stream: 'c', subject: 'c', container: 'c', loggedAt: at, text: `error ${step}`, more: 0 },
		{ type: 'log cleared', stream, forgotten: true },
		{ type: 'run history fetched', dagId, offset: 0, runs, total: step },
		{ type: 'run history tasks fetched', dagId, runs: [{ run: newest, taskInstances: tasks }] },
		{ type: 'run history dropped' },
		{ type: 'action started', id: `action ${step}`, actionId: 'clear', title: quoted('clear'), targets: [] },
		{ type: 'action progress', id: `action ${step}`, line: quoted('cleared') },
		{ type: 'action finished', id: `action ${step}`, outcome: 'done', message: quoted('done') },
	];
}

test('a state keeps as much on the seventh day of a week as on the third', () => {
	let state = initialState;
	const days: Record<string, number>[] = [];
	for (let step = 0; step < 7 * stepsADay; step++) {
		const at = begin + step * stepMs;
		for (const fact of factsOf(step)) state = reduce(state, { ...fact, at });
		if (step % stepsADay === stepsADay - 1) days.push(countsOf(state));
	}
	// It was a week with something in it, so that every limit was reached.
	const sizes = {
		timeline: 1000,
		taskFailures: 100,
		checks: 400,
		signs: 100,
		actions: 50,
	};
	for (const [key, most] of Object.entries(sizes)) expect([key, sizeOf(state, key)]).toEqual([key, most]);
	expect(sizeOf(state, 'taskInstances')).toBeLessThanOrEqual(61);
	expect(days[6]).toEqual(days[2]);
});
