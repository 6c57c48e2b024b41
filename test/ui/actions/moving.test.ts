import { expect, test } from 'vitest';
import type { Fact } from '../../../source/model/observation.ts';
import type { Browse, ViewState } from '../../../source/ui/conversation.ts';
import { initialLogs } from '../../../source/ui/panes/logs/logs-state.ts';
import { paneIds } from '../../../source/ui/panes/panes.ts';
import { initialView } from '../../../source/ui/view-state.ts';
import { dag, dagId, healthy, minute, run, runsFetched, stages, stateOf, tasksFetched } from '../../diagnosis/stack.ts';
import { applied, begun, choiceOf, inputOf, refusalOf, viewAfter } from '../../given/step-context.ts';

/** The stages in their order. */
const inOrder: Fact = {
	type: 'dag tasks fetched',
	dagId,
	tasks: stages.map((taskId, index) => ({
		taskId,
		operator: null,
		downstreamTaskIds: stages.slice(index + 1, index + 2),
	})),
};
const stack = [...healthy, inOrder];

const list = (kind: Browse['kind'], more: Partial<Browse> = {}): Browse => ({
	kind,
	filter: '',
	sort: null,
	state: null,
	selected: null,
	back: null,
	...more,
});

test('Tab goes round the panes, Shift-Tab back; a number leads to its pane out of a list', () => {
	const [first, second] = paneIds;
	const last = paneIds.at(-1);
	expect(applied('next-pane', { view: { focus: first } }).focus).toBe(second);
	expect(applied('next-pane', { view: { focus: last } }).focus).toBe(first);
	expect(applied('previous-pane', { view: { focus: first } }).focus).toBe(last);
	expect(applied('pane-logs', { view: { browse: list('dags') } })).toMatchObject({ focus: 'logs', browse: null });
});

test('Left and Right pick stages; beyond the ends the run is meant again', () => {
	const pick = (actionId: string, taskId: string | null) =>
		applied(actionId, { state: stateOf(...stack), view: { focus: 'pipeline', taskId } }).taskId;
	expect(pick('next-stage', null)).toBe(stages[0]);
	expect(pick('next-stage', stages[0] ?? '')).toBe(stages[1]);
	expect(pick('next-stage', stages.at(-1) ?? '')).toBeNull();
	expect(pick('previous-stage', null)).toBe(stages.at(-1));
	expect(pick('previous-stage', stages[0] ?? '')).toBeNull();
	// A stage that the run does not have: from the beginning.
	expect(pick('next-stage', 'gone')).toBe(stages[0]);
});

test('Esc takes back one thing after the other: filter, marks, list, opened pane', () => {
	const dags = list('dags');
	let view: ViewState = {
		...initialView(dagId),
		marks: ['run a'],
		browse: list('runs', { filter: 'x', state: 'failed', back: dags }),
	};
	const back = () => {
		view = applied('back', { view });
		return view;
	};
	expect(back()).toMatchObject({ marks: ['run a'], browse: { kind: 'runs', filter: '', state: null } });
	expect(back()).toMatchObject({ marks: [], browse: { kind: 'runs' } });
	expect(back().browse).toEqual(dags);
	expect(back().browse).toBeNull();
	view = { ...view, focus: 'services', zoomed: true, marks: ['service mlflow'] };
	expect(back()).toMatchObject({ marks: [], zoomed: true });
	expect(back().zoomed).toBe(false);
	view = { ...view, focus: 'pipeline', zoomed: true, taskId: stages[0] ?? null };
	expect(back()).toMatchObject({ taskId: null, zoomed: true });
	expect(back().zoomed).toBe(false);
});

test('marks come and go, and the selection goes on to the next row', () => {
	const one = applied('mark', { view: { focus: 'services', selectedService: 'airflow-worker' } });
	expect(one.marks).toEqual(['service airflow-worker']);
	expect(one.selectedService).not.toBe('airflow-worker');
	expect(applied('mark', { view: { ...one, selectedService: 'airflow-worker' } }).marks).toEqual([]);
	expect(applied('mark', { view: { focus: 'pipeline' } }).hint).not.toBe('');
});

test('a page is as many rows as the pane shows, less one', () => {
	const { dags } = stateOf(...healthy);
	const many = {
		...stateOf(...healthy),
		dags: Array.from({ length: 30 }, (_, index) => ({ ...dag, dagId: `d${String(index).padStart(2, '0')}` })),
	};
	expect(dags).toHaveLength(1);
	const given = { state: many, page: 10, view: { browse: list('dags', { selected: 'd05' }) } };
	expect(applied('page-down', given).browse?.selected).toBe('d14');
	expect(applied('page-up', given).browse?.selected).toBe('d00');
	expect(applied('last', given).browse?.selected).toBe('d29');
	expect(applied('first', given).browse?.selected).toBe('d00');
});

test('runs opened from the list of DAGs are those of its row, and Esc leads back to it', () => {
	const state = {
		...stateOf(...healthy),
		dags: [dag, { ...dag, dagId: 'zz_other' }],
	};
	const dags = list('dags', { selected: 'zz_other' });
	const opened = applied('browse-runs', { state, view: { browse: dags, dagRunId: 'newest', marks: ['dag x'] } });
	expect(opened).toMatchObject({
		dagId: 'zz_other',
		dagRunId: null,
		marks: [],
		browse: { kind: 'runs', selected: null, back: dags },
	});
	// From the pipeline: those of the shown DAG; the newest is held, so that a later one does not take its place.
	const own = applied('browse-runs', { state, view: { focus: 'pipeline' } });
	expect(own).toMatchObject({ dagId, browse: { kind: 'runs', selected: 'newest', back: null } });
});

test('Enter shows the row: of a DAG its pipeline, of a run that run; of an empty list nothing', () => {
	const dags = applied('open-row', { view: { browse: list('dags', { selected: dagId }) } });
	expect(dags).toMatchObject({ dagId, browse: null, focus: 'pipeline' });
	const runs = applied('open-row', { view: { browse: list('runs', { selected: 'older' }) } });
	expect(runs).toMatchObject({ dagRunId: 'older', browse: null });
	const empty = list('dags', { filter: 'nothing like it' });
	expect(applied('open-row', { view: { browse: empty } }).browse).toEqual(empty);
});

test('what is typed filters at once; Esc would take it back, Enter keeps it', () => {
	const question = inputOf(begun('filter', { view: { browse: list('dags', { filter: 'old', selected: 'x' }) } }));
	expect(question).toMatchObject({ initial: 'old', isReplaced: true });
	expect(question.problem('')).toBeNull();
	const view = { ...initialView(dagId), browse: list('dags', { sort: 'next' }) };
	expect(question.live?.(view, 'ml').browse).toMatchObject({ filter: 'ml', sort: 'next', selected: null });
	expect(viewAfter(question.next('ml'), view).browse).toMatchObject({ filter: 'ml', sort: 'next' });
	// The list was closed while it was typed.
	expect(viewAfter(question.next('ml')).browse).toMatchObject({ kind: 'dags', filter: 'ml' });
	expect(begun('filter', { view: { focus: 'logs' } })).toEqual({ kind: 'nothing' });
});

test('a run is found from the pipeline through the list of its runs', () => {
	const question = inputOf(begun('find-run', { view: { focus: 'pipeline', marks: ['task x'] } }));
	expect(viewAfter(question.next('manual')).browse).toMatchObject({ kind: 'runs', filter: 'manual' });
});

test('a column is sorted by, and once more the other way round', () => {
	const view = { browse: list('dags') };
	const question = choiceOf(begun('sort', { view }));
	const [column] = question.choices;
	const by = (now: Partial<ViewState>) => viewAfter(question.next('last-run'), now).browse?.sort;
	expect(column).toBeDefined();
	expect(by(view)).toBe('last-run');
	expect(by({ browse: list('dags', { sort: 'last-run' }) })).toBe('-last-run');
	expect(by({ browse: null })).toBeUndefined();
	const sorted = choiceOf(begun('sort', { view: { browse: list('dags', { sort: `-${column?.id}` }) } }));
	expect(sorted.selected).toBe(column?.id);
	expect(begun('sort', { view: { focus: 'logs' } })).toEqual({ kind: 'nothing' });
});

test('a DAG is chosen with its schedule and how its newest run went', () => {
	const given = stateOf(
		...healthy,
		{
			type: 'dags fetched',
			dags: [
				dag,
				{ ...dag, dagId: 'by_hand', schedule: null },
				{ ...dag, dagId: 'off', isPaused: true },
				{ ...dag, dagId: 'gone', isActive: false },
			],
		},
		runsFetched(run('now', 'running', minute)),
		tasksFetched([], 'now'),
	);
	const question = choiceOf(begun('choose-dag', { state: given }));
	expect(question.choices.map(({ id, hint }) => [id, hint])).toEqual([
		[dagId, 'daily, running'],
		['by_hand', 'no schedule'],
		['off', 'paused'],
	]);
	expect(viewAfter(question.next('off'), { marks: ['x'], dagRunId: 'now' })).toMatchObject({
		dagId: 'off',
		dagRunId: null,
		focus: 'pipeline',
	});
});

test('an unknown target cannot be chosen, and the hint says so', async () => {
	const unknown = { ...stateOf(...healthy), dags: null, experimentNames: null };
	expect((await refusalOf(begun('choose-dag', { state: unknown }))).kind).toBe('unreachable');
	expect((await refusalOf(begun('choose-dag', { state: { ...unknown, dags: [] } }))).refused).toBe(
		'Airflow has no DAGs',
	);
	expect((await refusalOf(begun('choose-experiment', { state: unknown }))).kind).toBe('unreachable');
});

test('an experiment is chosen; the configured one is named as such', () => {
	const state = { ...stateOf(...healthy), experimentNames: ['lakehouse_ml_pipeline', 'churn'] };
	const question = choiceOf(begun('choose-experiment', { state, view: { experiment: 'churn' } }));
	expect(question.selected).toBe('churn');
	expect(question.choices.map(({ hint }) => hint)).toEqual(['configured', '']);
	expect(viewAfter(question.next('churn'), { mlflowScroll: 3 })).toMatchObject({
		experiment: 'churn',
		mlflowScroll: 0,
	});
});

test('another stack: profiles and other projects; none in a demo, none where there is none', async () => {
	const state = stateOf(...healthy);
	const stack = state.stack;
	if (!stack) throw new Error('no stack');
	const both = { ...state, stack: { ...stack, otherProjects: ['shop'] } };
	expect((await refusalOf(begun('profile', { isDemo: true }))).refused).toMatch(/^The demo has only one stack/);
	expect((await refusalOf(begun('profile'))).refused).toMatch(/^No other stack/);
	const question = choiceOf(begun('profile', { state: both, profiles: ['prod', 'test'], profile: 'prod' }));
	expect(question.choices.map(({ id, hint }) => [id, hint])).toEqual([
		['profile prod', 'current'],
		['profile test', ''],
		['profile ', 'settings outside the profiles'],
		['project shop', 'Compose project on this engine'],
	]);
	expect(question.selected).toBe('profile prod');
	expect(question.next('profile prod')).toEqual({ kind: 'nothing' });
	expect(question.next('profile ')).toEqual({ kind: 'profile', profile: '' });
	expect(question.next('profile test')).toEqual({ kind: 'profile', profile: 'test' });
	expect(question.next('project shop')).toEqual({ kind: 'project', project: 'shop' });
	const only = choiceOf(begun('profile', { state: both }));
	expect([only.selected, only.choices.length]).toEqual(['project shop', 1]);
});

test('logs of the selected service, or of the marked ones together', () => {
	const of = (view: Partial<ViewState>) => applied('logs', { view: { focus: 'services', ...view } });
	expect(of({ selectedService: 'mlflow' })).toMatchObject({
		focus: 'logs',
		logs: { selection: { kind: 'container', name: 'mlflow' } },
	});
	const marks = ['service mlflow', 'service airflow-redis', 'service gone'];
	const { selection } = of({ marks }).logs;
	expect(selection).toMatchObject({ kind: 'several' });
	expect(selection.kind === 'several' && [...selection.names].sort()).toEqual(['airflow-redis', 'mlflow']);
});

test('the log of a run without a picked stage is that of what runs, else what failed, else what ran last', () => {
	const wanted = (state: string, states: readonly (string | null)[], view: Partial<ViewState> = {}) => {
		const facts = stateOf(...stack, runsFetched(run('newest', state, minute)), tasksFetched(states));
		const { selection } = applied('task-log', { state: facts, view: { focus: 'pipeline', ...view } }).logs;
		return selection.kind === 'task' ? [selection.request.taskId, selection.request.follow] : selection.kind;
	};
	expect(wanted('running', ['success', 'running', null])).toEqual([stages[1], 'run']);
	expect(wanted('failed', ['success', 'failed', 'upstream_failed'])).toEqual([stages[1], 'task']);
	expect(
		wanted(
			'success',
			stages.map(() => 'success'),
		),
	).toEqual([stages.at(-1), 'task']);
	expect(wanted('running', ['success', 'running'], { taskId: stages[0] ?? null })).toEqual([stages[0], 'task']);
	const none = { ...stateOf(...stack), dagRuns: {} };
	expect(applied('task-log', { state: none, view: { focus: 'pipeline' } }).hint).toBe('No task yet');
});

test('f follows: in the logs the end, else the newest run', () => {
	const logs = { ...initialLogs, cursor: 7 };
	expect(applied('newest-run', { view: { focus: 'logs', logs } }).logs.cursor).toBeNull();
	expect(applied('newest-run', { view: { focus: 'pipeline', dagRunId: 'older', taskId: 'x' } })).toMatchObject({
		dagRunId: null,
		taskId: null,
	});
});
