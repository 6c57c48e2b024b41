import { qualifiedName } from '../../../model/container.ts';
import { isActiveRun, newestRun } from '../../../model/pipeline.ts';
import { servicesInOrder } from '../../../selectors/service-groups.ts';
import type { Effect, ViewState } from '../../conversation.ts';
import { listAt, listIds, lists } from '../../lists/lists.ts';
import { withList } from '../../lists/opened.ts';
import { following } from '../../panes/logs/logs-state.ts';
import { paneIds, panes } from '../../panes/panes.ts';
import type { Place } from '../../place.ts';
import { placeAt, places } from '../../places.ts';
import type { Action, ActionContext, StepContext } from '../action.ts';
import { openAddress } from '../addresses.ts';
import { chooseExperiment } from '../experiments.ts';
import { addressOf, copyables, marked } from '../here.ts';
import { jumpToDate } from '../jump.ts';
import { auditPage, diskPage, sourcePage, trialPage } from '../pages.ts';
import { cannot, changed } from '../step.ts';
import { targetDag } from '../targets.ts';

/** The view at a place: a pane, or a list over all of them. */
export function viewAt(view: ViewState, place: Place): ViewState {
	const list = lists.find(({ id }) => id === place);
	if (list) return withList(view, list.id);
	const pane = panes.find(({ id }) => id === place);
	return pane ? { ...view, focus: pane.id, browse: null } : view;
}

/** What Enter does in a list. */
function openRow(context: ActionContext): ViewState {
	const { state, view } = context;
	const list = listAt(view);
	const selected = list?.ids(state, view).selected ?? null;
	return selected === null ? view : (list?.open?.(context, selected) ?? view);
}

function back(context: ActionContext): ViewState {
	const { view } = context;
	if (view.browse) {
		if (view.browse.filter || view.browse.state !== null)
			return { ...view, browse: { ...view.browse, filter: '', state: null } };
		if (view.marks.length > 0) return { ...view, marks: [] };
		return { ...view, browse: view.browse.back, hint: '', marks: [] };
	}
	if (view.marks.length > 0) return { ...view, marks: [] };
	const before = placeAt(view).back?.(context) ?? null;
	if (before !== null) return before;
	return { ...view, zoomed: false, hint: '' };
}

function chooseDag({ state, view }: StepContext): Effect {
	if (!state.dags) return cannot('Airflow has not told its DAGs yet', 'unreachable');
	const choices = state.dags
		.filter(dag => dag.isActive)
		.map(dag => {
			const newest = newestRun(state.dagRuns[dag.dagId]);
			const facts = [
				dag.isPaused ? 'paused' : (dag.schedule ?? 'only by hand'),
				newest ? (isActiveRun(newest) ? newest.state : `last ${newest.state}`) : '',
			];
			return { id: dag.dagId, label: dag.dagId, hint: facts.filter(Boolean).join(', ') };
		});
	if (choices.length === 0) return cannot('Airflow knows no DAG');
	return {
		kind: 'choose',
		question: { title: 'Show the DAG', filters: true, selected: view.dagId, choices, next: showDag },
	};
}

export function showDag(dagId: string): Effect {
	return changed(view => ({
		...view,
		dagId,
		dagRunId: null,
		taskId: null,
		marks: [],
		browse: null,
		focus: 'pipeline',
	}));
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

export const lookActions: readonly Action[] = [
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
	{
		id: 'jump',
		kind: 'look',
		keys: ['@'],
		label: 'jump',
		help: 'Go to a run by its date or id',
		group: 'look',
		places: ['pipeline', 'runs'],
		begin: jumpToDate,
	},
	{
		id: 'source',
		kind: 'look',
		keys: ['v'],
		label: 'source',
		help: 'Read the Python file of the DAG, as Airflow has it',
		group: 'look',
		places: ['pipeline', 'dags', 'runs'],
		begin: sourcePage,
	},
	{
		id: 'try-file',
		kind: 'look',
		keys: ['x'],
		label: 'try file',
		help: "Run the DAG's file with the scheduler's Python: does it import, and what does it print",
		group: 'look',
		places: ['pipeline', 'dags', 'runs'],
		begin: trialPage,
	},
	{
		id: 'choose-dag',
		kind: 'look',
		keys: ['d'],
		label: 'DAG',
		help: 'Choose the DAG that is shown',
		group: 'look',
		inKeyBar: true,
		begin: chooseDag,
	},
	{
		id: 'choose-experiment',
		kind: 'look',
		keys: ['E'],
		label: 'experiment',
		help: 'Choose the MLflow experiment that is shown',
		group: 'look',
		begin: chooseExperiment,
	},
	{
		id: 'disk',
		kind: 'look',
		keys: ['F'],
		label: 'disk',
		help: 'Disk use of images, containers, volumes and build cache, and the share of this stack',
		group: 'look',
		begin: diskPage,
	},
	{
		id: 'newest-run',
		kind: 'view',
		keys: ['f'],
		label: 'newest',
		help: 'Follow the newest run (pipeline) or the end (logs)',
		group: 'look',
		places: ['pipeline', 'logs'],
		inKeyBar: true,
		apply: ({ view }) =>
			view.focus === 'logs' ? { ...view, logs: following(view.logs) } : { ...view, dagRunId: null, taskId: null },
	},
	{
		id: 'open-page',
		kind: 'look',
		keys: ['o'],
		label: 'page',
		help: 'Open the web page of what is selected; over ssh: its address, and the tunnel to it',
		group: 'look',
		begin: context => openAddress(context, addressOf(context)),
	},
	{
		id: 'copy',
		kind: 'look',
		keys: ['y'],
		label: 'copy',
		help: 'Copy what is selected (id, name, line) to the clipboard, also over ssh (OSC 52)',
		group: 'look',
		begin: context => {
			const [first] = copyables(context, context.environment);
			return first ? { kind: 'copy', text: first.text, what: first.what } : cannot('There is nothing to copy here');
		},
	},
	{
		id: 'copy-what',
		kind: 'look',
		keys: ['Y'],
		label: 'copy what',
		help: 'Choose what to copy: id, address, command, line',
		group: 'look',
		begin: context => {
			const all = copyables(context, context.environment);
			return {
				kind: 'choose',
				question: {
					title: 'Copy',
					filters: false,
					choices: all.map(({ what, text }, index) => ({ id: String(index), label: what, hint: text })),
					next: id => {
						const one = all[Number(id)];
						return one ? { kind: 'copy', text: one.text, what: one.what } : { kind: 'nothing' };
					},
				},
			};
		},
	},
	{
		id: 'zoom',
		kind: 'view',
		keys: ['enter', 'z'],
		label: 'open',
		help: 'Open the pane: all of the screen, with details (health probes, tries, runs)',
		group: 'look',
		places: paneIds,
		inKeyBar: true,
		apply: ({ view }) => ({ ...view, zoomed: !view.zoomed }),
	},
	{
		id: 'back',
		kind: 'view',
		keys: ['esc'],
		label: 'back',
		help: 'Back: from a list or an opened pane, from a search or filter, from a picked stage, from marks',
		group: 'look',
		apply: back,
	},
	{
		id: 'freeze',
		kind: 'view',
		keys: ['space'],
		label: 'freeze',
		help: 'Hold the screen still to read or copy; again to go on',
		group: 'look',
		apply: ({ view }) => ({ ...view, frozen: !view.frozen }),
	},
	{
		id: 'audit',
		kind: 'look',
		keys: ['A'],
		label: 'record',
		help: 'The record of what was changed from laketop: who, when, what, outcome',
		group: 'look',
		begin: auditPage,
	},
];
