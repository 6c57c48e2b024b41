import type { Glyphs } from '../../../presentation/glyphs.ts';
import { type FittedGraph, fittedSoon, type Room } from '../../../presentation/graph/sizes.ts';
import { type ShownPipeline, shownPipeline } from '../../../selectors/dag-runs/shown-pipeline.ts';
import { shapeOf } from '../../../selectors/graph-grid-gantt/run-graph.ts';
import type { ActionContext } from '../../actions/action.ts';
import type { GraphViewState } from '../../conversation.ts';

/** Rows below the graph: the selection, and the states with their words. */
export const rowsBelow = 2;

/** The graph as it is laid out in a pane of this size, whatever notices stand above it; null: it is not laid out yet. */
export function fittedIn(
	pipeline: Pick<ShownPipeline, 'stages'>,
	tasks: Parameters<typeof shapeOf>[1],
	graph: GraphViewState,
	{ width, height }: Room,
	glyphs: Glyphs,
): FittedGraph | null {
	return fittedSoon(shapeOf(pipeline, tasks), graph.folded, width, height - rowsBelow, glyphs);
}

/** The pipeline of the focused pane, and its graph; null: it is not laid out yet. */
export function shownGraph({ state, view, room, glyphs }: ActionContext) {
	const pipeline = shownPipeline(state, view.dagId, view.dagRunId);
	const tasks = state.dagTasks[view.dagId];
	const shown = fittedIn(pipeline, tasks, view.graph, room, glyphs);
	return shown && { pipeline, tasks, shape: shapeOf(pipeline, tasks), ...shown };
}

/** The selected box: a folded group that is on the screen, else the box of the selected task. */
export function selectedBox(
	{ graph }: FittedGraph,
	selection: { readonly taskId: string | null; readonly group: string | null },
): string | null {
	const { taskId, group } = selection;
	if (taskId !== null) return graph.boxOf(taskId);
	return group !== null && graph.boxes.some(({ node }) => node.id === group) ? group : null;
}
