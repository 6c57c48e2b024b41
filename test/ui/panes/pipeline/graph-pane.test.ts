import { expect, test } from 'vitest';
import type { Clients } from '../../../../source/clients/clients.ts';
import type { Fact, Observation } from '../../../../source/model/observation.ts';
import { layoutWork } from '../../../../source/presentation/graph/sizes.ts';
import type { ViewState } from '../../../../source/ui/conversation.ts';
import { dagId, healthy, now, run, runsFetched, stateOf, task } from '../../../diagnosis/stack.ts';
import { applied, begun, refusalOf, viewAfter } from '../../../given/step-context.ts';
import { stubOf } from '../../../given/stub.ts';
import { inUtc } from '../../../in-utc.ts';
import { screenOf } from '../../screens.tsx';

inUtc();

const edges: Readonly<Record<string, readonly string[]>> = {
	start: ['load.orders', 'load.returns'],
	'load.orders': ['choose'],
	'load.returns': ['choose'],
	choose: ['publish', 'skip'],
	publish: [],
	skip: [],
};
const states: Readonly<Record<string, string>> = { start: 'success', 'load.orders': 'running' };
const definitions = Object.entries(edges).map(([taskId, ids]) => ({
	taskId,
	operator: taskId === 'choose' ? 'BranchPythonOperator' : null,
	downstreamTaskIds: [...ids],
	triggerRule: 'all_success',
}));
const facts: readonly Fact[] = [
	...healthy,
	{ type: 'dag tasks fetched', dagId, tasks: definitions },
	runsFetched(run('newest', 'running', 41_000)),
	{
		type: 'task instances fetched',
		dagId,
		dagRunId: 'newest',
		taskInstances: Object.keys(edges).map(taskId => task(taskId, states[taskId] ?? null)),
	},
];
const graph: Partial<ViewState> = { focus: 'pipeline', zoomed: true, pipelineView: 'graph' };
const after = (actionId: string, view: Partial<ViewState> = {}) =>
	applied(actionId, { state: stateOf(...facts), view: { ...graph, ...view } });
/** After the key that folds a group here, and begins other things elsewhere. */
const afterEnter = (view: Partial<ViewState>) =>
	viewAfter(begun('fold-group', { state: stateOf(...facts), view: { ...graph, ...view } }), { ...graph, ...view });
const screen = (view: Partial<ViewState> = {}, columns = 160, rows = 30) =>
	screenOf({
		seen: facts.map(fact => ({ ...fact, at: now }) as Observation),
		view: { ...graph, ...view },
		columns,
		rows,
	});

test('the keys of views lead to the graph and on to the grid', () => {
	expect(after('next-view', { pipelineView: 'gantt' }).pipelineView).toBe('graph');
	expect(after('next-view').pipelineView).toBe('grid');
	expect(after('graph', { zoomed: false, pipelineView: 'tasks' })).toMatchObject({
		zoomed: true,
		pipelineView: 'graph',
	});
});

test('the first arrow key selects what runs, the others follow edges and go from branch to branch', () => {
	expect(after('next-stage').taskId).toBe('load.orders');
	expect(after('next-stage', { taskId: 'load.orders' }).taskId).toBe('choose');
	expect(after('previous-stage', { taskId: 'load.orders' }).taskId).toBe('start');
	expect(after('down', { taskId: 'load.orders' }).taskId).toBe('load.returns');
	expect(after('up', { taskId: 'load.returns' }).taskId).toBe('load.orders');
	expect(after('previous-stage', { taskId: 'start' }).taskId).toBe('start');
	expect(after('last').taskId).toBe('skip');
	expect(after('first', { taskId: 'skip' }).taskId).toBe('start');
	// In the other views, Up and Down select a DAG run.
	expect(after('down', { taskId: 'start', pipelineView: 'gantt' }).taskId).toBe('start');
});

test('a group is folded with its selection and unfolded again; Esc clears the selection', async () => {
	const folded = afterEnter({ taskId: 'load.orders' });
	expect(folded).toMatchObject({ taskId: null, graph: { folded: ['group load'], group: 'group load' } });
	expect(screen({ graph: folded.graph })).toMatch(/╭ \[\+\] load ─+╮/);
	expect(screen({ graph: folded.graph })).toMatch(/load {2}upstream: start {2}downstream: choose/);
	const { graph: at } = folded;
	expect(after('next-stage', { graph: at }).taskId).toBe('choose');
	expect(after('previous-stage', { taskId: 'choose', graph: at })).toMatchObject({ taskId: null, graph: at });
	expect(afterEnter({ graph: at })).toMatchObject({
		taskId: 'load.orders',
		graph: { folded: [], group: null },
	});
	expect(after('back', { graph: at })).toMatchObject({ zoomed: true, graph: { folded: ['group load'], group: null } });
	// A task outside of groups folds nothing: it is opened, as in every view.
	const opens = { clients: stubOf<Clients>({ airflow: null }), state: stateOf(...facts) };
	for (const selected of [{ taskId: 'choose' }, { taskId: 'load.orders', pipelineView: 'tasks' as const }])
		expect((await refusalOf(begun('fold-group', { ...opens, view: { ...graph, ...selected } }))).refused).toBe(
			'The address of Airflow is unknown',
		);
	expect(afterEnter({ taskId: null, pipelineView: 'tasks' }).zoomed).toBe(false);
});

test('all groups are folded and unfolded at once', () => {
	const folded = after('fold-groups', { taskId: 'load.returns' });
	expect(folded).toMatchObject({ taskId: null, graph: { folded: ['group load'], group: 'group load' } });
	expect(after('fold-groups', { graph: folded.graph }).graph.folded).toEqual([]);
	expect(after('fold-groups', { taskId: 'choose' }).taskId).toBe('choose');
});

test('without a selection the part around the running task is shown, with one the part around it', () => {
	expect(screen({}, 60, 12)).toContain('● orders');
	expect(screen({ taskId: 'skip' }, 60, 12)).toMatch(/○ skip/);
	expect(screen({ taskId: 'choose' })).toMatch(
		/choose {2}BranchPythonOperator {2}trigger rule all_success {2}upstream: load.orders, load.returns {2}downstream: publish, skip/,
	);
});

test('a DAG whose definition Airflow lost is drawn without edges, and says so', () => {
	const known = facts.filter(({ type }) => type !== 'dag tasks fetched');
	const shown = screenOf({
		seen: known.map(fact => ({ ...fact, at: now }) as Observation),
		view: graph,
		columns: 160,
		rows: 40,
	});
	expect(shown).toContain('the order of its tasks is not known');
	expect(shown).toContain('╭ choose ');
	expect(shown).not.toContain('→');
});

test('a large DAG is laid out in slices; until then the pane says so', () => {
	const tasks = Array.from({ length: 120 }, (_, index) => ({
		taskId: `task_${index}`,
		operator: null,
		downstreamTaskIds: index < 119 ? [`task_${index + 1}`] : [],
	}));
	const seen = [...facts, { type: 'dag tasks fetched' as const, dagId, tasks }].map(
		fact => ({ ...fact, at: now }) as Observation,
	);
	const large = () => screenOf({ seen, view: graph, columns: 160, rows: 30 });
	expect(large()).toContain('Laying out 126 tasks');
	expect(layoutWork.isDone).toBe(false);
	while (!layoutWork.isDone) layoutWork.advance(8);
	expect(large()).toContain('task_1');
});
