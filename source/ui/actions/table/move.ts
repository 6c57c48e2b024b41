import { textIn } from '../../../words/language.ts';
import type { ViewState } from '../../conversation.ts';
import { paneIds, panes } from '../../panes/panes.ts';
import type { Action, ActionContext } from '../action.ts';
import { moved, movedByPage } from '../here.ts';
import { shownStages } from '../targets.ts';

function otherPane(view: ViewState, by: number) {
	const index = (paneIds.indexOf(view.focus) + by + paneIds.length) % paneIds.length;
	return paneIds[index] ?? view.focus;
}

/** Picks a stage to the left or right; beyond the ends none is picked and the run is meant. */
function otherStage(context: ActionContext, by: number): ViewState {
	const { view } = context;
	const ids = shownStages(context).map(stage => stage.taskId);
	const index = view.taskId === null ? -1 : ids.indexOf(view.taskId);
	if (index === -1) return { ...view, taskId: ids.at(by > 0 ? 0 : -1) ?? null };
	return { ...view, taskId: ids[index + by] ?? null };
}

export const moveActions: readonly Action[] = [
	{
		id: 'up',
		kind: 'view',
		keys: ['up', 'k'],
		label: 'up',
		help: 'Up one row: service, run, log line',
		group: 'move',
		apply: context => moved(context, -1),
	},
	{
		id: 'down',
		kind: 'view',
		keys: ['down', 'j'],
		label: 'down',
		help: 'Down one row',
		group: 'move',
		apply: context => moved(context, 1),
	},
	{
		id: 'page-up',
		kind: 'view',
		keys: ['pageup', 'ctrl-b'],
		label: 'page up',
		help: 'Up one page',
		group: 'move',
		apply: context => movedByPage(context, -1),
	},
	{
		id: 'page-down',
		kind: 'view',
		keys: ['pagedown', 'ctrl-f'],
		label: 'page down',
		help: 'Down one page',
		group: 'move',
		apply: context => movedByPage(context, 1),
	},
	{
		id: 'first',
		kind: 'view',
		keys: ['g', 'home'],
		label: 'first',
		help: 'To the first row',
		group: 'move',
		apply: context => moved(context, Number.NEGATIVE_INFINITY),
	},
	{
		id: 'last',
		kind: 'view',
		keys: ['G', 'end'],
		label: 'last',
		help: 'To the last row; in the logs: follow',
		group: 'move',
		apply: context => moved(context, Number.POSITIVE_INFINITY),
	},
	{
		id: 'next-stage',
		kind: 'view',
		keys: ['right'],
		label: 'stage',
		help: 'Pick the next stage; what follows then means that task',
		group: 'move',
		places: ['pipeline'],
		inKeyBar: true,
		apply: context => otherStage(context, 1),
	},
	{
		id: 'previous-stage',
		kind: 'view',
		keys: ['left'],
		label: 'stage before',
		help: 'Pick the stage before',
		group: 'move',
		places: ['pipeline'],
		apply: context => otherStage(context, -1),
	},
	{
		id: 'next-pane',
		kind: 'view',
		keys: ['tab'],
		label: 'pane',
		help: 'To the next pane',
		group: 'move',
		places: paneIds,
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
		places: paneIds,
		apply: ({ view }) => ({ ...view, focus: otherPane(view, -1) }),
	},
	...panes.map(
		({ id, shortName }, index): Action => ({
			id: `pane-${id}`,
			kind: 'view',
			keys: [String(index + 1)],
			label: textIn(shortName, 'en'),
			help: `To the ${textIn(shortName, 'en')} pane`,
			group: 'move',
			apply: ({ view }) => ({ ...view, focus: id, browse: null }),
		}),
	),
];
