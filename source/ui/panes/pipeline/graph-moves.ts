import { nextBox, type Step } from '../../../presentation/graph/cursor.ts';
import type { DagShape } from '../../../selectors/graph-grid-gantt/dag-shape.ts';
import { runGraph } from '../../../selectors/graph-grid-gantt/run-graph.ts';
import type { ActionContext } from '../../actions/action.ts';
import type { ViewState } from '../../conversation.ts';
import { selectedBox, shownGraph } from './shown-graph.ts';

/** Whether the arrow keys move in the graph. */
export const isGraph = ({ focus, zoomed, browse, pipelineView }: ViewState): boolean =>
	focus === 'pipeline' && zoomed && browse === null && pipelineView === 'graph';

/** A page goes over as many boxes as fit one below the other. */
const rowsOfBox = 3;

/** The selection after an arrow key; at first it is what happens now. */
export function stepped(context: ActionContext, step: Step, times = 1): ViewState {
	const { view, now } = context;
	const shown = shownGraph(context);
	if (shown === null) return view;
	const { shape, graph, pipeline, tasks } = shown;
	const from = selectedBox(shown, { taskId: view.taskId, group: view.graph.group });
	if (from === null) {
		const first = runGraph(pipeline, tasks, now).now;
		return first === null ? view : selected(view, graph.boxOf(first), shape);
	}
	let to = from;
	for (let time = 0; time < times; time++) {
		const next = nextBox(shape, graph, to, step);
		if (next === to) break;
		to = next;
	}
	return selected(view, to, shape);
}

/** Up, down and pages; to the first and the last task. */
export function movedInGraph(context: ActionContext, by: number): ViewState {
	const { view } = context;
	if (Number.isFinite(by)) {
		const boxes = Math.abs(by) === 1 ? 1 : Math.max(1, Math.floor(Math.abs(by) / rowsOfBox));
		return stepped(context, by < 0 ? 'up' : 'down', boxes);
	}
	const shown = shownGraph(context);
	if (shown === null) return view;
	const { shape, graph } = shown;
	const box = graph.boxes.at(by < 0 ? 0 : -1);
	return box ? selected(view, box.node.id, shape) : view;
}

function selected(view: ViewState, box: string, { nodes }: DagShape): ViewState {
	const isGroup = nodes.some(({ id, isGroup: is }) => is && id === box);
	return {
		...view,
		taskId: isGroup ? null : box,
		graph: { ...view.graph, group: isGroup ? box : null },
	};
}

/** Folds the group of the selected task, or unfolds the selected group; null: this is not the graph, or there is no group. */
export function foldedOne(context: ActionContext): ViewState | null {
	const { view } = context;
	if (!isGraph(view)) return null;
	const shown = shownGraph(context);
	if (shown === null) return view;
	const box = selectedBox(shown, { taskId: view.taskId, group: view.graph.group });
	const node = shown.shape.nodes.find(({ id }) => id === box);
	if (!node) return null;
	if (node.isGroup) {
		const inside = shown.shape.nodes.find(({ parent }) => parent === node.id);
		const folded = view.graph.folded.filter(id => id !== node.id);
		const isTask = inside !== undefined && !inside.isGroup;
		const first = inside?.isGroup && folded.includes(inside.id) ? inside.id : null;
		return { ...view, taskId: isTask ? inside.id : null, graph: { folded, group: isTask ? null : first } };
	}
	if (node.parent === null) return null;
	return { ...view, taskId: null, graph: { folded: [...view.graph.folded, node.parent], group: node.parent } };
}

/** Folds all groups, or unfolds all if they are folded. */
export function foldedAll(context: ActionContext): ViewState {
	const { view } = context;
	if (!isGraph(view)) return view;
	const shape = shownGraph(context)?.shape;
	if (!shape) return view;
	const groups = shape.nodes.filter(({ isGroup }) => isGroup).map(({ id }) => id);
	const isFolded = groups.every(id => view.graph.folded.includes(id));
	if (isFolded)
		return { ...view, graph: { folded: view.graph.folded.filter(id => !groups.includes(id)), group: null } };
	const folded = [...new Set([...view.graph.folded, ...groups])];
	const box = view.taskId === null ? null : outermost(view.taskId, shape);
	const isInside = box !== null && box !== view.taskId;
	return { ...view, taskId: isInside ? null : view.taskId, graph: { folded, group: isInside ? box : null } };
}

function outermost(id: string, { nodes }: DagShape): string {
	const parent = nodes.find(node => node.id === id)?.parent ?? null;
	return parent === null ? id : outermost(parent, { nodes, edges: [] });
}
