import { ganttRows } from '../../../presentation/gantt.ts';
import { type Line, selectedLine } from '../../../presentation/text.ts';
import type { ShownPipeline } from '../../../selectors/dag-runs/shown-pipeline.ts';
import { runGantt } from '../../../selectors/graph-grid-gantt/run-gantt.ts';
import type { Text } from '../../../words/language.ts';
import { firstVisible } from '../view-context.ts';
import type { PipelineViewInput } from './pipeline-input.ts';

const notStarted: Text = ['The DAG run has not started yet.', 'DAG 실행이 아직 시작되지 않았습니다.'];

/** The tasks of the shown run on one time axis, with the selected one in sight. */
export function ganttPaneRows(pipeline: ShownPipeline, input: PipelineViewInput, room: number): Line[] {
	const { state, now, dagId, width, glyphs, say, taskId } = input;
	const gantt = runGantt(pipeline, state.dagTasks[dagId], now);
	if (gantt === null) return [[{ text: say(notStarted), tone: 'muted' }]];
	const { axis, tasks, sum } = ganttRows(gantt, { width, glyphs, say, now });
	const shown = Math.max(1, room - 1 - sum.length - 1);
	const selected = Math.max(
		0,
		tasks.findIndex(task => task.taskId === taskId),
	);
	const first = firstVisible(tasks.length, selected, shown);
	return [
		axis,
		...tasks.slice(first, first + shown).map(task => (task.taskId === taskId ? selectedLine(task.line) : task.line)),
		[{ text: '' }],
		...sum,
	];
}
