import type { StackState } from '../../../model/state.ts';
import { glyphSets } from '../../../presentation/glyphs.ts';
import { type GridShape, gridShape, rowName } from '../../../presentation/grid.ts';
import type { Line } from '../../../presentation/text.ts';
import { historyOf, knownRuns } from '../../../selectors/dag-runs/run-history.ts';
import { trendRuns } from '../../../selectors/durations/run-trend.ts';
import type { GridRow } from '../../../selectors/graph-grid-gantt/grid-rows.ts';
import { gridRows, type RunWindow, runWindow } from '../../../selectors/graph-grid-gantt/run-grid.ts';
import { render } from '../../../words/message.ts';
import type { ActionContext } from '../../actions/action.ts';
import type { ViewState } from '../../conversation.ts';
import { movedIndex } from '../view-context.ts';
import type { PipelineViewInput } from './pipeline-input.ts';

type GridView = Pick<ViewState, 'dagId' | 'dagRunId' | 'graph'>;
type Context = Pick<ActionContext, 'state' | 'view'>;

/** Whether a view over many runs is shown: runs are columns then, and tasks rows. */
export const showsManyRuns = ({ focus, zoomed, browse, pipelineView }: ViewState): boolean =>
	focus === 'pipeline' && zoomed && browse === null && (pipelineView === 'grid' || pipelineView === 'trend');

const rowsOf = (state: StackState, { dagId, dagRunId, graph }: GridView): readonly GridRow[] =>
	gridRows(state, dagId, { dagRunId, folded: graph.folded });

/** The part of the runs that fit in the cells of the grid. */
export function gridWindow(
	state: StackState,
	view: GridView,
	width: number,
): { readonly shape: GridShape; readonly window: RunWindow } {
	// The names as in most terminals: other symbols do not make them longer.
	const names = rowsOf(state, view).map(row => rowName(row, glyphSets.unicode));
	const shape = gridShape(names, width);
	const runs = knownRuns(state, view.dagId);
	const selected = view.dagRunId === null ? 0 : runs.findIndex(({ dagRunId }) => dagRunId === view.dagRunId);
	return { shape, window: runWindow(runs.length, Math.max(0, selected), shape.columns) };
}

/** The part of the runs that the trend is made from, whatever the width: its figures do not depend on it. */
export function trendWindow(state: StackState, { dagId, dagRunId }: Pick<ViewState, 'dagId' | 'dagRunId'>): RunWindow {
	const runs = knownRuns(state, dagId);
	const selected = dagRunId === null ? 0 : runs.findIndex(run => run.dagRunId === dagRunId);
	return runWindow(runs.length, Math.max(0, selected), trendRuns);
}

/** The part of the runs that fit in the cells of a view; null: it is no view over many runs. */
export function shownWindow(state: StackState, view: ViewState, width: number): RunWindow | null {
	if (!showsManyRuns(view)) return null;
	return view.pipelineView === 'trend' ? trendWindow(state, view) : gridWindow(state, view, width).window;
}

/** Why runs or tasks are missing. */
export function failureLines(state: StackState, { dagId, glyphs, language }: PipelineViewInput): Line[] {
	const failure = historyOf(state, dagId)?.failure;
	return failure ? [[{ text: glyphs.fold(render(failure.message, language)), tone: 'warning' }]] : [];
}

/** The id of the selected row; null: the run itself. */
export const selectedRow = ({ taskId, graph }: Pick<ViewState, 'taskId' | 'graph'>): string | null =>
	graph.group ?? taskId;

/** The view with another row selected. Above the first task is the run itself. */
export function otherRow({ state, view }: Context, by: number): ViewState {
	const rows = [null, ...rowsOf(state, view)];
	const selected = rows.findIndex(row => row?.id === selectedRow(view));
	const row = rows[movedIndex(Math.max(0, selected), by, rows.length)] ?? null;
	return withRow(view, row);
}

function withRow(view: ViewState, row: GridRow | null): ViewState {
	const isGroup = row !== null && row.isOpen !== null;
	const [taskId, group] = isGroup ? [null, row.id] : [row?.id ?? null, null];
	if (taskId === view.taskId && group === view.graph.group) return view;
	return { ...view, taskId, graph: { ...view.graph, group } };
}

/** The view with another run selected: the newest is followed. `by`: towards newer runs. */
export function otherRun({ state, view }: Context, by: number): ViewState {
	const runs = knownRuns(state, view.dagId);
	const selected = view.dagRunId === null ? 0 : runs.findIndex(({ dagRunId }) => dagRunId === view.dagRunId);
	const index = movedIndex(Math.max(0, selected), -by, runs.length);
	const dagRunId = index === 0 ? null : (runs[index]?.dagRunId ?? null);
	if (dagRunId === view.dagRunId) return view;
	// Marks of tasks belong to a run.
	return { ...view, dagRunId, marks: view.marks.filter(mark => !mark.startsWith('task ')) };
}

/** The selected row, if it is a group; null: a task, or the run. */
export function selectedGroup({ state, view }: Context): GridRow | null {
	if (!showsManyRuns(view) || view.graph.group === null) return null;
	return rowsOf(state, view).find(({ id }) => id === view.graph.group) ?? null;
}

/** The view with this group folded, or unfolded. */
export function withGroup(view: ViewState, { id, isOpen }: GridRow): ViewState {
	const { graph } = view;
	return {
		...view,
		graph: { ...graph, folded: isOpen ? [...graph.folded, id] : graph.folded.filter(one => one !== id) },
	};
}

/** The view with all groups folded, or unfolded if they are; the selection goes to the row that then holds it. */
export function withAllGroups({ state, view }: Context): ViewState {
	const all = rowsOf(state, { ...view, graph: { ...view.graph, folded: [] } });
	const groups = all.filter(({ isOpen }) => isOpen !== null);
	const isFolded = groups.every(({ id }) => view.graph.folded.includes(id));
	const others = view.graph.folded.filter(id => !groups.some(group => group.id === id));
	const folded = isFolded ? others : [...others, ...groups.map(({ id }) => id)];
	const next = { ...view, graph: { ...view.graph, folded } };
	const selected = all.find(({ id }) => id === selectedRow(view));
	if (!selected) return next;
	const holder = rowsOf(state, next).find(({ taskIds }) => selected.taskIds.every(id => taskIds.includes(id)));
	return isFolded ? next : withRow(next, holder ?? null);
}
