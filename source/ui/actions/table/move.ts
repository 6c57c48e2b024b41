import type { ViewState } from '../../conversation.ts';
import { paneIds, panes, panesOf } from '../../panes/panes.ts';
import { isGraph, stepped } from '../../panes/pipeline/graph-moves.ts';
import { otherRun, showsManyRuns } from '../../panes/pipeline/grid-window.ts';
import type { Action, ActionContext } from '../action.ts';
import { moved, movedByPage } from '../here.ts';
import { shownStages } from '../targets.ts';

function otherPane({ view, state }: ActionContext, by: number) {
	const ids = panesOf(state).map(({ id }) => id);
	const index = (ids.indexOf(view.focus) + by + ids.length) % ids.length;
	return ids[index] ?? view.focus;
}

/** Beyond the ends no task is selected: actions then apply to the run. */
function otherStage(context: ActionContext, by: number): ViewState {
	const { view } = context;
	if (showsManyRuns(view)) return otherRun(context, by);
	const ids = shownStages(context).map(stage => stage.taskId);
	const index = view.taskId === null ? -1 : ids.indexOf(view.taskId);
	if (index === -1) return { ...view, taskId: ids.at(by > 0 ? 0 : -1) ?? null };
	return { ...view, taskId: ids[index + by] ?? null };
}

export const moveActions: readonly Action[] = [
	{
		id: 'up',
		kind: 'view',
		verb: 'up',
		keys: ['up', 'k'],
		label: ['up', '위로'],
		help: ['Move up one row', '한 행 위로 이동'],
		group: 'move',
		apply: context => moved(context, -1),
	},
	{
		id: 'down',
		kind: 'view',
		verb: 'down',
		keys: ['down', 'j'],
		label: ['down', '아래로'],
		help: ['Move down one row', '한 행 아래로 이동'],
		group: 'move',
		apply: context => moved(context, 1),
	},
	{
		id: 'page-up',
		kind: 'view',
		verb: 'page up',
		keys: ['pageup', 'ctrl-b'],
		label: ['page up', '이전 페이지'],
		help: ['Move up one page', '한 페이지 위로 이동'],
		group: 'move',
		apply: context => movedByPage(context, -1),
	},
	{
		id: 'page-down',
		kind: 'view',
		verb: 'page down',
		keys: ['pagedown', 'ctrl-f'],
		label: ['page down', '다음 페이지'],
		help: ['Move down one page', '한 페이지 아래로 이동'],
		group: 'move',
		apply: context => movedByPage(context, 1),
	},
	{
		id: 'first',
		kind: 'view',
		verb: 'first',
		keys: ['g', 'home'],
		label: ['first', '처음'],
		help: ['Go to the first row', '첫 행으로 이동'],
		group: 'move',
		apply: context => moved(context, Number.NEGATIVE_INFINITY),
	},
	{
		id: 'last',
		kind: 'view',
		verb: 'last',
		keys: ['G', 'end'],
		label: ['last', '마지막'],
		help: ['Go to the last row; in the logs, follow', '마지막 행으로 이동, 로그에서는 실시간 보기'],
		group: 'move',
		apply: context => moved(context, Number.POSITIVE_INFINITY),
	},
	{
		id: 'next-stage',
		kind: 'view',
		verb: 'right',
		keys: ['right'],
		label: ['task', '작업'],
		help: [
			'Select the next task, or the next DAG run of the grid; actions then apply to it',
			'다음 작업, 그리드에서는 다음 DAG 실행 선택, 이후 동작은 선택한 항목에 적용',
		],
		group: 'move',
		places: ['pipeline'],
		inKeyBar: true,
		apply: context => (isGraph(context.view) ? stepped(context, 'right') : otherStage(context, 1)),
	},
	{
		id: 'previous-stage',
		kind: 'view',
		verb: 'left',
		keys: ['left', 'h'],
		label: ['previous task', '이전 작업'],
		help: [
			'Select the previous task, or the previous DAG run of the grid',
			'이전 작업, 그리드에서는 이전 DAG 실행 선택',
		],
		group: 'move',
		places: ['pipeline'],
		apply: context => (isGraph(context.view) ? stepped(context, 'left') : otherStage(context, -1)),
	},
	{
		id: 'next-pane',
		kind: 'view',
		verb: 'next pane',
		keys: ['tab'],
		label: ['pane', '패널'],
		help: ['Go to the next pane', '다음 패널로 이동'],
		group: 'move',
		places: paneIds,
		inKeyBar: true,
		apply: context => ({ ...context.view, focus: otherPane(context, 1) }),
	},
	{
		id: 'previous-pane',
		kind: 'view',
		verb: 'previous pane',
		keys: ['shift-tab'],
		label: ['previous pane', '이전 패널'],
		help: ['Go to the previous pane', '이전 패널로 이동'],
		group: 'move',
		places: paneIds,
		apply: context => ({ ...context.view, focus: otherPane(context, -1) }),
	},
	...panes.map(
		({ id, shortName: [english, korean], needsEngine }, index): Action => ({
			id: `pane-${id}`,
			kind: 'view',
			verb: 'pane',
			...(needsEngine ? { needsEngine } : {}),
			keys: [String(index + 1)],
			label: [english, korean],
			help: [`Go to the ${english} pane`, `${korean} 패널로 이동`],
			group: 'move',
			apply: ({ view }) => ({ ...view, focus: id, browse: null }),
		}),
	),
];
