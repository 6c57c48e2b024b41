import type { Line } from '../../../presentation/text.ts';
import { trendLines } from '../../../presentation/trend.ts';
import type { ShownPipeline } from '../../../selectors/dag-runs/shown-pipeline.ts';
import { runTrend } from '../../../selectors/durations/run-trend.ts';
import { firstVisible } from '../view-context.ts';
import { failureLines, selectedRow, trendWindow } from './grid-window.ts';
import type { PipelineViewInput } from './pipeline-input.ts';

/** How long runs and tasks took over the last runs, with the selected task in sight. */
export function trendPaneRows({ run }: ShownPipeline, input: PipelineViewInput, room: number): Line[] {
	const { state, now, dagId, dagRunId, width, glyphs, say, language, taskId } = input;
	const { graph = { folded: [], group: null } } = input;
	const trend = runTrend(
		state,
		dagId,
		trendWindow(state, { dagId, dagRunId }),
		{ dagRunId, folded: graph.folded },
		now,
	);
	const rowId = trend.tasks.find(({ row }) => row.id === selectedRow({ taskId, graph }))?.row.id ?? null;
	const { head, tasks, foot } = trendLines(trend, {
		...{ width, glyphs, say, language, now, rowId },
		dagRunId: run?.dagRunId ?? null,
	});
	const below = [...failureLines(state, input), ...foot];
	const shown = Math.max(1, room - head.length - below.length);
	const selected = Math.max(
		0,
		tasks.findIndex(({ id }) => id === rowId),
	);
	const first = firstVisible(tasks.length, selected, shown);
	return [...head, ...tasks.slice(first, first + shown).map(({ line }) => line), ...below];
}
