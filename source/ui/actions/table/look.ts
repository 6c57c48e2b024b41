import { qualifiedName } from '../../../model/container.ts';
import { isActiveRun, newestRun } from '../../../model/pipeline.ts';
import { taskName } from '../../../model/task-name.ts';
import { requestShell } from '../../../operations/shell.ts';
import { countedStates, mostTellingFirst } from '../../../selectors/names/tasks.ts';
import { servicesInOrder } from '../../../selectors/service-groups.ts';
import { browseKinds } from '../../browse/browse-kinds.ts';
import { browseIds } from '../../browse/browse-rows.ts';
import type { Browse, Effect, ViewState } from '../../conversation.ts';
import { following, withoutQuery } from '../../panes/logs/logs-state.ts';
import { selectedService } from '../../view-state.ts';
import { type Action, type ActionContext, type Place, placeOf, type StepContext } from '../action.ts';
import { addressOf, openAddress } from '../addresses.ts';
import { copyables } from '../copyables.ts';
import { jumpToDate } from '../jump.ts';
import { auditPage, diskPage, inspectionPage, processesPage, sourcePage, trialPage } from '../pages.ts';
import { cannot, later } from '../step.ts';
import { targetDag, targetInstance, targetService, targetStage } from '../targets.ts';
import { readLog, toStage } from './logs.ts';

const browsing = (kind: Browse['kind'], view: ViewState): ViewState => ({
	...view,
	zoomed: false,
	browse: {
		kind,
		filter: '',
		sort: browseKinds[kind].sort,
		state: null,
		selected: kind === 'dags' ? view.dagId : kind === 'runs' ? view.dagRunId : null,
		back: null,
	},
});

const isBrowse = (place: Place): place is Browse['kind'] => Object.hasOwn(browseKinds, place);

/** The view at a place: a pane, or a list over all of them. */
export function viewAt(view: ViewState, place: Place): ViewState {
	return isBrowse(place) ? browsing(place, view) : { ...view, focus: place, browse: null };
}

/** What Enter does in a list: shows the DAG or the run. */
function openRow({ state, view }: ActionContext): ViewState {
	const { selected } = browseIds(state, view);
	if (selected === null || !view.browse) return view;
	const closed: ViewState = { ...view, browse: null, taskId: null, focus: 'pipeline', marks: [] };
	if (view.browse.kind === 'timeline') return placeOfEntry(view, state, selected);
	return view.browse.kind === 'dags'
		? { ...closed, dagId: selected, dagRunId: null }
		: { ...closed, dagRunId: newestRun(state.dagRuns[view.dagId])?.dagRunId === selected ? null : selected };
}

/** The view at the place that an entry of the timeline leads to. */
function placeOfEntry(view: ViewState, state: ActionContext['state'], key: string): ViewState {
	const entry = state.timeline.find(one => one.key === key);
	const place = entry?.place;
	if (!entry || !place) return { ...view, hint: 'This entry leads nowhere else' };
	const closed: ViewState = { ...view, browse: null, marks: [] };
	if ('container' in place) {
		const there = Object.values(state.containers).some(one => one.container.name === place.container);
		if (!there) return { ...view, hint: `${place.container} is no longer there` };
		return entry.kind === 'log'
			? readLog(closed, { kind: 'container', name: place.container })
			: { ...closed, focus: 'services', selectedService: place.container };
	}
	return { ...closed, focus: 'pipeline', dagId: place.dagId, dagRunId: place.dagRunId, taskId: place.taskId };
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
	if (view.focus === 'logs') {
		const logs = withoutQuery(view.logs);
		if (logs) return { ...view, logs };
		if (!view.zoomed && view.logs.selection.kind === 'task') return toStage(context);
	}
	if (view.focus === 'pipeline' && view.taskId !== null) return { ...view, taskId: null };
	if (view.focus === 'pipeline' && view.dagRunId !== null && !view.zoomed) return { ...view, dagRunId: null };
	return { ...view, zoomed: false, hint: '' };
}

/** Marks what is selected, or takes its mark away, and goes on to the next row. */
function mark(context: ActionContext): ViewState {
	const { state, view, ownProject } = context;
	const place = placeOf(view);
	let name: string | undefined;
	let next = view;
	if (view.browse) {
		const { ids, selected } = browseIds(state, view);
		if (selected !== null) {
			name = `${place === 'dags' ? 'dag' : 'run'} ${selected}`;
			const below = ids[ids.indexOf(selected) + 1] ?? selected;
			next = { ...view, browse: { ...view.browse, selected: below } };
		}
	} else if (place === 'services') {
		const all = servicesInOrder(state, ownProject);
		const service = selectedService(state, view, ownProject);
		if (service) {
			name = `service ${service.container.name}`;
			const below = all[all.indexOf(service) + 1] ?? service;
			next = { ...view, selectedService: below.container.name };
		}
	} else {
		const stage = targetStage(context);
		if (!stage) return { ...view, hint: 'Pick a stage first: Left and Right' };
		name = `task ${stage.taskId}`;
	}
	if (name === undefined) return view;
	const has = view.marks.includes(name);
	return { ...next, marks: has ? view.marks.filter(one => one !== name) : [...view.marks, name] };
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

/** Chooses one instance of the picked stage, where it is mapped: for its log, to clear or to mark it. */
function chooseInstance(context: StepContext): Effect {
	const stage = targetStage(context);
	if (!stage) return cannot('Pick a task first: Left and Right');
	const instances = mostTellingFirst(stage.instances.filter(({ mapIndex }) => mapIndex >= 0));
	if (instances.length === 0) return cannot(`${stage.taskId} is not mapped: it has one instance`);
	return {
		kind: 'choose',
		question: {
			title: `${stage.taskId}: ${countedStates(instances)}`,
			filters: true,
			selected: targetInstance(context) && taskName(targetInstance(context) ?? { taskId: '', mapIndex: -1 }),
			choices: [
				...instances.map(task => ({
					id: taskName(task),
					label: taskName(task),
					hint: `${task.state?.replaceAll('_', ' ') ?? 'no status'}${task.tryNumber > 1 ? `, try ${task.tryNumber}` : ''}`,
				})),
				{ id: stage.taskId, label: `all of ${stage.taskId}`, hint: `${instances.length} instances` },
			],
			next: instance => changed(view => ({ ...view, taskId: stage.taskId, instance })),
		},
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

export function changed(change: (view: ViewState) => ViewState): Effect {
	return { kind: 'view', change };
}

function chooseExperiment({ state, view, experimentName }: StepContext): Effect {
	const names = state.experimentNames ?? [];
	if (names.length === 0) return cannot('MLflow has not told its experiments yet', 'unreachable');
	return {
		kind: 'choose',
		question: {
			title: 'Show the experiment',
			filters: true,
			selected: view.experiment ?? experimentName,
			choices: names.map(name => ({ id: name, label: name, hint: name === experimentName ? 'configured' : '' })),
			next: showExperiment,
		},
	};
}

export function showExperiment(name: string): Effect {
	return changed(view => ({ ...view, experiment: name, mlflowScroll: 0, focus: 'mlflow', browse: null }));
}

function filterBrowse({ view }: StepContext): Effect {
	const { browse } = view;
	if (!browse) return { kind: 'nothing' };
	const filtered = (now: ViewState, filter: string): ViewState => ({
		...now,
		browse: { ...(now.browse ?? browse), filter, selected: null },
	});
	return {
		kind: 'input',
		question: {
			title: browseKinds[browse.kind].filterTitle,
			hint: browseKinds[browse.kind].filterHint,
			initial: browse.filter,
			isReplaced: true,
			problem: () => null,
			live: filtered,
			next: text => changed(now => filtered(now, text)),
		},
	};
}

function sortBrowse({ view }: StepContext): Effect {
	const { browse } = view;
	if (!browse) return { kind: 'nothing' };
	const { columns } = browseKinds[browse.kind];
	return {
		kind: 'choose',
		question: {
			title: 'Sort by',
			filters: false,
			selected: browse.sort.replace(/^-/, ''),
			choices: columns.map(column => ({
				id: column.id,
				label: column.heading.toLowerCase(),
				hint: browse.sort === column.id ? 'once more: the other way round' : '',
			})),
			next: id =>
				changed(now =>
					now.browse ? { ...now, browse: { ...now.browse, sort: now.browse.sort === id ? `-${id}` : id } } : now,
				),
		},
	};
}

/** Goes through what the list can be narrowed to. */
export function nextState({ view }: ActionContext): ViewState {
	const { browse } = view;
	if (!browse) return view;
	const { states } = browseKinds[browse.kind];
	const state = states[(states.indexOf(browse.state) + 1) % states.length] ?? null;
	return { ...view, browse: { ...browse, state, selected: null } };
}

export const lookActions: readonly Action[] = [
	{
		id: 'choose-instance',
		kind: 'look',
		keys: ['i'],
		label: 'instance',
		help: 'Choose one instance of a mapped task, failed ones first: log, clear and mark as then mean it alone',
		group: 'look',
		places: ['pipeline'],
		begin: chooseInstance,
	},
	{
		id: 'open-row',
		kind: 'view',
		keys: ['enter'],
		label: 'show',
		help: 'Show the DAG or run of the row, or the place where it happened',
		group: 'look',
		places: ['dags', 'runs', 'timeline'],
		inKeyBar: true,
		apply: openRow,
	},
	{
		id: 'inspect',
		kind: 'look',
		keys: ['i'],
		label: 'inspect',
		help: 'Mounts, environment (secrets masked), ports, health checks, restart policy of the service',
		group: 'look',
		places: ['services', 'logs'],
		inKeyBar: true,
		begin: context => withService(context, inspectionPage),
	},
	{
		id: 'top',
		kind: 'look',
		keys: ['T'],
		label: 'top',
		help: 'The processes of the service, as docker top',
		group: 'look',
		places: ['services'],
		begin: context => withService(context, processesPage),
	},
	{
		id: 'shell',
		kind: 'change',
		asksFirst: true,
		keys: ['x'],
		label: 'shell',
		help: 'Open a shell in the container (exit to return)',
		group: 'change',
		places: ['services', 'logs'],
		inKeyBar: true,
		begin: context =>
			withService(context, (_, { container }) =>
				container.state === 'running'
					? later(requestShell(context, container))
					: cannot(`${container.name} is ${container.state}: a shell needs a running container`),
			),
	},
	{
		id: 'mark',
		kind: 'view',
		keys: ['m'],
		label: 'mark',
		help: 'Mark the row or stage, to act on several at once; Esc takes all marks away',
		group: 'look',
		places: ['services', 'pipeline', 'dags', 'runs'],
		apply: mark,
	},
	{
		id: 'browse-dags',
		kind: 'view',
		keys: ['D'],
		label: 'DAGs',
		help: 'All DAGs: schedule, next and last run, tags; / filters, S sorts, keys act on the row',
		group: 'look',
		inKeyBar: true,
		apply: ({ view }) => browsing('dags', view),
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
			const runs = browsing('runs', { ...view, marks: [] });
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
		places: ['dags', 'runs', 'timeline', 'mlflow-runs'],
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
			const view = browsing('runs', { ...context.view, marks: [] });
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
		places: ['dags', 'runs', 'mlflow-runs'],
		inKeyBar: true,
		begin: sortBrowse,
	},
	{
		id: 'run-state',
		kind: 'view',
		keys: ['s'],
		label: 'state',
		help: 'Only runs of one state: running, queued, failed, success, all',
		group: 'look',
		places: ['runs'],
		inKeyBar: true,
		apply: nextState,
	},
	{
		id: 'timeline',
		kind: 'view',
		keys: ['H'],
		label: 'timeline',
		help: 'What happened: containers, health, runs, tasks, log errors, your actions; / filters, Enter leads there',
		group: 'look',
		inKeyBar: true,
		apply: ({ view }) => browsing('timeline', view),
	},
	{
		id: 'timeline-kind',
		kind: 'view',
		keys: ['s'],
		label: 'kind',
		help: 'Only what happened to containers, servers, runs, tasks, in logs, by your actions, or all',
		group: 'look',
		places: ['timeline'],
		inKeyBar: true,
		apply: nextState,
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
		places: ['services', 'pipeline', 'logs', 'mlflow', 'findings'],
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

function withService(
	context: StepContext,
	ask: (context: StepContext, service: NonNullable<ReturnType<typeof targetService>>) => Effect,
): Effect {
	const service = targetService(context);
	return service ? ask(context, service) : cannot('There is no service here');
}
