import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../source/diagnosis/diagnose.ts';
import { explainFailure } from '../../../source/model/airflow/task-failure.ts';
import { earlierRun, taskHistory } from '../../../source/model/airflow/task-history.ts';
import type { CheckOf } from '../../../source/model/check.ts';
import type { Sign } from '../../../source/model/logs/log-sign.ts';
import type { Fact } from '../../../source/model/observation.ts';
import type { FailureCode } from '../../../source/model/source.ts';
import { type Message, quoted, render } from '../../../source/words/message.ts';
import {
	check,
	dag,
	dagId,
	diagnosisOptions,
	findings,
	minute,
	mlflowRun,
	mlflowRuns,
	now,
	only,
	page,
	run,
	runsFetched,
	stages,
	stateOf,
	type Timed,
	task,
	tasksFetched,
} from '../stack.ts';

const pool = (more: Partial<CheckOf<'pools'>['pools'][number]>, unchangedSince?: number) =>
	check({
		check: 'pools',
		...(unchangedSince === undefined ? {} : { unchangedSince: { default_pool: unchangedSince } }),
		pools: [{ name: 'default_pool', slots: 128, occupied: 0, running: 0, queued: 0, scheduled: 0, open: 128, ...more }],
	});

test('a pool with no slots, and one that is full', () => {
	expect(only('pool full', pool({ slots: 0, open: 0, scheduled: 1 }))[0]).toMatchObject({
		severity: 'critical',
		title: 'Pool default_pool has no slots',
		fixes: [{ kind: 'pool', pool: 'default_pool', slots: 128 }],
	});
	const full = { slots: 2, open: 0, running: 2, scheduled: 3 };
	expect(only('pool full', pool(full, now - 2 * minute))[0]).toMatchObject({
		severity: 'warning',
		fixes: [{ kind: 'pool', slots: 5 }],
	});
	// Full, and its tasks begin and end.
	expect(only('pool full', pool(full, now - 10_000))).toEqual([]);
	expect(only('pool full', pool({ slots: 2, open: 0, running: 2 }))).toEqual([]);
	expect(only('pool full', pool({ slots: -1, open: 0, scheduled: 3 }))).toEqual([]);
	expect(only('pool full')).toEqual([]);
});

const active = runsFetched(run('newest', 'running', 5 * minute));
const queued = (agoMs: number) => tasksFetched(['success', 'queued'], 'newest', [{}, { queuedAt: now - agoMs }]);
const messages = check({
	check: 'broker',
	answer: 'PONG',
	hang: null,
	queues: [{ name: 'default', count: 1, since: now - 5000 }],
	memoryBytes: 1,
	memoryLimitBytes: 0,
	policy: 'noeviction',
	hasFailedToSave: false,
});

test('why a task waits', () => {
	expect(only('task waits', active, queued(minute))[0]).toMatchObject({
		title: 'bronze_to_silver is waiting in the queue',
		cause: expect.stringContaining('between the broker and the worker'),
	});
	expect(only('task waits', active, queued(minute), messages)).toEqual([]);
	const busy = tasksFetched(['running', 'running', 'running', 'running', 'queued'], 'newest', [
		{},
		{},
		{},
		{},
		{ queuedAt: now - minute },
	]);
	expect(only('task waits', active, busy)).toEqual([]);
	expect(only('task waits', active, queued(5000))).toEqual([]);
	expect(only('task waits')).toEqual([]);
});

test('a task that is ready waits for a slot of its pool', () => {
	const ready = tasksFetched(['success', 'scheduled'], 'newest', [{ endedAt: now - 2 * minute }]);
	const full = pool({ slots: 0, open: 0, scheduled: 1 });
	expect(only('task waits', active, ready, full)[0]?.cause).toBe('Pool default_pool has 0 slots');
	expect(findings(active, ready, full).map(({ id, explainedBy }) => [id, explainedBy])).toEqual([
		['pool full default_pool', null],
		[`task waits ${dagId}/newest`, 'pool full default_pool'],
	]);
});

test('a run that stays queued although its DAG is not paused', () => {
	const fresh = tasksFetched([], 'late');
	expect(only('run waits', runsFetched(run('late', 'queued', minute)), fresh)[0]).toMatchObject({
		severity: 'critical',
	});
	const second = runsFetched(run('late', 'queued', minute), run('first', 'running', 5 * minute));
	expect(only('run waits', second, fresh)[0]).toMatchObject({
		severity: 'notice',
		cause: expect.stringContaining('max_active_runs'),
	});
	expect(only('run waits', runsFetched(run('late', 'queued', 5000)), fresh)).toEqual([]);
	// The run that it waited for because of the limit has only just finished.
	const freed = runsFetched(
		run('late', 'queued', minute),
		run('first', 'success', 5 * minute, { endedAt: now - 5000 }),
	);
	expect(only('run waits', freed, fresh)).toEqual([]);
});

describe('a run that was cleared waits since then, and not since its trigger', () => {
	const ended = { at: now - 90_000, fact: runsFetched(run('late', 'success', 5 * minute)) };
	const again = (agoMs: number) => ({ at: now - agoMs, fact: runsFetched(run('late', 'queued', 5 * minute)) });
	const touched = tasksFetched(['success', null], 'late', [{}, { tryNumber: 1, endedAt: now - 4 * minute }]);

	test('seen to be cleared', () => {
		expect(only('run waits', ended, again(5000), tasksFetched([], 'late'))).toEqual([]);
		// The first look counts.
		const late = only('run waits', ended, again(30_000), again(5000));
		expect(late).toMatchObject([{ severity: 'critical', evidence: [expect.stringContaining('30s')] }]);
		expect(only('run waits', ended, again(60_000), ended, again(5000))).toEqual([]);
	});

	test('its tasks show it, or nothing does: no finding at the first look', () => {
		expect(only('run waits', again(5000), touched)).toEqual([]);
		expect(only('run waits', again(5000))).toEqual([]);
		expect(only('run waits', again(30_000), touched)).toHaveLength(1);
		const overtaken = runsFetched(run('late', 'queued', 5 * minute, { queuedAt: now - 2 * minute }));
		expect(only('run waits', { at: now - 5000, fact: overtaken }, tasksFetched([], 'late'))).toEqual([]);
	});

	test('while its DAG is paused', () => {
		const paused: Fact = { type: 'dags fetched', dags: [{ ...dag, isPaused: true }] };
		const evidence = only('dag paused', paused, ended, again(30_000))[0]?.evidence;
		expect(evidence).toEqual([expect.stringContaining('30s')]);
	});
});

const history = [run('a', 'success', 60 * minute), run('b', 'success', 90 * minute), run('c', 'success', 120 * minute)];

describe('a run that takes longer than usual', () => {
	const slow = runsFetched(run('newest', 'running', 10 * minute), ...history);
	/** The first tasks ran one after the other for this long, s; the last of them is still running. */
	const took = (...seconds: number[]): Fact => {
		let at = now - 10 * minute;
		const times = seconds.map((each, index) => {
			const startedAt = at;
			at += each * 1000;
			const isLast = index === seconds.length - 1;
			return isLast
				? { startedAt, endedAt: null, durationSeconds: null }
				: { startedAt, endedAt: at, durationSeconds: each };
		});
		const states = seconds.map((_, index) => (index === seconds.length - 1 ? 'running' : 'success'));
		return tasksFetched(states, 'newest', times);
	};
	const usual = check(
		{
			check: 'task history',
			history: { runs: 3, tasks: stages.map(taskId => ({ taskId, usualMs: 10_000 })), usualIdleMs: 15_000 },
		},
		dagId,
	);

	test('names the task that takes longer, also one that has ended', () => {
		expect(only('run slow', slow, took(12, 470, 11, 107), usual)[0]).toMatchObject({
			severity: 'warning',
			cause: 'bronze_to_silver takes 7m 50s, usually 10s',
			evidence: expect.arrayContaining(['10m so far, usually 1m 25s']),
			fixes: [{ kind: 'look', at: 'task log', subject: 'bronze_to_silver' }],
		});
	});

	test('blames no task where most are slower', () => {
		const [found] = only('run slow', slow, took(150, 150, 150, 150), usual);
		expect(found?.cause).toBe(
			'4 of 4 tasks take 15.0 times as long as usual. The host or a shared service is slow, not one task',
		);
		expect(found?.fixes).toMatchObject([{ kind: 'look', at: 'service' }]);
	});

	test('says that it waits where no task runs most of the time', () => {
		const late = tasksFetched(['success', 'running'], 'newest', [
			{ startedAt: now - 10 * minute, endedAt: now - 9.5 * minute, durationSeconds: 30 },
			{ startedAt: now - 20_000, endedAt: null, durationSeconds: null },
		]);
		expect(only('run slow', slow, late, usual)[0]?.cause).toMatch(/^No task ran for 9m /);
	});

	test('accuses nobody without a history', () => {
		const [found] = only('run slow', slow, took(60, 540));
		expect(found?.cause).toBe('No task is known to be slower than usual. bronze_to_silver has been running for 9m');
	});

	test('is compared with runs of its conf where they have followed it', () => {
		const paced = [1, 2, 3, 4, 2, 1].map((pace, index) =>
			run(`paced ${index}`, 'success', (60 + index * 30) * minute, {
				conf: `{"pace":${pace}}`,
				endedAt: now - (60 + index * 30 - pace) * minute,
			}),
		);
		const underWay = (pace: number) =>
			runsFetched(run('newest', 'running', 12 * minute, { conf: `{"pace":${pace}}` }), ...paced);
		expect(only('run slow', underWay(10), took(720))).toEqual([]);
		const [found] = only('run slow', underWay(3), took(720));
		expect(found?.evidence).toContain('12m so far, usually 3m');
		// Far below all of them: as the quickest.
		expect(only('run slow', underWay(-9), took(720))[0]?.evidence).toContain('12m so far, usually 1m');
	});

	test('blames no task for what its conf asks of it', () => {
		const [first = '', second = ''] = stages;
		const earlier = [1, 2, 3, 4, 2, 1].map(pace =>
			earlierRun(
				{ dagRunId: `${pace}`, conf: { pace }, span: { from: now, until: now + 100 * minute } },
				[
					task(first, 'success', { startedAt: now, endedAt: now + pace * minute, durationSeconds: pace * 60 }),
					task(second, 'success', { startedAt: now, endedAt: now + minute, durationSeconds: 60 }),
				],
				[],
			),
		);
		const known = check({ check: 'task history', history: taskHistory(earlier) }, dagId);
		const underWay = runsFetched(run('newest', 'running', 10 * minute, { conf: '{"pace":6}' }), ...history);
		const [found] = only('run slow', underWay, took(360, 240), known);
		expect(found?.cause).toBe('bronze_to_silver takes 4m, usually 1m');
	});

	test('is no finding before it takes much longer', () => {
		expect(only('run slow', runsFetched(run('newest', 'running', minute), ...history), took(60), usual)).toEqual([]);
	});
});

test('a task that runs far longer than it ever did', () => {
	const before = ['a', 'b', 'c'].map(
		(id): Fact =>
			tasksFetched(
				stages.map(() => 'success'),
				id,
			),
	);
	const stuck = tasksFetched(['running'], 'newest', [{ startedAt: now - 30 * minute }]);
	expect(only('task stuck', ...before, active, stuck)[0]?.fixes).toMatchObject([
		{ kind: 'look', at: 'task log' },
		{ kind: 'stop run', dagRunId: 'newest' },
	]);
	expect(only('task stuck', ...before, active, tasksFetched(['running']))).toEqual([]);
	// Its conf asks for as much: each step of `pace` takes five minutes.
	const [first = ''] = stages;
	const earlier = [1, 2, 3, 4, 2, 1].map(pace =>
		earlierRun(
			{ dagRunId: `${pace}`, conf: { pace }, span: { from: now, until: now + 100 * minute } },
			[task(first, 'success', { startedAt: now, endedAt: now + 5 * pace * minute, durationSeconds: 300 * pace })],
			[],
		),
	);
	const known = check({ check: 'task history', history: taskHistory(earlier) }, dagId);
	const asked = runsFetched(run('newest', 'running', 40 * minute, { conf: '{"pace":6}' }));
	expect(only('task stuck', ...before, asked, stuck, known)).toEqual([]);
});

const failedRun = runsFetched(run('newest', 'failed', 5 * minute));
const failedTasks = tasksFetched(
	['success', 'failed', 'upstream_failed', 'upstream_failed', 'skipped', 'skipped', 'skipped'],
	'newest',
	[{}, { tryNumber: 2 }],
);
const why = (reason: string | Message, tail: string[] = ['a', 'b'], dagRunId = 'newest', isUnread?: true): Fact => ({
	type: 'task failure explained',
	key: [dagId, dagRunId, 'bronze_to_silver', -1, 2].join('\n'),
	reason: typeof reason === 'string' ? quoted(reason) : reason,
	tail,
	...(isUnread ? { isUnread } : {}),
});

test('a failed task: its error, and those that could not run because of it', () => {
	const [found] = only('task failed', failedRun, failedTasks, why("KeyError: 'rows'"));
	expect(found).toMatchObject({
		severity: 'critical',
		title: `bronze_to_silver failed in the newest DAG run of ${dagId}`,
		cause: "The task code raised: KeyError: 'rows'",
		evidence: expect.arrayContaining([
			"Try 2 of 2 failed: KeyError: 'rows'",
			'2 tasks could not run because of it: silver_to_gold, feature_engineering',
		]),
	});
	expect(found?.fixes.map(({ kind }) => kind)).toEqual(['look', 'clear', 'look']);
	expect(only('task failed')).toEqual([]);
});

test('why the log of a failed task cannot be read is not why the task failed', () => {
	const unread = (run: string) => why('Connection refused', [], run, true);
	const [found] = only('task failed', failedRun, failedTasks, unread('older'), unread('newest'));
	const [unknown] = only('task failed', failedRun, failedTasks);
	expect(found).toMatchObject({
		title: `bronze_to_silver failed in the newest DAG run of ${dagId}`,
		cause: unknown?.cause,
		evidence: expect.arrayContaining(['Try 2 of 2 failed: Connection refused']),
	});
});

test('a task that will be tried again is a warning', () => {
	const retry = [active, tasksFetched(['success', 'up_for_retry'], 'newest', [{}, { tryNumber: 2 }])];
	expect(only('task failed', ...retry, why('KeyError'))[0]).toMatchObject({ severity: 'warning' });
});

test('the same error in several runs is one finding', () => {
	const facts = [
		failedRun,
		failedTasks,
		why('ValueError: 17 rows at 0x7f12', ['x'], 'before'),
		why('ValueError: 18 rows at 0x7f99'),
	];
	expect(only('task failed', ...facts)[0]?.title).toBe('bronze_to_silver keeps failing with the same error');
});

test.each([
	[
		'mlflow.exceptions.MlflowException: API request to http://mlflow:5000 failed: Max retries exceeded (Connection refused)',
		/could not reach MLflow/,
	],
	['mlflow.exceptions.MlflowException: 403 Invalid Host header', /Host header check/],
	["PermissionError: [Errno 13] Permission denied: '/mlflow/artifacts'", /artifact store/],
	['sqlalchemy.exc.OperationalError: (psycopg2.OperationalError) could not translate', /lost its database connection/],
	['OSError: [Errno 28] No space left on device', /disk was full/],
	['Task exited with return code Negsignal.SIGKILL', /process was killed/],
	['Detected zombie job', /worker disappeared/],
	['Received SIGTERM. Terminating subprocesses.', /received SIGTERM/],
	['State of this instance has been externally set to failed', /Someone set the state/],
	["Server indicated the task shouldn't be running anymore. Terminating process", /Someone set the state/],
])('%s', (reason, cause) => {
	expect(only('task failed', failedRun, failedTasks, why(reason))[0]?.cause).toMatch(cause);
});

const stamp = (source: string, text: string) => `[2026-11-29T22:57:17.000+0000] {${source}} INFO - ${text}`;
test.each([
	[
		'Airflow 2',
		[
			stamp('python.py:201', 'Done. Returned value was: None'),
			stamp('taskinstance.py:1138', 'Marking task as SUCCESS. dag_id=orders, task_id=extract'),
			stamp('local_task_job_runner.py:234', 'Task exited with return code 0'),
			stamp('taskinstance.py:3280', '1 downstream tasks scheduled from follow-on schedule check'),
		],
	],
	[
		'Airflow 3',
		[
			stamp('task.stdout', 'load: 1000 rows'),
			stamp('task_runner.py:1580', '::group::Post Execute'),
			stamp('task_runner.py:2379', '::endgroup::'),
		],
	],
])('a task of %s that succeeded and was marked as failed afterwards', (_airflow, lines) => {
	const { reason, tail } = explainFailure(lines.join('\n'));
	const [found] = only('task failed', failedRun, failedTasks, why(reason, [...tail]));
	expect(found).toMatchObject({
		severity: 'warning',
		cause: 'Its last try succeeded; someone set its state afterwards',
	});
});

test("a run that was stopped is no finding with Airflow 3's log either", () => {
	const error = (text: string) => `[2026-11-29T23:12:05.345+0000] {task} ERROR - ${text}`;
	const { reason, tail } = explainFailure(
		[error("Server indicated the task shouldn't be running anymore. Terminating process"), error('Task killed!')].join(
			'\n',
		),
	);
	const stopped = tasksFetched(['success', 'failed', null], 'newest', [{}, { tryNumber: 2 }]);
	expect(only('task failed', failedRun, stopped, why(reason, [...tail]))).toEqual([]);
});

test('a task whose log is empty', () => {
	const { reason, tail } = explainFailure('');
	expect(only('task failed', failedRun, failedTasks, why(reason, [...tail]))[0]?.cause).toMatch(/without a log/);
});

test('a stopped run is no finding; a single task that was set to failed is one', () => {
	const marked = why('State of this instance has been externally set to failed. Terminating instance.');
	const stopped = tasksFetched(['success', 'failed', null], 'newest', [{}, { tryNumber: 2 }]);
	expect(only('task failed', failedRun, stopped, marked)).toEqual([]);
	const alone = tasksFetched(['success', 'failed', 'upstream_failed'], 'newest', [{}, { tryNumber: 2 }]);
	expect(only('task failed', failedRun, alone, marked)).toMatchObject([{ severity: 'warning' }]);
	// The rest is no reason for silence if the task failed by itself.
	expect(only('task failed', failedRun, stopped, why("KeyError: 'rows'"))).toHaveLength(1);
});

test('a task that could not reach MLflow follows from MLflow being gone', () => {
	const gone: Timed = {
		at: now - 6 * minute,
		fact: {
			type: 'container event',
			event: {
				id: 'mlflow',
				name: 'mlflow',
				action: 'die',
				project: 'mlops',
				service: 'mlflow',
				exitCode: 0,
				happenedAt: now - 6 * minute,
			},
		},
	};
	const reason = 'MlflowException: API request to http://mlflow:5000 failed: Connection refused';
	const found = findings(failedRun, failedTasks, why(reason), gone);
	expect(found.map(({ rule, explainedBy }) => [rule, explainedBy])).toEqual([
		['container exited', null],
		['task failed', 'container exited mlflow'],
	]);
});

test('cleared tasks of a run that was not reset', () => {
	const ended = runsFetched(run('newest', 'success', 60 * minute));
	expect(
		only('cleared not reset', ended, tasksFetched(['success', null], 'newest', [{}, { tryNumber: 1 }]))[0]?.fixes,
	).toEqual([{ kind: 'clear', dagId, dagRunId: 'newest', onlyFailed: false }]);
	const justNow = runsFetched(run('newest', 'success', 90_000));
	expect(only('cleared not reset', justNow, tasksFetched(['success', null], 'newest', [{}, { tryNumber: 1 }]))).toEqual(
		[],
	);
	expect(only('cleared not reset')).toEqual([]);
	// Seen before the run had ended, and not since: another run was shown.
	const early = { at: now - 61 * minute, fact: tasksFetched(['success', 'queued', 'scheduled']) };
	expect(only('cleared not reset', ended, early)).toEqual([]);
	// Stopped manually: tasks that never started have had no try.
	const stopped = runsFetched(run('newest', 'failed', 60 * minute));
	expect(only('cleared not reset', stopped, tasksFetched(['failed', null]))).toEqual([]);
	// Cleared as a whole, then stopped.
	const again = [{}, { tryNumber: 1 }];
	expect(only('cleared not reset', stopped, tasksFetched(['failed', null], 'newest', again))).toEqual([]);
});

test('a run under way that is not looked at any more: its tasks of then say nothing about now', () => {
	const active = runsFetched(run('newest', 'running', 5 * minute));
	const tasks = tasksFetched(['success', 'queued'], 'newest', [{}, { queuedAt: now - 3 * minute }]);
	expect(only('task waits', active, tasks)).toHaveLength(1);
	expect(only('task waits', active, { at: now - 2 * minute, fact: tasks })).toEqual([]);
});

test('the same triggered twice at once', () => {
	const twice = runsFetched(run('b', 'running', 60_000), run('a', 'running', 63_000));
	expect(only('triggered twice', twice)[0]?.fixes).toEqual([{ kind: 'stop run', dagId, dagRunId: 'b' }]);
	const apart = runsFetched(run('b', 'running', minute), run('a', 'running', 5 * minute));
	expect(only('triggered twice', apart)).toEqual([]);
	const other = runsFetched(run('b', 'running', 60_000, { conf: '{"rows":5}' }), run('a', 'running', 63_000));
	expect(only('triggered twice', other)).toEqual([]);
});

test('zombies reported by the scheduler', () => {
	const sign = (agoMs: number): Fact => ({
		type: 'log sign',
		container: 'airflow-scheduler',
		sign: 'zombie' satisfies Sign,
		line: 'Detected zombie job: {...}',
		happenedAt: now - agoMs,
	});
	expect(only('zombies', sign(20_000))).toMatchObject([{ severity: 'warning' }]);
	expect(only('zombies', sign(10 * minute))).toEqual([]);
});

describe('a run that succeeded and left nothing in MLflow', () => {
	const late = runsFetched(
		run('newest', 'success', 10 * minute),
		run('older', 'success', 60 * minute),
		run('oldest', 'success', 120 * minute),
	);
	const loggedAs = (runName: string, ...agoMinutes: number[]): Fact => ({
		type: 'mlflow runs fetched',
		experimentId: '1',
		runs: agoMinutes.map(ago => ({ ...mlflowRun(now - ago * minute, 0.93), runName })),
	});

	test('is found where tasks that logged before succeeded', () => {
		const [found] = diagnose(stateOf(late), now, diagnosisOptions).filter(({ rule }) => rule === 'mlflow run missing');
		expect(found && render(found.title, 'en')).toBe('DAG run newest logged nothing to MLflow');
		expect(found && render(found.reason, 'en')).toMatch(/succeeded in this one: model_evaluation$/);
	});

	test('is no finding where something arrived', () => {
		expect(only('mlflow run missing', late, loggedAs('model_evaluation', 9.5, 59.5))).toEqual([]);
		expect(only('mlflow run missing')).toEqual([]);
	});

	test('is no finding for a DAG of which no run ever logged there', () => {
		// Others log to the same experiment at other times.
		expect(only('mlflow run missing', late, loggedAs('train', 30, 90, 150))).toEqual([]);
		// Once, by chance, at the same time.
		expect(only('mlflow run missing', late, loggedAs('train', 59.5, 90, 150))).toEqual([]);
		expect(only('mlflow run missing', late, loggedAs('train'))).toEqual([]);
	});

	test('is no finding where the tasks that log did not succeed', () => {
		const others = stages.map(stage => (stage === 'model_evaluation' ? 'failed' : 'success'));
		expect(only('mlflow run missing', late, tasksFetched(others))).toEqual([]);
		const skipped = stages.map(stage => (stage === 'model_evaluation' ? 'skipped' : 'success'));
		expect(only('mlflow run missing', late, tasksFetched(skipped))).toEqual([]);
	});

	test('counts MLflow runs of any name where each of several runs logged one', () => {
		const four = runsFetched(
			run('newest', 'success', 10 * minute),
			...[60, 120, 180].map(ago => run(`older-${ago}`, 'success', ago * minute)),
		);
		expect(only('mlflow run missing', four, loggedAs('bold-fox-17', 59.5, 119.5, 179.5))).toHaveLength(1);
		expect(only('mlflow run missing', four, loggedAs('bold-fox-17', 59.5, 179.5))).toEqual([]);
		const three = stages.map((_, index) => (index < 3 ? 'failed' : 'success'));
		expect(only('mlflow run missing', four, loggedAs('bold-fox-17', 59.5, 119.5, 179.5), tasksFetched(three))).toEqual(
			[],
		);
	});
});

test('a score that fell', () => {
	expect(only('metric dropped', mlflowRuns(0.71, 0.92, 0.94, 0.925, 0.93))[0]).toMatchObject({
		title: 'accuracy dropped',
		severity: 'warning',
	});
	expect(only('metric dropped', mlflowRuns(0.9, 0.92, 0.94, 0.925, 0.93))).toEqual([]);
	expect(only('metric dropped', mlflowRuns(0.71, 0.92))).toEqual([]);
	// Precision on 170 rows varies by some hundredths: three runs do not show how much.
	expect(only('metric dropped', mlflowRuns(0.8308, 0.8765, 0.8974, 0.9153))).toEqual([]);
	expect(only('metric dropped', mlflowRuns(0.2, 0.8765, 0.8974, 0.9153))).toHaveLength(1);
	// Without any noise every change is one.
	expect(only('metric dropped', mlflowRuns(0.8, 0.9, 0.9, 0.9))).toHaveLength(1);
	// It is no measure for runs with other parameters.
	const rows = (facts: Fact): Fact =>
		facts.type === 'mlflow runs fetched'
			? {
					...facts,
					runs: facts.runs.map((one, index) => ({
						...one,
						params: [{ key: 'rows', value: index === 0 ? '500' : '10000' }],
					})),
				}
			: facts;
	expect(only('metric dropped', rows(mlflowRuns(0.71, 0.92, 0.94, 0.925, 0.93)))).toEqual([]);
	// No worse than earlier runs.
	expect(only('metric dropped', mlflowRuns(0.71, 0.92, 0.7, 0.925, 0.93))).toEqual([]);
});

test('a model version that could not be registered', () => {
	const version = (status: string): Fact => ({
		type: 'model versions fetched',
		versions: [{ name: 'm', version: '4', status, stage: 'None', aliases: [], runId: 'r', createdAt: now - minute }],
	});
	expect(only('registration failed', version('FAILED_REGISTRATION'))).toHaveLength(1);
	expect(only('registration failed', version('READY'))).toEqual([]);
});

test('the connection from the worker to MLflow', () => {
	const connection = (httpStatus: number | null, problem = ''): Timed => ({
		at: now - 15_000,
		fact: check({ check: 'mlflow connection', url: 'http://mlflow:5000', httpStatus, problem }),
	});
	expect(only('mlflow connection', connection(null, 'curl: (6) Could not resolve host: mlflow'))[0]?.cause).toMatch(
		/does not resolve/,
	);
	expect(only('mlflow connection', connection(null, 'curl: (7) Failed to connect'))[0]?.cause).toMatch(
		/Nothing listens/,
	);
	expect(only('mlflow connection', connection(403))[0]?.cause).toMatch(/Host header/);
	expect(only('mlflow connection', connection(200))).toEqual([]);
	// It wants a login, which the request did not carry: the way there is open.
	expect(only('mlflow connection', connection(401))).toEqual([]);
	// A server that does not respond to anybody is no problem of the connection.
	expect(only('mlflow connection', connection(null, 'curl: (28)'), page('mlflow', false))).toEqual([]);
});

test('MLflow answers and refuses', () => {
	const refused = (message: string, code?: FailureCode): Timed => ({
		at: now - 20_000,
		fact: {
			type: 'feed failed',
			feed: 'experiment',
			failure: { kind: 'unauthorised', ...(code && { code }), message: quoted(message), fix: null },
			retryAt: now,
		},
	});
	expect(only('mlflow api', refused('MLflow answers 403', 'host-header'))[0]?.cause).toMatch(/Host header/);
	expect(only('mlflow api', refused('MLflow answers 401'))[0]?.cause).toMatch(/login/);
	expect(only('mlflow api')).toEqual([]);
});

test('an API behind a redirect is a matter of the address, not of the container', () => {
	const failing = (feed: 'experiment' | 'dags', kind: 'protocol' | 'server' | 'busy'): Timed => ({
		at: now - 2 * minute,
		fact: { type: 'feed failed', feed, failure: { kind, message: quoted('x answers'), fix: null }, retryAt: now },
	});
	const fixes = (rule: string, fact: Timed) => only(rule, fact)[0]?.fixes.map(one => one.kind);
	expect(fixes('mlflow api', failing('experiment', 'protocol'))).toEqual(['advice']);
	expect(fixes('mlflow api', failing('experiment', 'server'))).toContain('container');
	expect(fixes('airflow api', failing('dags', 'protocol'))).toEqual(['advice']);
	expect(fixes('airflow api', failing('dags', 'server'))).toContain('container');
	// A restart makes a busy server no faster.
	expect(fixes('mlflow api', failing('experiment', 'busy'))).toEqual(['look']);
	expect(fixes('airflow api', failing('dags', 'busy'))).toEqual(['look']);
});

test('artifacts that cannot be written', () => {
	const sign: Fact = {
		type: 'log sign',
		container: 'mlflow',
		sign: 'artifacts not writable',
		line: "PermissionError: [Errno 13] Permission denied: '/mlflow/artifacts/1'",
		happenedAt: now - 20_000,
	};
	expect(only('artifacts not writable', sign)).toHaveLength(1);
	expect(only('artifacts not writable')).toEqual([]);
});

test('a mapped task that fails in several places is one finding', () => {
	const mapped: Fact = {
		type: 'task instances fetched',
		dagId,
		dagRunId: 'newest',
		taskInstances: [0, 1, 2].map(mapIndex => task('model_training', 'failed', { mapIndex })),
	};
	expect(only('task failed', failedRun, mapped)).toHaveLength(1);
});
