import { test } from 'vitest';
import type { AirflowClient } from '../../../../source/clients/airflow/airflow.ts';
import type { Airflow3 } from '../../../../source/clients/airflow/airflow3.ts';
import type { Clients } from '../../../../source/clients/clients.ts';
import type { Fact } from '../../../../source/model/observation.ts';
import { runKey } from '../../../../source/model/state.ts';
import { check, dagId, now, run, runsFetched, stages, stateOf, tasksFetched } from '../../../diagnosis/stack.ts';
import { expect } from '../../../english.ts';
import { begun, pageOf, refusalOf } from '../../../given/step-context.ts';
import { stubOf } from '../../../given/stub.ts';
import { inUtc } from '../../../in-utc.ts';

inUtc();

const second = stages[1] ?? '';
const connected = (version: string): Fact => ({
	...{ type: 'source connected', source: 'airflow', version, address: 'http://localhost:8082' },
});
/** The second task failed in its first two tries and is in its third. */
const tasks = tasksFetched(['success', 'running'], 'newest', [{}, { tryNumber: 3, maxTries: 3, endedAt: null }]);
const view = { focus: 'pipeline' as const, taskId: second };
const clients = stubOf<Clients>({
	airflow: stubOf<AirflowClient>({
		airflow3: async () =>
			stubOf<Airflow3>({
				tries: async ({ taskId }) =>
					[1, 2, 3].map(tryNumber => ({
						...{ tryNumber, hostname: `worker-${tryNumber} of ${taskId}`, queuedAt: now - 300_000 * (4 - tryNumber) },
						state: tryNumber < 3 ? 'failed' : 'running',
						startedAt: now - 300_000 * (4 - tryNumber) + 1000,
						endedAt: tryNumber < 3 ? now - 300_000 * (4 - tryNumber) + 62_000 : null,
					})),
			}),
	}),
});
const texts = async (state: ReturnType<typeof stateOf>, taskId = second) =>
	(await pageOf(begun('task-tries', { state, clients, view: { ...view, taskId } }))).lines.map(({ text }) => text);

test('each try of the selected task with its times and host', async () => {
	const shown = await texts(stateOf(connected('3.3.2'), runsFetched(run('newest', 'running', 900_000)), tasks));
	expect(shown).toEqual(expect.arrayContaining(['Try 1: failed', 'Try 2: failed', 'Try 3: running']));
	expect(shown).toContain('  started: 13:48:22');
	expect(shown).toContain('  ended: 13:49:23');
	expect(shown).toContain('  duration: 1:01');
	expect(shown).toContain(`  host: worker-2 of ${second}`);
	expect(shown.filter(text => text.includes('ended'))).toHaveLength(2);
});

test('with Airflow 2 the last try, and why there are no others', async () => {
	const shown = await texts(stateOf(runsFetched(run('newest', 'running', 900_000)), tasks));
	expect(shown.filter(text => text.startsWith('Try '))).toEqual(['Try 3: running']);
	expect(shown.at(-1)).toBe('Times of earlier tries need Airflow 3; this is 2.8.0');
});

test('a task that waits has the reason first, with Airflow’s own sentence', async () => {
	const third = stages[2] ?? '';
	const unmet = [{ name: 'Pool Slots Available', reason: 'there are 0 open slots' }];
	const state = stateOf(
		connected('3.3.2'),
		runsFetched(run('newest', 'running', 900_000)),
		tasksFetched(['success', 'success', 'scheduled']),
		check({ check: 'dependencies', tasks: [{ taskId: third, mapIndex: -1, unmet }] }, runKey(dagId, 'newest')),
	);
	expect(await texts(state, third)).toContain('Airflow: Pool Slots Available: there are 0 open slots');
});

test('without a selected task it says what to do', async () => {
	expect(await refusalOf(begun('task-tries', { clients, view: { ...view, taskId: null } }))).toMatchObject({
		refused: 'Select a task first',
	});
});
