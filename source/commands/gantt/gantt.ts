import type { CommandContext } from '../../command-line/context/context.ts';
import { demandLive, nothingSuch } from '../../command-line/exit/failures.ts';
import { runPart } from '../../command-line/facts/airflow.ts';
import { rfc3339 } from '../../command-line/facts/figures.ts';
import type { Document } from '../../command-line/json/documents.ts';
import { askedRun } from '../../command-line/names/asked-run.ts';
import type { Style } from '../../command-line/output/style.ts';
import { svgText } from '../../command-line/output/svg-text.ts';
import { show } from '../../command-line/show/show.ts';
import { ganttRows } from '../../presentation/gantt.ts';
import { ganttPicture } from '../../presentation/svg/gantt.ts';
import type { Line } from '../../presentation/text.ts';
import { shownPipeline } from '../../selectors/dag-runs/shown-pipeline.ts';
import { runGantt } from '../../selectors/graph-grid-gantt/run-gantt.ts';
import { phrase } from '../../words/message.ts';
import { runLines } from '../tasks/tasks.ts';
import { ganttOf, ganttPart } from './gantt-part.ts';

/** Width of the chart where there is no terminal. */
const fileWidth = 100;

/** `laketop gantt` */
export function run(context: CommandContext): Promise<number> {
	const asked = askedRun(context);
	return show<Document<'gantt'>>(asked.context, {
		watch: ['pipeline', 'dags'],
		requires: ['pipeline', 'dags'],
		interest: asked.interest,
		ask: asked.demand,
		document: (state, now) => {
			demandLive(state, 'pipeline');
			const dagId = asked.dagOf(state);
			const pipeline = shownPipeline(state, dagId, asked.dagRunId);
			const gantt = runGantt(pipeline, state.dagTasks[dagId], now);
			return {
				schema: 'laketop/gantt/1',
				at: rfc3339(now),
				dag_id: dagId,
				run: pipeline.run ? runPart(pipeline.run, now) : null,
				...ganttPart(gantt, pipeline),
			};
		},
		whole: (document, style) => (context.given.is('svg') ? image(document, style) : null),
		blocks: (document, style) => [
			...runLines(document.dag_id, document.run, document.at, style),
			chart(document, style),
		],
		exitCode: ({ run: shown }) => (shown?.state === 'failed' ? 1 : 0),
	});
}

function chart(document: Document<'gantt'>, style: Style): Line[] {
	const { glyphs, say, columns } = style;
	const gantt = ganttOf(document);
	if (gantt === null) return [[{ text: say(emptyText(document)) }]];
	const width = Number.isFinite(columns) ? columns : fileWidth;
	const { axis, tasks, sum } = ganttRows(gantt, { width, glyphs, say, now: Date.parse(document.at) });
	return [axis, ...tasks.map(({ line }) => line), [{ text: '' }], ...sum];
}

const emptyText = ({ run: shown }: Document<'gantt'>) =>
	shown === null
		? (['No DAG runs yet.', '아직 DAG 실행이 없습니다.'] as const)
		: (['The DAG run has not started yet.', 'DAG 실행이 아직 시작되지 않았습니다.'] as const);

function image(document: Document<'gantt'>, { say }: Style): string {
	const gantt = ganttOf(document);
	if (gantt === null) throw nothingSuch(phrase(emptyText(document)));
	const title = `${document.dag_id} ${document.run?.dag_run_id ?? ''}`;
	return svgText(ganttPicture(gantt, { say, title, now: Date.parse(document.at) }));
}
