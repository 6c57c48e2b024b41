import { runElapsedMs } from '../../../model/airflow/durations.ts';
import { dagRunStateLook } from '../../../model/airflow/task-state.ts';
import { runKey } from '../../../model/state.ts';
import { cutTitle } from '../../../presentation/cut-words.ts';
import { stopwatch } from '../../../presentation/format.ts';
import { runName } from '../../../presentation/run-name.ts';
import type { Line } from '../../../presentation/text.ts';
import { openQuestions } from '../../../selectors/dag-runs/questions.ts';
import type { ShownPipeline } from '../../../selectors/dag-runs/shown-pipeline.ts';
import { runForecast } from '../../../selectors/durations/run-forecast.ts';
import { textIn } from '../../../words/language.ts';
import { render } from '../../../words/message.ts';
import type { PipelineViewInput } from './pipeline-input.ts';

/** DAG, run and its state, questions of any DAG's tasks, the picked and the marked stages, the forecast. */
export function titleOf(pipeline: ShownPipeline, input: PipelineViewInput): Line[] {
	const { marks, taskId, instance, state, now, glyphs, language, say } = input;
	const { dagId, dag, run, isNewest } = pipeline;
	// The usual DAG is no DAG of an Airflow without any.
	if (state.dags?.length === 0) return [];
	const title: Line[] = [[{ text: glyphs.fold(dagId) }]];
	if (dag?.isPaused)
		title.push([
			{ text: `${glyphs.state.paused} ${say(['DAG paused', 'DAG 일시 중지됨'])}`, tone: 'warning', bold: true },
		]);
	if (!run) return [...title, ...questionsTitle(input)];
	const look = dagRunStateLook(run.state);
	title.push([{ text: glyphs.fold(runName(run, now, pipeline.runs)) }]);
	const elapsed = runElapsedMs(run, now);
	title.push([
		{
			text: `${glyphs.state[look.symbol]} ${textIn(look.word, language)}${elapsed === null ? '' : ` ${stopwatch(elapsed)}`}`,
			tone: look.tone,
			bold: true,
		},
	]);
	const cut = state.cutLists.find(({ of }) => of === runKey(run.dagId, run.dagRunId));
	if (cut) title.push([{ text: render(cutTitle(cut), language), tone: 'warning', bold: true }]);
	title.push(...questionsTitle(input));
	const picked = instance?.startsWith(`${taskId}[`) ? instance : taskId;
	if (picked !== null) title.push([{ text: `${glyphs.selected} ${glyphs.fold(picked)}`, tone: 'accent', bold: true }]);
	const marked = pipeline.stages.filter(stage => marks.includes(`task ${stage.taskId}`)).length;
	if (marked > 0)
		title.push([{ text: say(['{n} marked', '{n}개 선택 표시'], { n: marked }), tone: 'accent', bold: true }]);
	if (!isNewest) title.push([{ text: say(['older run', '최신 실행 아님']), tone: 'active' }]);
	const forecast = runForecast(state, run, now);
	if (forecast) {
		const { leftMs: left, spreadMs } = forecast;
		// Below a second it is as good as the clock.
		const sign = glyphs.fold('±') === '±' ? '±' : '+/-';
		const spread = spreadMs === null || spreadMs < 1000 ? '' : ` ${sign}${stopwatch(spreadMs)}`;
		title.push([
			left === null
				? {
						text: say(['time left unknown (tasks were cleared)', '남은 시간 알 수 없음(작업 재실행됨)']),
						tone: 'muted',
					}
				: left >= 0
					? { text: say(['about {time} left', '약 {time} 남음'], { time: `${stopwatch(left)}${spread}` }) }
					: {
							text: say(['{time} longer than usual', '평소보다 {time} 초과'], { time: stopwatch(-left) }),
							tone: 'active',
						},
		]);
	}
	return title;
}

/** `◆ 1 question (;)` */
function questionsTitle({ state, glyphs, keyOf, say }: PipelineViewInput): Line[] {
	const { length: n } = openQuestions(state);
	if (n === 0) return [];
	const key = keyOf('answer');
	const hint = key === null ? '' : ` (${key})`;
	const words = say(['{n} {n|question|questions}', '질문 {n}개'], { n });
	return [[{ text: `${glyphs.state.awaitingInput} ${words}${hint}`, tone: 'warning', bold: true }]];
}
