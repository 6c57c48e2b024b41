import { gridLines } from '../../../presentation/grid.ts';
import { gridDetail } from '../../../presentation/grid-detail.ts';
import type { Line } from '../../../presentation/text.ts';
import type { ShownPipeline } from '../../../selectors/dag-runs/shown-pipeline.ts';
import { runGrid } from '../../../selectors/graph-grid-gantt/run-grid.ts';
import { firstVisible } from '../view-context.ts';
import { failureLines, gridWindow, selectedRow } from './grid-window.ts';
import type { PipelineViewInput } from './pipeline-input.ts';

/** Rows of the bars over the runs where there is room for them. */
const barRows = 4;
/** Rows below which the bars are one row high. */
const roomForBars = 16;

/** Runs as columns and tasks as rows, with the selected cell in sight and in words. */
export function gridPaneRows({ run }: ShownPipeline, input: PipelineViewInput, room: number): Line[] {
	const {
		state,
		now,
		dagId,
		dagRunId,
		width,
		glyphs,
		say,
		language,
		taskId,
		graph = { folded: [], group: null },
	} = input;
	const { window, shape } = gridWindow(state, { dagId, dagRunId, graph }, width);
	const grid = runGrid(state, dagId, window, { dagRunId, folded: graph.folded }, now);
	const style = {
		...{ width, glyphs, say, now, language },
		barRows: room < roomForBars ? 1 : barRows,
		dagRunId: run?.dagRunId ?? null,
		rowId: grid.rows.find(({ id }) => id === selectedRow({ taskId, graph }))?.id ?? null,
	};
	const { head, tasks, foot } = gridLines(grid, shape, style);
	const below: Line[] = [...foot, ...failureLines(state, input), ...gridDetail(grid, style)];
	const shown = Math.max(1, room - head.length - below.length);
	const selected = Math.max(
		0,
		tasks.findIndex(({ id }) => id === style.rowId),
	);
	const first = firstVisible(tasks.length, selected, shown);
	return [...head, ...tasks.slice(first, first + shown).map(({ line }) => line), ...below];
}
