import { runElapsedMs } from '../../../model/durations.ts';
import { dagRunStateLook } from '../../../model/task-state.ts';
import { stopwatch } from '../../../presentation/format.ts';
import type { Glyphs } from '../../../presentation/glyphs.ts';
import { runName } from '../../../presentation/run-name.ts';
import type { Line } from '../../../presentation/text.ts';
import { runForecast } from '../../../selectors/run-forecast.ts';
import type { ShownPipeline } from '../../../selectors/shown-pipeline.ts';
import type { PipelineViewInput } from './pipeline-input.ts';

/** DAG and run, how that is, what is picked and marked, and how long it is likely to take. */
export function titleOf(
	pipeline: ShownPipeline,
	{ marks, taskId, instance, state }: Pick<PipelineViewInput, 'marks' | 'taskId' | 'instance' | 'state'>,
	now: number,
	glyphs: Glyphs,
): Line[] {
	const { dagId, dag, run, isNewest } = pipeline;
	const title: Line[] = [[{ text: glyphs.fold(dagId) }]];
	if (dag?.isPaused) title.push([{ text: `${glyphs.state.paused} DAG paused`, tone: 'warning', bold: true }]);
	if (!run) return title;
	const look = dagRunStateLook(run.state);
	title.push([{ text: glyphs.fold(runName(run, now, pipeline.runs)) }]);
	const elapsed = runElapsedMs(run, now);
	title.push([
		{
			text: `${glyphs.state[look.symbol]} ${look.word}${elapsed === null ? '' : ` ${stopwatch(elapsed)}`}`,
			tone: look.tone,
			bold: true,
		},
	]);
	const picked = instance?.startsWith(`${taskId}[`) ? instance : taskId;
	if (picked !== null) title.push([{ text: `${glyphs.selected} ${glyphs.fold(picked)}`, tone: 'accent', bold: true }]);
	const marked = pipeline.stages.filter(stage => marks.includes(`task ${stage.taskId}`)).length;
	if (marked > 0) title.push([{ text: `${marked} marked`, tone: 'accent', bold: true }]);
	if (!isNewest) title.push([{ text: 'an older run', tone: 'active' }]);
	const forecast = runForecast(state, run, now);
	if (forecast) {
		const { leftMs: left } = forecast;
		title.push([
			left === null
				? { text: 'tasks were cleared: time left unknown', tone: 'muted' }
				: left >= 0
					? { text: `about ${stopwatch(left)} left` }
					: { text: `${stopwatch(-left)} longer than usual`, tone: 'active' },
		]);
	}
	return title;
}
