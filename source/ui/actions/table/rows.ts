import { qualifiedName } from '../../../model/container.ts';
import { newestRun } from '../../../model/pipeline.ts';
import { servicesInOrder } from '../../../selectors/service-groups.ts';
import type { Effect, ViewState } from '../../conversation.ts';
import { listAt, listIds, lists } from '../../lists/lists.ts';
import { withList } from '../../lists/opened.ts';
import { places } from '../../places.ts';
import type { Action, ActionContext, StepContext } from '../action.ts';
import { chooseExperiment } from '../experiments.ts';
import { marked } from '../here.ts';
import { changed } from '../step.ts';
import { targetDag } from '../targets.ts';

/** What Enter does in a list. */
function openRow(context: ActionContext): ViewState {
	const { state, view } = context;
	const list = listAt(view);
	const selected = list?.ids(state, view).selected ?? null;
	return selected === null ? view : (list?.open?.(context, selected) ?? view);
}

function filterBrowse({ view }: StepContext): Effect {
	const { browse } = view;
	const list = listAt(view);
	if (!browse || !list) return { kind: 'nothing' };
	const filtered = (now: ViewState, filter: string): ViewState => ({
		...now,
		browse: { ...(now.browse ?? browse), filter, selected: null },
	});
	return {
		kind: 'input',
		question: {
			title: list.filterTitle,
			hint: list.filterHint,
			initial: browse.filter,
			isReplaced: true,
			problem: () => null,
			live: filtered,
			next: text => changed(now => filtered(now, text)),
		},
	};
}

function sortBrowse({ view }: StepContext): Effect {
	const list = listAt(view);
	if (!view.browse || !list) return { kind: 'nothing' };
	const sort = view.browse.sort ?? list.sort;
	return {
		kind: 'choose',
		question: {
			title: 'Sort by',
			filters: false,
			selected: sort.replace(/^-/, ''),
			choices: list.sortable.map(column => ({
				id: column.id,
				label: column.heading.toLowerCase(),
				hint: sort === column.id ? 'once more: the other way round' : '',
			})),
			next: id =>
				changed(now => {
					if (!now.browse) return now;
					return { ...now, browse: { ...now.browse, sort: (now.browse.sort ?? list.sort) === id ? `-${id}` : id } };
				}),
		},
	};
}

/** Rows of lists and panes: which are shown, in which order, which one is meant. */
export const rowActions: readonly Action[] = [
	{
		id: 'open-row',
		kind: 'view',
		keys: ['enter'],
		label: 'show',
		help: 'Show the DAG or run of the row, or the place where it happened',
		group: 'look',
		places: lists.filter(({ open }) => open).map(({ id }) => id),
		inKeyBar: true,
		apply: openRow,
	},
	{
		id: 'mark',
		kind: 'view',
		keys: ['m'],
		label: 'mark',
		help: 'Mark the row or stage, to act on several at once; Esc takes all marks away',
		group: 'look',
		places: places.filter(({ mark }) => mark).map(({ id }) => id),
		apply: marked,
	},
	{
		id: 'browse-dags',
		kind: 'view',
		keys: ['D'],
		label: 'DAGs',
		help: 'All DAGs: schedule, next and last run, tags; / filters, S sorts, keys act on the row',
		group: 'look',
		inKeyBar: true,
		apply: ({ view }) => withList(view, 'dags'),
	},
	{
		id: 'browse-runs',
		kind: 'view',
		keys: ['a'],
		label: 'runs',
		help: 'All runs of the DAG; s goes through the states, / filters, S sorts, keys act on the row',
		group: 'look',
		places: ['pipeline', 'dags'],
		inKeyBar: true,
		apply: context => {
			const dag = context.view.browse?.kind === 'dags' ? targetDag(context)?.dagId : undefined;
			const view = dag ? { ...context.view, dagId: dag, dagRunId: null, taskId: null } : context.view;
			const runs = withList({ ...view, marks: [] }, 'runs');
			if (!runs.browse) return runs;
			// The row is held: a run that comes meanwhile must not take its place.
			const selected = runs.browse.selected ?? newestRun(context.state.dagRuns[view.dagId])?.dagRunId ?? null;
			return { ...runs, browse: { ...runs.browse, selected, back: dag ? context.view.browse : null } };
		},
	},
	{
		id: 'filter',
		kind: 'look',
		keys: ['/'],
		label: 'filter',
		help: 'Show only rows with these words',
		group: 'look',
		places: listIds,
		inKeyBar: true,
		begin: filterBrowse,
	},
	{
		id: 'find-service',
		kind: 'look',
		keys: ['/'],
		label: 'find',
		help: 'Find a service by a few letters',
		group: 'look',
		places: ['services'],
		begin: ({ state, ownProject, view }) => ({
			kind: 'choose',
			question: {
				title: 'Find a service',
				filters: true,
				selected: view.selectedService ?? undefined,
				choices: servicesInOrder(state, ownProject).map(service => {
					const { name, health, state: word, isOneOff } = service.container;
					const hint = health === 'none' ? word : health;
					return { id: name, label: qualifiedName(service, ownProject), hint: isOneOff ? `one-off, ${hint}` : hint };
				}),
				next: name => changed(now => ({ ...now, selectedService: name })),
			},
		}),
	},
	{
		id: 'find-run',
		kind: 'look',
		keys: ['/'],
		label: 'find',
		help: 'Find a run by words of its id, state, conf or note',
		group: 'look',
		places: ['pipeline'],
		begin: context => {
			const view = withList({ ...context.view, marks: [] }, 'runs');
			return filterBrowse({ ...context, view });
		},
	},
	{
		id: 'find-experiment',
		kind: 'look',
		keys: ['/'],
		label: 'find',
		help: 'Find an experiment by a few letters',
		group: 'look',
		places: ['mlflow'],
		begin: chooseExperiment,
	},
	{
		id: 'sort',
		kind: 'look',
		keys: ['S'],
		label: 'sort',
		help: 'Choose the column that the list is sorted by; once more turns it round',
		group: 'look',
		places: lists.filter(({ sortable }) => sortable.length > 0).map(({ id }) => id),
		inKeyBar: true,
		begin: sortBrowse,
	},
	{
		id: 'timeline',
		kind: 'view',
		keys: ['H'],
		label: 'timeline',
		help: 'What happened: containers, health, runs, tasks, log errors, your actions; / filters, Enter leads there',
		group: 'look',
		inKeyBar: true,
		apply: ({ view }) => withList(view, 'timeline'),
	},
];
