import { test } from 'vitest';
import type { AirflowClient } from '../../../source/clients/airflow/airflow.ts';
import type { TaskRequests } from '../../../source/clients/airflow/task-requests.ts';
import type { Clients } from '../../../source/clients/clients.ts';
import { ClientError } from '../../../source/model/failures/failure.ts';
import type { Fact } from '../../../source/model/observation.ts';
import { runKey } from '../../../source/model/state.ts';
import { quoted } from '../../../source/words/message.ts';
import { check, dagId, now, run, runsFetched, stages, stateOf, tasksFetched } from '../../diagnosis/stack.ts';
import { expect } from '../../english.ts';
import { begun, type GivenContext, pageOf, refusalOf } from '../../given/step-context.ts';
import { stubOf } from '../../given/stub.ts';
import { airflowWith } from '../../given/task-clients.ts';
import { inUtc } from '../../in-utc.ts';

inUtc();

const second = stages[1] ?? '';
const connected = (version: string): Fact => ({
	...{ type: 'source connected', source: 'airflow', version, address: 'http://localhost:8082' },
});
/** The second task failed in its first two tries and is in its third. */
const tasks = tasksFetched(['success', 'running'], 'newest', [{}, { tryNumber: 3, maxTries: 3, endedAt: null }]);
const instancesIn = (fact: Fact) => (fact.type === 'task instances fetched' ? fact.taskInstances : []);
const view = { focus: 'pipeline' as const, taskId: second };
const clientsWith = (requests: Partial<TaskRequests> = {}, more: Partial<AirflowClient> = {}) =>
	stubOf<Clients>({ mlflow: null, airflow: airflowWith(instancesIn(tasks), { requests, more }) });
const never = (what: string) => {
	throw new Error(`${what} is not part of the run`);
};
const clients = clientsWith();
const running = runsFetched(run('newest', 'running', 900_000));
const pageFor = (state: ReturnType<typeof stateOf>, taskId = second, more: GivenContext = {}) =>
	pageOf(begun('task', { state, clients, ...more, view: { ...view, ...more.view, taskId } }));
const texts = async (state: ReturnType<typeof stateOf>, taskId = second, more: GivenContext = {}) =>
	(await pageFor(state, taskId, more)).lines.map(({ text }) => text);

test.each(['3.3.2', '2.10.0'])('Airflow %s: each try of the selected task with its times and host', async version => {
	const shown = await texts(stateOf(connected(version), running, tasks));
	expect(shown[shown.indexOf('Tries') + 1]).toBe('  TRY  STATE      WAITED  STARTED   ENDED     DURATION  HOST');
	expect(shown).toContain(`    1  ✖ failed     0:01  13:48:22  13:49:23      1:01  worker-1 of ${second}`);
	expect(shown).toContain(`    2  ✖ failed     0:01  13:53:22  13:54:23      1:01  worker-2 of ${second}`);
	expect(shown.filter(text => text.includes('  worker-') && text.startsWith('   '))).toHaveLength(3);
});

test('state, operator, queue, XCom keys and errors of the log; secrets stay hidden', async () => {
	const shown = await texts(stateOf(connected('3.3.2'), running, tasks));
	expect(shown[0]).toMatch(/running since .*, duration /);
	expect(shown).toEqual(
		expect.arrayContaining(['Operator  @task', 'Try       3 of 4', 'Pool      default_pool (1 slot)', 'Priority  3']),
	);
	expect(shown).toContain('  bash_command: load --password=•••');
	expect(shown.find(text => text.startsWith('  return_value'))).toMatch(/return_value {2}\d\d:\d\d:\d\d/);
	expect(shown).toContain('Errors in the log of try 3');
	expect(shown).toContain('  token=••• refused');
	expect(shown).toContain('  ConnectionError: source closed');
	expect(shown.join()).not.toMatch(/hunter2|abcdef123456/);
});

test('the usual duration of earlier runs, and by how much it is slower', async () => {
	const [first] = instancesIn(tasks);
	const took = (seconds: number, dagRunId: string) => ({
		...(first ?? never('first')),
		...{ dagRunId, taskId: second, state: 'success', durationSeconds: seconds, endedAt: now },
	});
	const earlier = [took(10, 'a'), took(20, 'b'), took(30, 'c'), { ...took(999, 'd'), state: 'failed' }];
	const shown = await texts(stateOf(connected('3.3.2'), running, tasks), second, {
		clients: clientsWith({ inRuns: async () => earlier }),
	});
	expect(shown).toContain('Usually 0:20, P90 0:28 (3 successful instances)');
	expect(shown.find(text => text.endsWith('slower than usual'))).toMatch(/^\d+:\d\d slower than usual$/);
});

test('a part that cannot be fetched says why, and the others are there', async () => {
	const failing = clientsWith(
		{ xcomKeys: () => Promise.reject(new ClientError('refused', quoted('XCom is forbidden'))) },
		{ taskLog: () => Promise.reject(new ClientError('not-found', quoted('the log is gone'))) },
	);
	const shown = await texts(stateOf(connected('3.3.2'), running, tasks), second, { clients: failing });
	expect(shown).toContain('  XCom is forbidden');
	expect(shown).toContain('  the log is gone');
	expect(shown).toContain('Operator  @task');
});

test('without an answer about the task, what is known of it', async () => {
	const silent = clientsWith({ detail: () => Promise.reject(new ClientError('timeout', quoted('no answer'))) });
	const shown = await texts(stateOf(connected('3.3.2'), running, tasks), second, { clients: silent });
	expect(shown[0]).toMatch(/running/);
	expect(shown.find(text => text.startsWith('Airflow'))).toContain('no answer');
});

test('with Airflow before 2.10 the last try, and why there are no others', async () => {
	const shown = await texts(stateOf(running, tasks));
	expect(shown[shown.indexOf('Tries') + 2]).toMatch(/^ {4}3 {2}● running /);
	expect(shown[shown.indexOf('Tries') + 3]).toBe('  Times of earlier tries need Airflow 2.10 or newer; this is 2.8.0');
});

test('a task that waits has the reason first, with Airflow’s own sentence', async () => {
	const third = stages[2] ?? '';
	const waiting = tasksFetched(['success', 'success', 'scheduled']);
	const unmet = [{ name: 'Pool Slots Available', reason: 'there are 0 open slots' }];
	const state = stateOf(
		connected('3.3.2'),
		runsFetched(run('newest', 'running', 900_000)),
		waiting,
		check({ check: 'dependencies', tasks: [{ taskId: third, mapIndex: -1, unmet }] }, runKey(dagId, 'newest')),
	);
	const detail = async () => ({
		...(instancesIn(waiting)[2] ?? never('third')),
		...{ operator: null, scheduledAt: now, priorityWeight: null, pid: null, executor: null, label: null, fields: [] },
	});
	const asked = { clients: clientsWith({ detail, xcomKeys: async () => [] }) };
	expect(await texts(state, third, asked)).toContain('Airflow: Pool Slots Available: there are 0 open slots');
});

test('without a selected task it says what to do', async () => {
	expect(await refusalOf(begun('task', { clients, view: { ...view, taskId: null } }))).toMatchObject({
		refused: 'Select a task first (key: Right)',
	});
});
