import { afterEach, expect, test } from 'vitest';
import { createStackStore } from '../../../source/app/store.ts';
import type { Airflow3 } from '../../../source/clients/airflow/airflow3.ts';
import { watchDags } from '../../../source/feeds/airflow/dags.ts';
import { watchPipeline } from '../../../source/feeds/airflow/pipeline.ts';
import { createInterest } from '../../../source/feeds/interest.ts';
import { Wake } from '../../../source/feeds/schedule.ts';
import type { Dag, DagRun, DagTask, TaskInstance } from '../../../source/model/airflow/pipeline.ts';
import type { Question } from '../../../source/model/airflow/question.ts';
import { ClientError } from '../../../source/model/failures/failure.ts';
import type { Fact } from '../../../source/model/observation.ts';
import { runKey } from '../../../source/model/state.ts';
import { quoted } from '../../../source/words/message.ts';
import { dag, dagId, now, run, task } from '../../diagnosis/stack.ts';
import { HandClock } from '../../given/hand-clock.ts';
import { stubOf } from '../../given/stub.ts';

const second = 1000;
let stop: () => Promise<void> = async () => undefined;
afterEach(() => stop());

/** An Airflow with these runs, watched on a clock that stands still. */
async function watched(given: {
	readonly runs: DagRun[];
	readonly tasks?: TaskInstance[];
	readonly dags?: Dag[];
	readonly structure?: DagTask[];
	readonly version?: string;
}) {
	const clock = new HandClock(now);
	const store = createStackStore();
	const interest = createInterest(dagId);
	const [wake, dagsWake] = [new Wake(), new Wake()];
	const end = new AbortController();
	const asked: string[] = [];
	const airflow = {
		runs: given.runs,
		tasks: given.tasks ?? [task('a', 'success')],
		dags: given.dags ?? [dag],
		failure: null as ClientError | null,
		questions: [] as Question[] | ClientError,
		/** All runs of the list of runs; empty: those of the DAG. */
		older: [] as DagRun[],
	};
	const called = <Answer>(what: string, answer: () => Answer): Promise<Answer> => {
		asked.push(what);
		return airflow.failure ? Promise.reject(airflow.failure) : Promise.resolve(answer());
	};
	const newer = stubOf<Airflow3>({
		questions: () =>
			called('questions', () => {
				if (airflow.questions instanceof ClientError) throw airflow.questions;
				return airflow.questions;
			}),
	});
	const unknown = (what: string) => new ClientError('not-found', quoted(`Airflow has no ${what}`));
	const client = {
		address: 'http://airflow',
		version: () => called('version', () => given.version ?? '2.8.0'),
		dag: (id: string) =>
			called(`dag ${id}`, () => {
				const found = airflow.dags.find(one => one.dagId === id);
				if (!found) throw unknown(`DAG ${id}`);
				return found;
			}),
		dags: () => called('dags', () => airflow.dags),
		tasks: (id: string) => called(`structure ${id}`, () => given.structure ?? []),
		importErrors: () => called('import errors', () => []),
		dagRuns: (id: string, limit: number) => called(`runs ${id} ${limit}`, () => airflow.runs),
		dagRun: (_: string, id: string) =>
			called(`run ${id}`, () => {
				const found = airflow.runs.find(({ dagRunId }) => dagRunId === id);
				if (!found) throw unknown(`run ${id}`);
				return found;
			}),
		findRuns: (_: string, { states }: { readonly states?: readonly string[] | undefined }) =>
			called(`find ${states?.join() ?? 'any'}`, () =>
				airflow.older.length > 0
					? { runs: airflow.older.slice(0, 100), total: airflow.older.length }
					: { runs: airflow.runs, total: airflow.runs.length },
			),
		pageOfRuns: (_: string, offset: number, _signal?: AbortSignal, runState?: string | null) =>
			called(`page of ${runState ?? 'any'} from ${offset}`, () => ({
				runs: airflow.older.slice(offset, offset + 100),
				total: airflow.older.length,
			})),
		newestRuns: (ids: readonly string[]) => called(`newest of ${ids.length}`, () => airflow.runs.slice(0, 1)),
		airflow3: () => Promise.resolve(newer),
		taskInstances: (_: string, id: string) =>
			called(`tasks ${id}`, () => airflow.tasks.map(one => ({ ...one, dagRunId: id }))),
		taskLog: ({ taskId }: { readonly taskId: string }) =>
			called(
				`log ${taskId}`,
				() => "Traceback (most recent call last):\nKeyError: 'rows'\nTask exited with return code 1",
			),
	};
	const context = {
		clock,
		signal: end.signal,
		random: () => 0.5,
		observe: (fact: Fact) => store.observe({ at: clock.now(), ...fact }),
	};
	const deps = {
		airflow: () => client,
		state: store.current,
		interest,
		wake,
		dagsWake,
		quiet: { pauseMs: (ms: number) => ms },
	};
	const running = [watchPipeline(context, deps), watchDags(context, deps)];
	stop = async () => {
		end.abort();
		await clock.advance(0);
		await Promise.all(running);
	};
	await clock.advance(0);
	return {
		airflow,
		clock,
		interest,
		wake,
		state: store.current,
		/** Requests to Airflow since the last call; those for the list of DAGs only if `withDags`. */
		asked: (withDags = false) =>
			asked.splice(0).filter(what => withDags || !/^(version|dags|structure|import errors)/.test(what)),
	};
}

test('a run under way: its tasks each second, the runs each fifth; the end is seen with the next turn', async () => {
	const { airflow, asked, clock, state } = await watched({
		runs: [run('newest', 'running', 60 * second)],
		tasks: [task('a', 'success'), task('b', 'running')],
	});
	expect(asked()).toEqual([`runs ${dagId} 30`, 'tasks newest']);
	await clock.advance(9 * second);
	const inNine = asked();
	expect(inNine.filter(what => what === 'tasks newest')).toHaveLength(9);
	expect(inNine.filter(what => what.startsWith('runs'))).toHaveLength(2);
	airflow.tasks = [task('a', 'success'), task('b', 'success')];
	airflow.runs = [run('newest', 'success', 60 * second)];
	await clock.advance(2 * second);
	expect(asked().filter(what => what.startsWith('runs'))).toHaveLength(1);
	expect(state().dagRuns[dagId]?.[0]?.state).toBe('success');
});

test('nothing under way: every five seconds, and of what has ended the tasks only now and then', async () => {
	const { asked, clock } = await watched({ runs: [run('newest', 'success', 3600 * second)] });
	asked();
	await clock.advance(60 * second);
	const inOneMinute = asked();
	expect(inOneMinute.filter(what => what.startsWith('runs'))).toHaveLength(12);
	expect(inOneMinute.filter(what => what.startsWith('tasks'))).toHaveLength(2);
});

test('a run that is due is looked for when the scheduler has probably made it', async () => {
	const due = { ...dag, isPaused: false, nextRunAt: now + 7 * second };
	const { asked, clock } = await watched({ runs: [run('newest', 'success', 3600 * second)], dags: [due] });
	asked();
	await clock.advance(5 * second);
	expect(asked()).toHaveLength(1);
	await clock.advance(4 * second);
	expect(asked()).toHaveLength(1);
	await clock.advance(5 * second);
	expect(asked()).toHaveLength(1);
});

test('without the focus everything is asked for every fifteen seconds, and at once when it is back', async () => {
	const { asked, clock, interest } = await watched({
		runs: [run('newest', 'running', 60 * second)],
		tasks: [task('b', 'running')],
	});
	interest.setState({ focused: false });
	await clock.advance(20 * second);
	asked();
	await clock.advance(30 * second);
	expect(asked().filter(what => what === 'tasks newest')).toHaveLength(2);
	interest.setState({ focused: true });
	await clock.advance(0);
	expect(asked()).toEqual([`runs ${dagId} 30`, 'tasks newest']);
});

test('a run that is picked and too old for the list is asked for by itself, the newest is not forgotten', async () => {
	const old = run('old', 'success', 9 * 86_400 * second);
	const { airflow, asked, clock, interest, state } = await watched({ runs: [run('newest', 'running', 60 * second)] });
	asked();
	airflow.runs = [run('newest', 'running', 60 * second), old];
	const listed = airflow.runs;
	// The list holds thirty.
	airflow.runs = [old];
	interest.setState({ dagRunId: 'old' });
	await clock.advance(0);
	expect(asked()).toContain('tasks old');
	airflow.runs = listed;
	await clock.advance(30 * second);
	expect(asked()).toContain('tasks newest');
	expect(state().dagRuns[dagId]?.map(({ dagRunId }) => dagRunId)).toEqual(['newest', 'old']);
});

test('tasks that wait for the run before: its tasks are asked for as soon as that is known', async () => {
	const structure: DagTask[] = [
		{
			taskId: 'a',
			operator: 'PythonOperator',
			downstreamTaskIds: [],
			triggerRule: 'all_success',
			dependsOnPast: true,
			waitForDownstream: false,
			retryDelayMs: 0,
			hasRetryBackoff: false,
		},
	];
	const runs = [run('newest', 'running', second), run('before', 'failed', 60 * second)];
	const { asked, state } = await watched({ runs, tasks: [task('a', null)], structure });
	expect(asked()).toContain('tasks before');
	expect(state().taskInstances[runKey(dagId, 'before')]).toHaveLength(1);
});

test('an open list is asked for when it is opened or filtered, and then with the runs', async () => {
	const { asked, clock, interest } = await watched({ runs: [run('newest', 'success', 3600 * second)] });
	asked();
	interest.setState({ list: { kind: 'runs', runState: null } });
	await clock.advance(0);
	interest.setState({ list: { kind: 'runs', runState: 'failed' } });
	await clock.advance(0);
	expect(asked().filter(what => what.startsWith('find'))).toEqual(['find any', 'find failed']);
	interest.setState({ list: { kind: 'dags', runState: null } });
	await clock.advance(60 * second);
	const newest = asked().filter(what => what.startsWith('newest'));
	expect(newest.length).toBeGreaterThan(1);
	expect(newest.length).toBeLessThan(5);
	interest.setState({ list: null });
	asked();
	await clock.advance(60 * second);
	expect(asked().filter(what => /^(find|newest)/.test(what))).toEqual([]);
});

test('the list of runs is read on page by page, each run once, as far as it is wanted', async () => {
	const { airflow, asked, clock, interest, state } = await watched({ runs: [run('newest', 'success', 3600 * second)] });
	airflow.older = Array.from({ length: 420 }, (_, index) => run(`r${index}`, 'success', index * second));
	interest.setState({ list: { kind: 'runs', runState: null, count: 100 } });
	await clock.advance(0);
	asked();
	expect(state().matchedRuns?.runs).toHaveLength(100);
	const pages = () => asked().filter(what => what.startsWith('page'));
	interest.setState({ list: { kind: 'runs', runState: null, count: 200 } });
	await clock.advance(0);
	expect(pages()).toEqual(['page of any from 50']);
	// What the screen wants now is there.
	interest.setState({ list: { kind: 'runs', runState: null, count: 150 } });
	await clock.advance(60 * second);
	expect(pages()).toEqual([]);
	for (const count of [250, 350, 450, 550]) {
		interest.setState({ list: { kind: 'runs', runState: null, count } });
		await clock.advance(0);
	}
	expect(pages()).toEqual(['page of any from 150', 'page of any from 250', 'page of any from 350']);
	const ids = state().matchedRuns?.runs.map(({ dagRunId }) => dagRunId) ?? [];
	expect(ids).toEqual(airflow.older.map(({ dagRunId }) => dagRunId));
	// Old runs that are read are no news.
	expect(state().timeline.filter(({ kind }) => kind === 'run').length).toBeLessThan(300);
	// Fewer than before: what was deleted is not known, so the list begins again.
	airflow.older = airflow.older.slice(1);
	await clock.advance(60 * second);
	expect(state().matchedRuns?.runs.map(({ dagRunId }) => dagRunId)).not.toContain('r0');
});

test('the log of a task that failed is read once, and says why', async () => {
	const { asked, clock, state } = await watched({
		runs: [run('newest', 'failed', 60 * second)],
		tasks: [task('a', 'failed')],
	});
	await clock.advance(60 * second);
	expect(asked().filter(what => what === 'log a')).toHaveLength(1);
	expect(Object.values(state().taskFailures)[0]?.reason).toEqual(quoted("KeyError: 'rows'"));
});

test('a run that begins to wait, and a DAG whose runs are gone, have the list of DAGs asked for at once', async () => {
	const { airflow, asked, clock } = await watched({ runs: [run('newest', 'success', 3600 * second)] });
	asked(true);
	airflow.runs = [run('next', 'queued', 0), ...airflow.runs];
	await clock.advance(5 * second);
	expect(asked(true)).toContain('dags');
	await clock.advance(3 * second);
	expect(asked(true)).not.toContain('dags');
	airflow.runs = [];
	await clock.advance(10 * second);
	expect(asked(true)).toContain('dags');
});

test('a failing Airflow is reported, keeps its last runs, and is polled again after growing pauses', async () => {
	const { airflow, asked, clock, state, wake } = await watched({ runs: [run('newest', 'success', 3600 * second)] });
	airflow.failure = new ClientError('timeout', quoted('Airflow: no answer within 10 s'));
	asked();
	await clock.advance(35 * second);
	expect(state().feeds.pipeline).toMatchObject({ status: 'failed', failure: { kind: 'timeout' } });
	expect(state().dagRuns[dagId]).toHaveLength(1);
	// After 5 s, and then after 1, 2, 4, 8 and 15.
	expect(asked().length).toBe(6);
	airflow.failure = null;
	wake.fire();
	await clock.advance(0);
	expect(state().feeds.pipeline.status).toBe('live');
});

test('the structure of the shown DAG is asked for, of one that Airflow does not have it is not', async () => {
	const { asked, clock, interest } = await watched({ runs: [] });
	expect(asked(true)).toContain(`structure ${dagId}`);
	interest.setState({ dagId: 'nosuch' });
	await clock.advance(0);
	const after = asked(true);
	expect(after).toContain('dags');
	expect(after.filter(what => what.startsWith('structure'))).toEqual([]);
});

const question: Question = {
	...{ dagId, dagRunId: 'newest', taskId: 'a', mapIndex: -1, askedAt: now, assigned: [], params: [] },
	...{ subject: 'Release? password=hunter22', body: 'Secret', options: ['Approve'], defaults: [], multiple: false },
};

test('what a task asks is fetched when it starts to wait, and again when it waits no more', async () => {
	const { airflow, asked, clock, state } = await watched({
		version: '3.3.2',
		runs: [run('newest', 'running', 60 * second)],
		tasks: [task('a', 'running')],
	});
	expect(state().questions).toEqual([]);
	asked();
	await clock.advance(3 * second);
	expect(asked()).not.toContain('questions');
	airflow.tasks = [task('a', 'awaiting_input')];
	airflow.questions = [question];
	await clock.advance(5 * second);
	expect(asked().filter(what => what === 'questions')).toHaveLength(1);
	const { subject, ...known } = state().questions?.[0] ?? {};
	expect(known).toEqual({ dagId, dagRunId: 'newest', taskId: 'a', mapIndex: -1, askedAt: now });
	expect(subject).toMatch(/^Release\? password=\W+$/);
	airflow.tasks = [task('a', 'success')];
	airflow.questions = [];
	await clock.advance(second);
	expect(state().questions).toEqual([]);
});

test('questions of other DAGs come with the list of DAGs; an Airflow without them is no failure', async () => {
	const { airflow, clock, state } = await watched({ version: '3.0.6', runs: [] });
	airflow.questions = [{ ...question, dagId: 'other' }];
	await clock.advance(30 * second);
	expect(state().questions).toMatchObject([{ dagId: 'other' }]);
	airflow.questions = new ClientError('not-found', quoted('no such page'));
	await clock.advance(30 * second);
	expect(state().questions).toBeNull();
	expect(state().feeds.dags.status).toBe('live');
	// Silence is one: what is known may be old.
	airflow.questions = new ClientError('timeout', quoted('no answer'));
	await clock.advance(30 * second);
	expect(state().feeds.dags.status).toBe('failed');
});

test('Airflow 2 is never asked for questions', async () => {
	const { asked, clock } = await watched({
		runs: [run('newest', 'running', second)],
		tasks: [task('a', 'awaiting_input')],
	});
	await clock.advance(40 * second);
	expect(asked(true)).not.toContain('questions');
});
