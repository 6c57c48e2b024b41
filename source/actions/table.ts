import type { KeyBinding } from '../config/schema.ts';
import { paneIds } from '../ui/layout.ts';
import { servicesInOrder } from '../ui/panes/services/services-view.ts';
import { moveSelection, selectedService, shownLogContainer, type ViewState } from '../ui/view-state.ts';
import type { Action, ActionContext } from './action.ts';
import { chooseDag, chooseLog } from './choices.ts';
import { withKeymap } from './keymap.ts';
import type { Planned } from './plan.ts';
import { planContainers } from './plans/containers.ts';
import { newRunId, planTrigger } from './plans/trigger.ts';

/**
 * All that keys can do, in one table: key handling, key bar, help screen and docs are made from it. A new key is one
 * entry here.
 */
export const actions: readonly Action[] = [
	{
		id: 'trigger',
		kind: 'change',
		keys: ['t'],
		label: 'trigger',
		help: 'Start a run of the shown DAG (asks first; unpauses it if it is paused)',
		group: 'change',
		inKeyBar: true,
		plan: ({ state, view, now }) => planTrigger({ state, now }, { dagId: view.dagId, dagRunId: newRunId(now) }),
	},
	{
		id: 'restart',
		kind: 'change',
		keys: ['r'],
		label: 'restart',
		help: 'Restart the selected service (asks first)',
		group: 'change',
		inKeyBar: true,
		plan: restartSelected,
	},
	{
		id: 'logs',
		kind: 'view',
		keys: ['l'],
		label: 'logs',
		help: "Show the selected service's log",
		group: 'look',
		panes: ['services'],
		inKeyBar: true,
		apply: context => {
			const service = selectedService(context.state, context.view, context.ownProject);
			if (!service) return context.view;
			return { ...context.view, logContainer: service.container.name, logEnd: null, focus: 'logs' };
		},
	},
	{
		id: 'next-log',
		kind: 'view',
		keys: [']', 'right'],
		label: 'next log',
		help: 'Show the log of the next container',
		group: 'look',
		panes: ['logs'],
		inKeyBar: true,
		apply: context => otherLog(context, 1),
	},
	{
		id: 'previous-log',
		kind: 'view',
		keys: ['[', 'left'],
		label: 'previous log',
		help: 'Show the log of the container before',
		group: 'look',
		panes: ['logs'],
		apply: context => otherLog(context, -1),
	},
	{
		id: 'choose-log',
		kind: 'view',
		keys: ['c'],
		label: 'container',
		help: 'Choose the container whose log is shown',
		group: 'look',
		panes: ['logs'],
		inKeyBar: true,
		apply: chooseLog,
	},
	{
		id: 'choose-dag',
		kind: 'view',
		keys: ['d'],
		label: 'DAG',
		help: 'Choose the DAG that is shown',
		group: 'look',
		inKeyBar: true,
		apply: chooseDag,
	},
	{
		id: 'newest-run',
		kind: 'view',
		keys: ['f'],
		label: 'newest',
		help: 'Follow the newest run (pipeline) or the end (logs)',
		group: 'look',
		panes: ['pipeline', 'logs'],
		inKeyBar: true,
		apply: ({ view }) => (view.focus === 'logs' ? { ...view, logEnd: null } : { ...view, dagRunId: null }),
	},
	{
		id: 'zoom',
		kind: 'view',
		keys: ['enter', 'z'],
		label: 'open',
		help: 'Open the pane: all of the screen, with details (health probes, tries, runs)',
		group: 'look',
		inKeyBar: true,
		apply: ({ view }) => ({ ...view, zoomed: !view.zoomed }),
	},
	{
		id: 'back',
		kind: 'view',
		keys: ['esc'],
		label: 'back',
		help: 'Back to the overview',
		group: 'look',
		apply: ({ view }) => ({ ...view, zoomed: false, hint: '' }),
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
		id: 'up',
		kind: 'view',
		keys: ['up', 'k'],
		label: 'up',
		help: 'Up one row: service, run, log line',
		group: 'move',
		apply: context => moveSelection(context.view, -1, movementOf(context)),
	},
	{
		id: 'down',
		kind: 'view',
		keys: ['down', 'j'],
		label: 'down',
		help: 'Down one row',
		group: 'move',
		apply: context => moveSelection(context.view, 1, movementOf(context)),
	},
	{
		id: 'page-up',
		kind: 'view',
		keys: ['pageup', 'ctrl-b'],
		label: 'page up',
		help: 'Up one page',
		group: 'move',
		apply: context => moveSelection(context.view, -Math.max(1, context.page - 1), movementOf(context)),
	},
	{
		id: 'page-down',
		kind: 'view',
		keys: ['pagedown', 'ctrl-f'],
		label: 'page down',
		help: 'Down one page',
		group: 'move',
		apply: context => moveSelection(context.view, Math.max(1, context.page - 1), movementOf(context)),
	},
	{
		id: 'first',
		kind: 'view',
		keys: ['g', 'home'],
		label: 'first',
		help: 'To the first row',
		group: 'move',
		apply: context => moveSelection(context.view, Number.NEGATIVE_INFINITY, movementOf(context)),
	},
	{
		id: 'last',
		kind: 'view',
		keys: ['G', 'end'],
		label: 'last',
		help: 'To the last row; in the logs: follow',
		group: 'move',
		apply: context => moveSelection(context.view, Number.POSITIVE_INFINITY, movementOf(context)),
	},
	{
		id: 'next-pane',
		kind: 'view',
		keys: ['tab'],
		label: 'pane',
		help: 'To the next pane',
		group: 'move',
		inKeyBar: true,
		apply: ({ view }) => ({ ...view, focus: otherPane(view, 1) }),
	},
	{
		id: 'previous-pane',
		kind: 'view',
		keys: ['shift-tab'],
		label: 'pane before',
		help: 'To the pane before',
		group: 'move',
		apply: ({ view }) => ({ ...view, focus: otherPane(view, -1) }),
	},
	...paneIds.map(
		(pane, index): Action => ({
			id: `pane-${pane}`,
			kind: 'view',
			keys: [String(index + 1)],
			label: pane,
			help: `To the ${pane === 'mlflow' ? 'MLflow' : pane} pane`,
			group: 'move',
			apply: ({ view }) => ({ ...view, focus: pane }),
		}),
	),
	{
		id: 'refresh',
		kind: 'refresh',
		keys: ['R', 'ctrl-r'],
		label: 'ask again',
		help: 'Ask all servers now',
		group: 'program',
	},
	{
		id: 'help',
		kind: 'view',
		keys: ['?'],
		label: 'help',
		help: 'All keys',
		group: 'program',
		inKeyBar: true,
		apply: ({ view }) => ({ ...view, overlay: { kind: 'help', scroll: 0 } }),
	},
	{ id: 'quit', kind: 'quit', keys: ['q', 'ctrl-c'], label: 'quit', help: 'Quit', group: 'program', inKeyBar: true },
];

/** The actions there are, with the user's own keys: without the changing ones in read-only mode. Throws ConfigError. */
export function actionsFor(readOnly: boolean, keymap: readonly KeyBinding[] = []): readonly Action[] {
	const bound = withKeymap(actions, keymap);
	return readOnly ? bound.filter(action => action.kind !== 'change') : bound;
}

/** The action of a key in a pane: one of that pane before one of everywhere. */
export function actionForKey(all: readonly Action[], key: string, view: Pick<ViewState, 'focus'>): Action | undefined {
	const candidates = all.filter(
		action => action.keys.includes(key) && (!action.panes || action.panes.includes(view.focus)),
	);
	return candidates.find(action => action.panes) ?? candidates[0];
}

/** The selected container; in the logs pane the one whose log is shown. */
function restartSelected({ state, view, ownProject }: ActionContext): Planned {
	if (state.feeds.containers.status === 'failed')
		return { refused: 'The Docker Engine does not answer: nothing can be restarted', kind: 'unreachable' };
	const service =
		view.focus === 'logs' && view.logContainer !== null
			? Object.values(state.containers).find(one => one.container.name === view.logContainer)
			: selectedService(state, view, ownProject);
	return planContainers('restart', service ? [service] : []);
}

function movementOf({ state, ownProject, page, logFirst, logNext }: ActionContext) {
	return { state, project: ownProject, page, logFirst, logNext };
}

function otherPane(view: ViewState, by: number) {
	const index = (paneIds.indexOf(view.focus) + by + paneIds.length) % paneIds.length;
	return paneIds[index] ?? view.focus;
}

function otherLog({ state, view, ownProject }: ActionContext, by: number): ViewState {
	const names = servicesInOrder(state, ownProject).map(service => service.container.name);
	const current = shownLogContainer(state, view, ownProject);
	const index = current === null ? 0 : names.indexOf(current);
	const next = names[(index + by + names.length) % Math.max(1, names.length)];
	return next === undefined ? view : { ...view, logContainer: next, logEnd: null };
}
