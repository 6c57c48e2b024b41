import { expect, test } from 'vitest';
import { tryKey } from '../../../../source/model/airflow/task-failure.ts';
import type { Fact, Observation } from '../../../../source/model/observation.ts';
import type { ViewState } from '../../../../source/ui/conversation.ts';
import { quoted } from '../../../../source/words/message.ts';
import {
	dag,
	dagId,
	healthy,
	minute,
	now,
	run,
	runsFetched,
	stages,
	stateOf,
	task,
	tasksFetched,
} from '../../../diagnosis/stack.ts';
import { applied, begun, choiceOf, refusalOf, viewAfter } from '../../../given/step-context.ts';
import { inUtc } from '../../../in-utc.ts';
import { screenOf } from '../../screens.tsx';

inUtc();

const [first = '', second = ''] = stages;
const inOrder: Fact = {
	type: 'dag tasks fetched',
	dagId,
	tasks: stages.map((taskId, index) => ({
		taskId,
		operator: null,
		downstreamTaskIds: stages.slice(index + 1, index + 2),
	})),
};
const stack: readonly Fact[] = [...healthy, inOrder];

/** The rows of the whole screen with these facts. */
function rows(facts: readonly Fact[], view: Partial<ViewState> = {}, columns = 120): string {
	const seen = facts.map(fact => ({ ...fact, at: now }) as Observation);
	return screenOf({ seen, view: { focus: 'pipeline', ...view }, columns, rows: 40 });
}

test('a row is a run: down to older ones, up to the newest, which is followed', () => {
	const state = stateOf(inOrder);
	const move = (actionId: string, dagRunId: string | null) =>
		applied(actionId, { state, view: { focus: 'pipeline', dagRunId, marks: ['task x', 'run newest'] } });
	expect(move('down', null)).toMatchObject({ dagRunId: 'older', marks: ['run newest'] });
	expect(move('last', null).dagRunId).toBe('oldest');
	expect(move('up', 'older').dagRunId).toBeNull();
	// Nowhere to go: marks stay.
	expect(move('up', null)).toMatchObject({ dagRunId: null, marks: ['task x', 'run newest'] });
	expect(applied('down', { state: { ...state, dagRuns: {} }, view: { focus: 'pipeline' } }).dagRunId).toBeNull();
});

test('Esc goes from an older run to the newest, but not out of the opened pane', () => {
	const back = (more: Partial<ViewState>) =>
		applied('back', { view: { focus: 'pipeline', dagRunId: 'older', ...more } });
	expect(back({ taskId: first })).toMatchObject({ taskId: null, dagRunId: 'older' });
	expect(back({})).toMatchObject({ dagRunId: null });
	expect(back({ zoomed: true })).toMatchObject({ dagRunId: 'older', zoomed: false });
});

test('a stage is marked once it is picked', () => {
	const view = { focus: 'pipeline', taskId: first } as const;
	expect(applied('mark', { view }).marks).toEqual([`task ${first}`]);
	expect(applied('mark', { view: { focus: 'pipeline' } }).hint).toMatch(/^Select a task first/);
});

test('an instance of a mapped stage is chosen, failed ones first; of another stage there is one', async () => {
	const mapped = stateOf(inOrder, {
		type: 'task instances fetched',
		dagId,
		dagRunId: 'newest',
		taskInstances: [
			task(first, 'success', { mapIndex: 0 }),
			task(first, 'failed', { mapIndex: 1, tryNumber: 2 }),
			task(first, null, { mapIndex: 2 }),
			task(second, 'success'),
		],
	});
	const given = (taskId: string | null, instance: string | null = null) => ({
		state: mapped,
		view: { focus: 'pipeline', taskId, instance } as const,
	});
	expect((await refusalOf(begun('choose-instance', given(null)))).refused).toMatch(/^Select a task first/);
	expect((await refusalOf(begun('choose-instance', given(second)))).refused).toMatch(/is not mapped/);
	const question = choiceOf(begun('choose-instance', given(first, `${first}[2]`)));
	expect(question.selected).toBe(`${first}[2]`);
	expect(question.choices[0]).toEqual({ id: `${first}[1]`, label: `${first}[1]`, hint: 'failed, try 2' });
	expect(question.choices.find(({ id }) => id === `${first}[2]`)?.hint).toBe('no status');
	expect(question.choices.at(-1)).toMatchObject({ id: first, hint: '3 instances' });
	expect(viewAfter(question.next(`${first}[1]`))).toMatchObject({ taskId: first, instance: `${first}[1]` });
});

test('the reason of the first failed stage is shown from its log; zoomed, with the lines before', () => {
	const failedTask = task(first, 'failed');
	const facts: readonly Fact[] = [
		...stack,
		runsFetched(run('newest', 'failed', 60 * minute)),
		tasksFetched(['failed', 'upstream_failed']),
		{
			type: 'task failure explained',
			key: tryKey(failedTask),
			reason: quoted('ValueError: no rows'),
			tail: ['reading part 3'],
		},
	];
	expect(rows(facts)).toContain(`${first} try 1: ValueError: no rows`);
	expect(rows(facts)).not.toContain('reading part 3');
	const opened = rows(facts, { zoomed: true });
	expect(opened).toContain('ValueError: no rows');
	expect(opened).toContain('reading part 3');
});

test('a DAG file that cannot be imported is shown above the stages', () => {
	const error = (fileName: string) => ({
		fileName,
		stackTrace: 'Traceback\n  x\nSyntaxError: invalid\n',
		happenedAt: null,
	});
	const own = dag.fileLocation ?? '';
	const facts = (...files: string[]): readonly Fact[] => [
		...stack,
		{ type: 'import errors fetched', errors: files.map(error) },
	];
	expect(rows(facts(own))).toContain(`${own}: SyntaxError: invalid`);
	// Another DAG's file does not matter for this one, unless Airflow does not know this one.
	expect(rows(facts('/opt/other.py'), {}, 160)).not.toContain('/opt/other.py: SyntaxError');
	expect(
		rows([...facts('/opt/other.py', '/opt/third.py'), { type: 'dags fetched', dags: [] }, runsFetched()], {}, 160),
	).toContain('/opt/other.py: SyntaxError: invalid (and 1 more)');
});

test('opened, runs stand with their conf and note, tasks with where they ran', () => {
	const host = '0123456789ab';
	const facts: readonly Fact[] = [
		...stack.map(fact =>
			fact.type === 'containers listed'
				? {
						...fact,
						containers: fact.containers.map(one =>
							one.name === 'airflow-worker' ? { ...one, id: `${host}${'0'.repeat(52)}` } : one,
						),
					}
				: fact,
		),
		runsFetched(
			run('newest', 'success', 60 * minute, { conf: '{"rows":5}', note: 'checked\ntwice' }),
			run('older', 'failed', 120 * minute),
		),
		tasksFetched(
			stages.map(() => 'success'),
			'newest',
			[{ hostname: host }, { hostname: 'ffffffffffff' }],
		),
	];
	const screen = rows(facts, { zoomed: true, taskId: first, marks: [`task ${second}`] });
	expect(screen).toContain('{"rows":5}  "checked twice"  newest');
	expect(screen).toMatch(new RegExp(`${first} .*airflow-worker`));
	expect(screen).toMatch(new RegExp(`\\*.*${second} .*ffffffffffff`));
	expect(screen).toContain('1 marked');
	// Without space, hosts are left out.
	expect(rows(facts, { zoomed: true }, 80)).not.toContain('ffffffffffff');
});

test('a DAG without a run says how one is started; a DAG that Airflow does not have, which ones it has', () => {
	const none = runsFetched();
	expect(rows([...stack, none])).toContain('No DAG runs yet. Press t to trigger one.');
	const paused: Fact = { type: 'dags fetched', dags: [{ ...dag, isPaused: true }] };
	expect(rows([...stack, paused, none])).toContain('The DAG is paused. Press t to unpause it and start one.');
	const other: Fact = { type: 'dags fetched', dags: [{ ...dag, dagId: 'another' }] };
	expect(rows([...stack, other, none])).toContain('Press d to choose another: another');
	const empty = rows([...stack, { type: 'dags fetched', dags: [] }, none]);
	expect(empty).toContain('Airflow has no DAGs');
	expect(empty).not.toContain(dag.dagId);
});

test('in a narrow pane stages stand one after the other, the picked and the marked one too', () => {
	const facts: readonly Fact[] = [
		...stack,
		runsFetched(run('newest', 'running', minute)),
		tasksFetched(['success', 'failed', 'running', 'up_for_retry']),
	];
	const screen = screenOf({
		seen: facts.map(fact => ({ ...fact, at: now }) as Observation),
		view: { focus: 'pipeline', taskId: first, marks: [`task ${second}`] },
		columns: 60,
		rows: 24,
	});
	expect(screen).toContain(`* `);
	for (const stage of stages.slice(0, 4)) expect(screen).toContain(stage);
});

/** The usual duration of the first task, which runs for a minute. */
const usual = (usualMs: number): Fact => ({
	type: 'check finished',
	subject: dagId,
	result: {
		check: 'task history',
		history: { runs: 3, tasks: [{ taskId: first, usualMs }], usualIdleMs: 1000 },
	},
});
const runningFirst: readonly Fact[] = [
	...stack,
	runsFetched(run('newest', 'running', minute)),
	{
		type: 'task instances fetched',
		dagId,
		dagRunId: 'newest',
		taskInstances: [task(first, 'running', { startedAt: now - minute })],
	},
];

test('in a narrow pane, where tasks are words in a row, a running one shows its progress as well', () => {
	const row = (...known: Fact[]) =>
		rows([...runningFirst, ...known], {}, 70)
			.split('\n')
			.find(one => one.includes(first) && one.includes('running'));
	expect(row(usual(2 * minute))).toMatch(/1:00 █{4}░{4}(?!░)/);
	expect(row(usual(minute / 2))).toMatch(/1:00 █{7}! /);
	expect(row()).toMatch(/1:00 →/);
});

test('without colours too, a task that takes longer than usual differs from one that does not', () => {
	const zoomed = (usualMs: number) =>
		rows([...runningFirst, usual(usualMs)], { zoomed: true })
			.split('\n')
			.find(one => one.includes(first) && one.includes('running'));
	expect(zoomed(2 * minute)).toMatch(/1:00 .* █+░+ /);
	expect(zoomed(minute / 2)).toMatch(/1:00 .* █+! /);
	expect(zoomed(minute)).toMatch(/1:00 .* █+ /);
});

test('in the table of tasks, the bar of a running task goes on to its usual end', () => {
	const row = rows([...runningFirst, usual(2 * minute)], { zoomed: true }, 160)
		.split('\n')
		.find(one => one.includes(first) && one.includes('running'));
	const [, done = '', left = ''] = /(█+)(░+)/.exec(row ?? '') ?? [];
	expect(done.length).toBeGreaterThan(5);
	expect(Math.abs(done.length - left.length)).toBeLessThan(2);
});
