import { expect, test } from 'vitest';
import { diagnose } from '../../source/diagnosis/diagnose.ts';
import { factsOf } from '../../source/diagnosis/facts.ts';
import { whyWaits } from '../../source/diagnosis/waiting/why-waits.ts';
import type { Dag, DagTask, TaskInstance } from '../../source/model/airflow/pipeline.ts';
import type { CheckOf, Pool } from '../../source/model/check.ts';
import type { Fact } from '../../source/model/observation.ts';
import { reduce } from '../../source/model/reduce.ts';
import { runKey } from '../../source/model/state.ts';
import { render } from '../../source/words/message.ts';
import {
	check,
	container,
	dag,
	dagId,
	diagnosisOptions,
	findings,
	minute,
	now,
	only,
	roots,
	run,
	runsFetched,
	services,
	setup,
	stages,
	stateOf,
	type Timed,
	task,
} from './stack.ts';

const active = runsFetched(run('newest', 'running', 10 * minute));
const defined = (more: Partial<DagTask> = {}): Fact => ({
	type: 'dag tasks fetched',
	dagId,
	tasks: stages.map((taskId, index) => ({
		taskId,
		operator: 'PythonOperator',
		downstreamTaskIds: stages.slice(index + 1, index + 2),
		triggerRule: 'all_success',
		dependsOnPast: false,
		waitForDownstream: false,
		retryDelayMs: 4 * minute,
		hasRetryBackoff: false,
		...more,
	})),
});
const instances = (tasks: readonly TaskInstance[], dagRunId = 'newest'): Fact => ({
	type: 'task instances fetched',
	dagId,
	dagRunId,
	taskInstances: tasks.map(one => ({ ...one, dagRunId })),
});
const dags = (more: Partial<Dag>): Fact => ({ type: 'dags fetched', dags: [{ ...dag, ...more }] });
const done = task(stages[0] ?? '', 'success', { endedAt: now - 5 * minute });
const waiter = (state: string | null, more: Partial<TaskInstance> = {}) =>
	task(stages[1] ?? '', state, { startedAt: null, ...more });
const pools = (pool: Partial<Pool>, stillMs = 0) =>
	check({
		check: 'pools',
		pools: [{ name: 'default_pool', slots: 128, occupied: 0, running: 0, queued: 0, scheduled: 1, open: 128, ...pool }],
		unchangedSince: { default_pool: now - stillMs },
	});
/** As stateOf fetches the tasks, unless it is asked later. */
const broker = (more: Partial<CheckOf<'broker'>> = {}, at = now - 10_000): Timed => ({
	at,
	fact: check({
		check: 'broker',
		answer: 'PONG',
		hang: null,
		queues: [],
		asked: ['default', 'celery'],
		unacked: 0,
		memoryBytes: 1,
		memoryLimitBytes: 0,
		policy: 'noeviction',
		hasFailedToSave: false,
		...more,
	}),
});
const databaseKnows = (more: Partial<CheckOf<'task waits'>> = {}) =>
	check({ check: 'task waits', reschedules: [], active: [], limits: [], ...more });

/** Why the second task waits, in English; its reason, and whether somebody has to act. */
function why(second: TaskInstance, ...facts: readonly Timed[]) {
	const state = stateOf(active, defined(), instances([done, second]), ...facts);
	const [newest] = state.dagRuns[dagId] ?? [];
	const tasks = state.taskInstances[runKey(dagId, 'newest')] ?? [];
	const shown = tasks.find(({ taskId }) => taskId === second.taskId);
	if (!newest || !shown) throw new Error('there is no such task');
	const wait = whyWaits(factsOf(state, now, diagnosisOptions), newest, shown, tasks);
	return (
		wait && { reason: wait.reason, words: render(wait.message, 'en'), needsHelp: wait.needsHelp, until: wait.until }
	);
}

const noHelp = { needsHelp: false };

test.each<[string, TaskInstance, readonly Timed[], object]>([
	[
		'its DAG is gone',
		waiter('scheduled'),
		[{ type: 'dags fetched', dags: [] }],
		{ reason: 'dag gone', needsHelp: true },
	],
	['its DAG was deactivated', waiter(null), [dags({ isActive: false })], { reason: 'dag gone' }],
	[
		'its DAG is paused',
		waiter('scheduled'),
		[dags({ isPaused: true })],
		{ reason: 'dag paused', words: 'Waiting for its DAG to be unpaused' },
	],
	['its DAG is paused, and it was ready', waiter(null), [dags({ isPaused: true })], { reason: 'dag paused' }],
	[
		'its DAG is paused, and it is tried again',
		waiter('up_for_retry', { endedAt: now - 5 * minute }),
		[dags({ isPaused: true })],
		{ reason: 'dag paused' },
	],
	[
		'what was queued before runs although its DAG is paused',
		waiter('queued'),
		[dags({ isPaused: true })],
		{ reason: 'worker' },
	],
	[
		'other runs of its DAG',
		waiter(null),
		[dags({ maxActiveRuns: 1 }), runsFetched(run('newest', 'queued', minute), run('first', 'running', 5 * minute))],
		{ reason: 'max active runs', words: 'Waiting for another DAG run to end: 1 of 1 active (max_active_runs)' },
	],
	[
		'a queued run',
		waiter(null),
		[dags({ maxActiveRuns: 16 }), runsFetched(run('newest', 'queued', minute))],
		{ reason: 'run not started' },
	],
	[
		'the task before',
		waiter(null),
		[instances([{ ...done, state: 'running', endedAt: null }, waiter(null)])],
		{ reason: 'upstream', words: 'Waiting for raw_to_bronze', ...noHelp },
	],
	[
		'the instances of a mapped task before',
		waiter(null),
		[instances([{ ...done, mapIndex: 0 }, { ...done, mapIndex: 1, state: 'running', endedAt: null }, waiter(null)])],
		{ words: 'Waiting for raw_to_bronze (1/2)' },
	],
	[
		'another trigger rule',
		waiter(null),
		[defined({ triggerRule: 'all_done' }), instances([{ ...done, state: 'queued', endedAt: null }, waiter(null)])],
		{ words: 'Waiting for raw_to_bronze (trigger rule all_done)' },
	],
	[
		'its retry',
		waiter('up_for_retry', { endedAt: now - minute }),
		[],
		{ reason: 'retry', until: now + 3 * minute, ...noHelp },
	],
	[
		'a retry with backoff',
		waiter('up_for_retry', { endedAt: now - minute, tryNumber: 2 }),
		[defined({ hasRetryBackoff: true })],
		{ reason: 'retry', until: now + 15 * minute, words: expect.stringMatching(/^Waiting for its retry, not before /) },
	],
	['a retry that is overdue', waiter('up_for_retry', { endedAt: now - 5 * minute }), [], { reason: 'scheduler' }],
	[
		'the next look of a sensor',
		waiter('up_for_reschedule', { endedAt: now - minute }),
		[
			databaseKnows({
				reschedules: [{ dagId, dagRunId: 'newest', taskId: stages[1] ?? '', mapIndex: -1, at: now + minute }],
			}),
		],
		{ reason: 'reschedule', until: now + minute, ...noHelp },
	],
	['a sensor whose next look is not known', waiter('up_for_reschedule'), [], { reason: 'reschedule', until: null }],
	[
		'a triggerer that is not there',
		waiter('deferred', {
			trigger: { name: 'TimeDeltaTrigger', createdAt: now - minute, isTaken: false, triggererSeenAt: null },
		}),
		[],
		{ reason: 'no triggerer', needsHelp: true },
	],
	[
		'its trigger',
		waiter('deferred', {
			trigger: { name: 'TimeDeltaTrigger', createdAt: now - minute, isTaken: true, triggererSeenAt: now - 5000 },
		}),
		[],
		{ reason: 'trigger', words: 'Waiting for its trigger TimeDeltaTrigger (deferred)', ...noHelp },
	],
	[
		'an answer',
		waiter('awaiting_input', { startedAt: now - minute }),
		[],
		{ reason: 'answer', words: 'Waiting for an answer', needsHelp: true, until: null },
	],
	[
		'an answer to a question that is known, before Airflow 3.3',
		waiter('deferred', {
			trigger: { name: 'HITLTrigger', createdAt: now - minute, isTaken: true, triggererSeenAt: now - 5000 },
		}),
		[
			{
				type: 'questions fetched',
				questions: [
					{
						...{ dagId, dagRunId: 'newest', taskId: stages[1] ?? '', mapIndex: -1 },
						...{ subject: 'Release model 7?', askedAt: now - minute },
					},
				],
			},
		],
		{ reason: 'answer', words: 'Waiting for an answer: Release model 7?', needsHelp: true },
	],
	[
		'a triggerer without heartbeat',
		waiter('deferred', {
			trigger: {
				name: 'TimeDeltaTrigger',
				createdAt: now - 9 * minute,
				isTaken: true,
				triggererSeenAt: now - 5 * minute,
			},
		}),
		[],
		{ reason: 'no triggerer', words: expect.stringContaining('no heartbeat for 5m'), needsHelp: true },
	],
	[
		'a pool that does not exist',
		waiter('scheduled', { pool: 'nowhere' }),
		[],
		{ reason: 'pool missing', words: 'Pool nowhere does not exist', needsHelp: true },
	],
	[
		'more slots than its pool has',
		waiter('scheduled', { poolSlots: 5 }),
		[pools({ slots: 2, open: 2 })],
		{ reason: 'pool too small', words: 'Needs 5 slots, but pool default_pool has 2', needsHelp: true },
	],
	[
		'a slot of a full pool',
		waiter('scheduled'),
		[pools({ slots: 2, open: 0, running: 2 })],
		{ reason: 'pool full', words: 'Waiting for a free slot in pool default_pool (2 of 2 in use)', ...noHelp },
	],
	[
		'more slots than are free',
		waiter('scheduled', { poolSlots: 2 }),
		[pools({ slots: 3, open: 1, running: 2 })],
		{ reason: 'pool full' },
	],
	[
		'a pool without slots',
		waiter('scheduled'),
		[pools({ slots: 0, open: 0 })],
		{ reason: 'pool full', needsHelp: true },
	],
	[
		'other tasks of its DAG',
		waiter('scheduled'),
		[dags({ maxActiveTasks: 2 }), databaseKnows({ active: [{ dagId, taskId: 'x', count: 2 }] })],
		{ reason: 'max active tasks', words: 'Waiting for other tasks of its DAG: 2 of 2 active (max_active_tasks)' },
	],
	[
		'other instances of it',
		waiter('scheduled'),
		[
			dags({ hasTaskConcurrencyLimits: true }),
			databaseKnows({
				active: [{ dagId, taskId: stages[1] ?? '', count: 1 }],
				limits: [{ dagId, taskId: stages[1] ?? '', perDag: 1, perRun: null }],
			}),
		],
		{ reason: 'task concurrency', words: expect.stringContaining('at most 1 at once') },
	],
	[
		'the executor',
		waiter('scheduled'),
		[pools({ running: 20, queued: 12, open: 96 })],
		{ reason: 'parallelism', words: 'Waiting for other tasks: 32 of 32 active (core.parallelism)' },
	],
	['the scheduler', waiter('scheduled'), [], { reason: 'scheduler' }],
	[
		'a slot of the worker',
		waiter('queued', { queuedAt: now - minute }),
		[
			pools({ running: 4, queued: 1, open: 123 }),
			broker({ queues: [{ name: 'default', count: 1, since: now - minute }], unacked: 4 }),
		],
		{ reason: 'worker slots', words: 'Waiting for a free worker slot (4 running, 4 slots)', ...noHelp },
	],
	[
		'a message that was lost',
		waiter('queued', { queuedAt: now - minute }),
		[broker()],
		{ reason: 'message lost', until: now + 9 * minute, needsHelp: true },
	],
	[
		'a worker: it was not queued for long when the tasks were last fetched',
		waiter('queued', { queuedAt: now - 30_000 }),
		[broker({}, now)],
		{ reason: 'worker' },
	],
	[
		'a worker: it may have run since the tasks were last fetched, before the broker was asked',
		waiter('queued', { queuedAt: now - minute }),
		[broker({}, now)],
		{ reason: 'worker' },
	],
	[
		'a worker that is about to run it',
		waiter('queued', { queuedAt: now - minute }),
		[broker({ unacked: 1 })],
		{ reason: 'worker' },
	],
	[
		'a worker that is about to run it, while the count of its pool is an old one',
		waiter('queued', { queuedAt: now - minute }),
		[pools({ running: 3, queued: 1 }), broker({ unacked: 1 })],
		{ reason: 'worker' },
	],
	[
		'a message in the broker',
		waiter('queued', { queuedAt: now - minute }),
		[broker({ queues: [{ name: 'default', count: 1, since: now - 5000 }] })],
		{ reason: 'worker' },
	],
	[
		'a broker that was not looked at since',
		waiter('queued', { queuedAt: now - 30_000 }),
		[
			{
				at: now - 20_000,
				fact: check({
					check: 'broker',
					answer: 'PONG',
					hang: null,
					queues: [],
					asked: ['default'],
					unacked: 0,
					memoryBytes: 1,
					memoryLimitBytes: 0,
					policy: '',
					hasFailedToSave: false,
				}),
			},
		],
		{ reason: 'worker' },
	],
	[
		'a broker of which it is not known where it keeps messages',
		waiter('queued', { queuedAt: now - minute }),
		[broker({ asked: [], unacked: null })],
		{ reason: 'worker' },
	],
	[
		'a queue that no worker listens to',
		waiter('queued', { queue: 'gpu', queuedAt: now - minute }),
		[broker({ asked: ['default', 'gpu'], queues: [{ name: 'gpu', count: 1, since: now - minute }] })],
		{ reason: 'unserved queue', needsHelp: true },
	],
	[
		'a queue that no worker listens to, which somebody sees who looks for the first time',
		waiter('queued', { queue: 'gpu', queuedAt: now - minute }),
		[broker({ asked: ['default', 'gpu'], queues: [{ name: 'gpu', count: 1, since: now, unchangedSince: now }] })],
		{ reason: 'unserved queue', needsHelp: true },
	],
	[
		'a worker that listens to its queue and takes nothing',
		waiter('queued', { queue: 'gpu', queuedAt: now - minute }),
		[
			{ at: now, fact: check({ check: 'setup', setup: setup({ queues: ['default', 'gpu'] }) }, 'airflow-worker') },
			broker({ asked: ['default', 'gpu'], queues: [{ name: 'gpu', count: 1, since: now - minute }] }),
		],
		{ reason: 'worker' },
	],
])('a task waits for %s', (_name, second, facts, expected) => {
	expect(why(second, ...facts)).toMatchObject(expected);
});

test('a task waits for a worker that does not run', () => {
	const stopped: Fact = {
		type: 'containers listed',
		containers: services.map(name =>
			container(name, name === 'airflow-worker' ? { state: 'exited', health: 'none' } : {}),
		),
	};
	expect(why(waiter('queued'), stopped)).toMatchObject({
		reason: 'no worker',
		words: 'Waiting for airflow-worker, which is not running',
	});
});

test.each([
	[
		'failed',
		'upstream_failed',
		'failed',
		{
			reason: 'past',
			needsHelp: true,
			words: 'Waiting for bronze_to_silver in DAG run before, which is failed (depends_on_past)',
		},
	],
	['running', 'running', 'running', { reason: 'past', needsHelp: false }],
	['success', 'success', 'success', { reason: 'scheduler' }],
	['success', 'skipped', 'success', { reason: 'scheduler' }],
] as const)('depends_on_past: the run before is %s, the task in it %s', (_of, state, ofRun, expected) => {
	const second = ofRun === 'failed' ? 'failed' : state;
	const facts = [
		runsFetched(run('newest', 'running', 5 * minute), run('before', ofRun, 60 * minute)),
		defined({ dependsOnPast: true }),
		instances([done, task(stages[1] ?? '', second)], 'before'),
	];
	const found = why(waiter(null), ...facts);
	expect({
		...found,
		words: found?.words.replace('the run before,', 'the run before,').replace(/of the run \S+,/, 'of the run before,'),
	}).toMatchObject(expected);
});

test('what runs or has ended waits for nothing, nor does a task of a run that has ended', () => {
	expect(why(waiter('running', { startedAt: now }))).toBeNull();
	expect(why(waiter('success'))).toBeNull();
	expect(why(waiter('queued'), runsFetched(run('newest', 'failed', 10 * minute)))).toBeNull();
});

/** 60 mapped instances on 4 slots, half of them done: one has just begun. */
const mapped = (begunMs: number): Fact =>
	instances(
		Array.from({ length: 60 }, (_, mapIndex): TaskInstance => {
			if (mapIndex < 30)
				return task('divide', 'success', { mapIndex, endedAt: now - begunMs - (30 - mapIndex) * 5000 });
			if (mapIndex < 34) return task('divide', 'running', { mapIndex, startedAt: now - begunMs });
			if (mapIndex < 46) return task('divide', 'queued', { mapIndex, queuedAt: now - 3 * minute, startedAt: null });
			return task('divide', 'scheduled', { mapIndex, startedAt: null });
		}),
	);
const backlog = (stillMs: number): Timed =>
	broker({
		queues: [{ name: 'default', count: 12, since: now - 10 * minute, unchangedSince: now - stillMs }],
		unacked: 4,
	});

test('60 mapped instances on 4 slots for ten minutes: a queue from which tasks are taken is nothing wrong', () => {
	const facts = [
		active,
		dags({ maxActiveTasks: 16 }),
		mapped(20_000),
		pools({ running: 4, queued: 12, scheduled: 14, open: 112 }),
		backlog(25_000),
	];
	expect(findings(...facts)).toEqual([]);
	// Tasks of five minutes: nothing was taken for long, but every slot is in use.
	expect(
		findings(active, mapped(4 * minute), backlog(4 * minute), pools({ running: 4, queued: 12, open: 112 })),
	).toEqual([]);
	// The number of slots is unknown: something started just now.
	const unknown = services.map(name => check({ check: 'setup', setup: setup({ settings: {} }) }, name));
	expect(findings(active, ...unknown, mapped(5000), backlog(25_000))).toEqual([]);
});

test('messages that nobody takes while the workers are idle are found, and a restart is the last fix', () => {
	const idle = instances([done, waiter('queued', { queuedAt: now - minute })]);
	const stuck = broker({ queues: [{ name: 'default', count: 1, since: now - minute, unchangedSince: now - minute }] });
	const [found] = only('queue backlog', active, idle, stuck);
	expect(found?.fixes.map(({ kind }) => kind)).toEqual(['check', 'look', 'container']);
});

test('the task reports a queue without a worker, and no restart is offered first', () => {
	const queue = 'gpu';
	const lost = instances([done, waiter('queued', { queue, queuedAt: now - 2 * minute })]);
	const stuck = broker({
		asked: ['default', queue],
		queues: [{ name: queue, count: 1, since: now - minute, unchangedSince: now - minute }],
	});
	expect(roots(active, defined(), lost, stuck)).toEqual([`task waits ${dagId}/newest`]);
});

test('a lost message stays found when the broker is asked again before the tasks are', () => {
	const waits = instances([done, waiter('queued', { queuedAt: now - minute })]);
	const found = diagnose(stateOf(active, waits, broker()), now, diagnosisOptions);
	expect(found).toHaveLength(1);
	const state = reduce(stateOf(active, waits, broker({}, now)), { type: 'findings changed', findings: found, at: now });
	expect(diagnose(state, now, diagnosisOptions)).toEqual(found);
});

test('queued for most of the time after which Airflow gives it up: a warning, and no restart', () => {
	const busy = [mapped(minute), backlog(minute), pools({ running: 4, queued: 12, open: 112 })];
	const long = instances([
		task('divide', 'running', { mapIndex: 0, startedAt: now - 8 * minute }),
		...Array.from({ length: 3 }, (_, index) =>
			task('divide', 'running', { mapIndex: index + 1, startedAt: now - 8 * minute }),
		),
		task('divide', 'queued', { mapIndex: 9, queuedAt: now - 8 * minute, startedAt: null }),
	]);
	expect(only('task waits', active, ...busy, long)).toMatchObject([
		{
			severity: 'warning',
			title: 'divide[9] is waiting in the queue',
			fixes: [{ kind: 'advice' }, { kind: 'advice' }],
		},
	]);
});

test('a DAG paused while its run is active is a notice with its own fix, not a scheduler that does not get to it', () => {
	const facts = [active, dags({ isPaused: true }), defined(), instances([done, waiter('scheduled')])];
	expect(roots(...facts)).toEqual([`dag paused ${dagId}`]);
	expect(only('dag paused', ...facts)).toMatchObject([
		{
			severity: 'notice',
			title: `${dagId} is paused while newest is running`,
			evidence: ['Waiting for 5m: bronze_to_silver'],
			fixes: [{ kind: 'unpause', dagId }],
		},
	]);
	// Its task still runs, and nothing of the run waits.
	expect(
		findings(
			active,
			dags({ isPaused: true }),
			defined(),
			instances([{ ...done, state: 'running', endedAt: null, startedAt: now - minute }]),
		),
	).toEqual([]);
});

test.each<[string, readonly Timed[], string, readonly string[]]>([
	[
		'a lost message',
		[instances([done, waiter('queued', { queuedAt: now - minute })]), broker()],
		'waits.message lost',
		['clear', 'advice'],
	],
	[
		'a lost message of a mapped task',
		[instances([done, waiter('queued', { mapIndex: 3, queuedAt: now - minute })]), broker()],
		'waits.message lost',
		['advice', 'clear'],
	],
	[
		'no triggerer',
		[
			instances([
				done,
				waiter('deferred', { trigger: { name: 'T', createdAt: now - minute, isTaken: false, triggererSeenAt: null } }),
			]),
		],
		'waits.no triggerer',
		['advice'],
	],
	[
		'a pool that is too small',
		[instances([done, waiter('scheduled', { poolSlots: 5 })]), pools({ slots: 2, open: 2 })],
		'waits.pool too small',
		['pool'],
	],
	[
		'a pool that is missing',
		[instances([done, waiter('scheduled', { pool: 'nowhere' })])],
		'waits.pool missing',
		['advice', 'look'],
	],
	[
		'the DAG file gone',
		[{ type: 'dags fetched', dags: [] }, instances([done, waiter('scheduled')])],
		'waits.dag gone',
		['advice', 'look', 'stop run'],
	],
	['the scheduler', [instances([done, waiter('scheduled')])], 'queued.scheduler.cause', ['check', 'look', 'container']],
	[
		'a queue that nobody serves',
		[
			instances([done, waiter('queued', { queue: 'gpu', queuedAt: now - minute })]),
			broker({ asked: ['gpu'], queues: [{ name: 'gpu', count: 1, since: now - minute }] }),
		],
		'waits.unserved queue',
		['check', 'advice', 'look', 'container'],
	],
])('%s: the cause, and its fixes in order', (_name, facts, cause, kinds) => {
	const found = findings(active, defined(), ...facts).find(({ rule }) => rule === 'task waits');
	expect(found?.cause.key).toBe(cause);
	expect(found?.fixes.map(({ action }) => action.kind)).toEqual(kinds);
});

test('depends_on_past on a failed task is fixed by clearing the run before', () => {
	const facts = [
		runsFetched(run('newest', 'running', 5 * minute), run('before', 'failed', 60 * minute)),
		defined({ dependsOnPast: true }),
		instances([done, task(stages[1] ?? '', 'failed')], 'before'),
		instances([done, waiter(null)]),
	];
	expect(only('task waits', ...facts)).toMatchObject([
		{
			severity: 'critical',
			title: 'bronze_to_silver does not start',
			fixes: [{ kind: 'clear', dagRunId: 'before', onlyFailed: true }],
		},
	]);
});

test('a full pool is stuck when its own tasks say so, also to a laketop that has just been started', () => {
	const full = pools({ slots: 1, open: 0, running: 1, scheduled: 1 });
	const held = (begunMs: number) =>
		instances([
			{ ...done, state: 'running', startedAt: now - begunMs, endedAt: null },
			task(stages[2] ?? '', 'scheduled', { startedAt: null }),
		]);
	expect(only('pool full', active, full, held(5 * minute))).toMatchObject([{ fixes: [{ kind: 'pool', slots: 2 }] }]);
	expect(only('pool full', active, full, held(20_000))).toEqual([]);
	// Others run in it as well, and since when is unknown.
	expect(only('pool full', active, pools({ slots: 2, open: 0, running: 2, scheduled: 1 }), held(5 * minute))).toEqual(
		[],
	);
});
