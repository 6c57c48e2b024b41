import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { brokerCheck } from '../../source/checks/broker.ts';
import type { CheckDeps } from '../../source/checks/check.ts';
import { poolsCheck } from '../../source/checks/pools.ts';
import { parseTaskWaits } from '../../source/checks/task-waits.ts';
import { dagAnswer, tasksAnswer } from '../../source/clients/airflow/v1/dag-answers.ts';
import { taskInstancesAnswer } from '../../source/clients/airflow/v1/run-answers.ts';
import { factsOf } from '../../source/diagnosis/facts.ts';
import type { Pool } from '../../source/model/check.ts';
import { check, diagnosisOptions, now, run, runsFetched, services, setup, stateOf, task } from '../diagnosis/stack.ts';

/** Output that explains why tasks wait, from the real servers. */
const recorded = (path: string) => readFileSync(join(import.meta.dirname, '../fixtures/recorded', path), 'utf8');

test('the database: the next look of a sensor, active tasks, the limit of a mapped task', () => {
	expect(parseTaskWaits(recorded('postgres-15/task-waits.json'))).toEqual({
		check: 'task waits',
		reschedules: [
			{ dagId: 'waiting_usual', dagRunId: 'recorded-sensor', taskId: 'sense', mapIndex: -1, at: 1795881332904 },
		],
		active: [{ dagId: 'waiting_usual', taskId: 'part', count: 1 }],
		limits: [{ dagId: 'waiting_usual', taskId: 'part', perDag: 1, perRun: null }],
	});
	for (const text of ['', 'ERROR: relation', '{}', '{"reschedules":1}'])
		expect(() => parseTaskWaits(text)).toThrow(/database/);
});

test('Airflow: a deferred task that no triggerer has taken, a sensor between two looks', () => {
	const parsed = (file: string) =>
		taskInstancesAnswer.parse(JSON.parse(recorded(`airflow-2.8.0/${file}`))).task_instances;
	expect(parsed('task-instances.deferred.json')[0]).toMatchObject({
		state: 'deferred',
		poolSlots: 1,
		queue: 'default',
		trigger: {
			name: 'DateTimeTrigger',
			createdAt: Date.UTC(2026, 10, 28, 15, 50, 50, 884),
			isTaken: false,
			triggererSeenAt: null,
		},
	});
	const sensor = parsed('task-instances.rescheduled.json').find(({ taskId }) => taskId === 'sense');
	expect(sensor).toMatchObject({ state: 'up_for_reschedule', trigger: null });
	expect(sensor?.endedAt).not.toBeNull();
});

test('Airflow: rules of a task, limits of a DAG', () => {
	const [past] = tasksAnswer.parse(JSON.parse(recorded('airflow-2.8.0/dag-tasks.depends-on-past.json')));
	expect(past).toMatchObject({
		dependsOnPast: true,
		waitForDownstream: false,
		triggerRule: 'all_success',
		retryDelayMs: 300_000,
	});
	const dag = dagAnswer.parse(JSON.parse(recorded('airflow-2.8.0/dag.json')));
	expect(dag).toMatchObject({ maxActiveTasks: 16, maxActiveRuns: 16, hasTaskConcurrencyLimits: false });
});

/** A check that is repeated: the container's output each time, and the time. */
function deps(said: () => readonly string[], clock: () => number, settings: Record<string, string> = {}): CheckDeps {
	const waiting = task('x', 'queued', { queue: 'gpu', queuedAt: now - 60_000 });
	const state = stateOf(
		runsFetched(run('newest', 'running', 60_000)),
		{ type: 'task instances fetched', dagId: waiting.dagId, dagRunId: 'newest', taskInstances: [waiting] },
		...services.map(name => check({ check: 'setup', setup: setup({ settings }) }, name)),
	);
	const asked: string[][] = [];
	const docker = {
		asked,
		runIn: async (_id: string, argv: string[]) => {
			asked.push(argv);
			return { exitCode: 0, lines: said(), tookMs: 1 };
		},
	};
	const fake: unknown = { docker, airflow: () => null, facts: () => factsOf(state, now, diagnosisOptions), now: clock };
	return fake as CheckDeps;
}
const signal = new AbortController().signal;
const redis = (count: number, unacked: number, ...databases: string[]) => [
	'PONG',
	`queue ${count} default`,
	'queue 0 celery',
	'queue 0 gpu',
	`unacked ${unacked}`,
	'# Keyspace',
	...databases.map(name => `${name}:keys=3,expires=0,avg_ttl=0`),
];

test('the broker: a queue is still as long as nothing is taken from it', async () => {
	let time = now;
	let lines = redis(12, 4, 'db0');
	const broker = deps(
		() => lines,
		() => time,
	);
	const check = brokerCheck();
	const look = async (count: number, later: number) => {
		lines = redis(count, 4, 'db0');
		time += later;
		const result = await check.look(broker, '', signal);
		return result?.check === 'broker' ? result : null;
	};
	expect(await look(12, 0)).toMatchObject({ asked: ['default', 'celery', 'gpu'], unacked: 4 });
	expect((await look(14, 10_000))?.queues).toEqual([{ name: 'default', count: 14, since: now, unchangedSince: now }]);
	expect((await look(13, 10_000))?.queues).toEqual([
		{ name: 'default', count: 13, since: now, unchangedSince: now + 20_000 },
	]);
	expect((await look(0, 10_000))?.queues).toEqual([]);
});

test('the broker: an empty queue says nothing where Celery may use another database of Redis', async () => {
	const unknown = await brokerCheck().look(
		deps(
			() => redis(0, 0, 'db0', 'db1'),
			() => now,
		),
		'',
		signal,
	);
	expect(unknown).toMatchObject({ asked: [], unacked: null });
	const settings = { AIRFLOW__CELERY__BROKER_URL: 'redis://:***@airflow-redis:6379/1' };
	const known = deps(
		() => redis(0, 0, 'db0', 'db1'),
		() => now,
		settings,
	);
	expect(await brokerCheck().look(known, '', signal)).toMatchObject({ unacked: 0 });
});

test('pools: since when nothing has begun or ended in each', async () => {
	let time = now;
	let pool: Pool = { name: 'small', slots: 1, occupied: 1, running: 1, queued: 0, scheduled: 2, open: 0 };
	const airflowClient: unknown = { pools: async () => [pool] };
	const fake = {
		...deps(
			() => [],
			() => time,
		),
		airflow: () => airflowClient,
	};
	const pools = fake as CheckDeps;
	const check = poolsCheck();
	const still = async (scheduled: number, later: number) => {
		time += later;
		pool = { ...pool, scheduled };
		const result = await check.look(pools, '', signal);
		return result?.check === 'pools' ? result.unchangedSince : null;
	};
	expect(await still(2, 0)).toEqual({ small: now });
	expect(await still(2, 30_000)).toEqual({ small: now });
	expect(await still(1, 10_000)).toEqual({ small: now + 40_000 });
	time += 5000;
	// Another watch of the same stack has seen nothing before.
	expect(await poolsCheck().look(pools, '', signal)).toMatchObject({ unchangedSince: { small: now + 45_000 } });
});
