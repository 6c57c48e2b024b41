import { isActiveRun, newestRun } from '../../../model/pipeline.ts';
import type { Effect, ViewState } from '../../conversation.ts';
import { lists } from '../../lists/lists.ts';
import { withList } from '../../lists/opened.ts';
import { following } from '../../panes/logs/logs-state.ts';
import { paneIds, panes } from '../../panes/panes.ts';
import type { Place } from '../../place.ts';
import { placeAt } from '../../places.ts';
import type { Action, ActionContext, StepContext } from '../action.ts';
import { openAddress } from '../addresses.ts';
import { chooseExperiment } from '../experiments.ts';
import { addressOf, copyables } from '../here.ts';
import { jumpToDate } from '../jump.ts';
import { auditPage, diskPage, sourcePage, trialPage } from '../pages.ts';
import { cannot, changed } from '../step.ts';

/** The view at a place: a pane, or a list over all of them. */
export function viewAt(view: ViewState, place: Place): ViewState {
	const list = lists.find(({ id }) => id === place);
	if (list) return withList(view, list.id);
	const pane = panes.find(({ id }) => id === place);
	return pane ? { ...view, focus: pane.id, browse: null } : view;
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

export const lookActions: readonly Action[] = [
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
