import type { CommandContext } from '../../command-line/context/context.ts';
import { demandLive, nothingSuch } from '../../command-line/exit/failures.ts';
import { optionalTime, rfc3339 } from '../../command-line/facts/figures.ts';
import type { Document } from '../../command-line/json/documents.ts';
import type { Style } from '../../command-line/output/style.ts';
import { svgText } from '../../command-line/output/svg-text.ts';
import { manyRuns } from '../../command-line/show/run-history.ts';
import { show } from '../../command-line/show/show.ts';
import { trendPicture } from '../../presentation/svg/trend.ts';
import type { Line } from '../../presentation/text.ts';
import { trendLines } from '../../presentation/trend.ts';
import { type RunTrend, runTrend, type Trend, trendRuns } from '../../selectors/durations/run-trend.ts';
import { phrase } from '../../words/message.ts';

/** Width where there is no terminal. */
const fileWidth = 120;

/** `laketop trend` */
export function run(context: CommandContext): Promise<number> {
	const { asked, wanted, fetches } = manyRuns(context, trendRuns);
	let trend: RunTrend | undefined;
	return show<Document<'trend'>>(asked.context, {
		...fetches,
		document: (state, now) => {
			demandLive(state, 'pipeline');
			const dagId = asked.dagOf(state);
			trend = runTrend(state, dagId, { from: 0, to: wanted }, { dagRunId: null, folded: [] }, now);
			const { schedule, grid } = trend;
			return {
				schema: 'laketop/trend/1',
				at: rfc3339(now),
				dag_id: dagId,
				total_runs: grid.total,
				last_success_at: optionalTime(schedule.lastSuccessAt),
				is_paused: schedule.isPaused,
				next_run_at: optionalTime(schedule.nextRunAt),
				missed_runs: schedule.missed,
				run: figures(trend.run),
				landing: figures(trend.landing),
				tasks: trend.tasks.flatMap(({ row, trend: one }) =>
					row.isOpen === null ? [{ task_id: row.id, ...figures(one) }] : [],
				),
			};
		},
		whole: (document, style) => (trend && context.given.is('svg') ? image(trend, document, style) : null),
		blocks: (document, style) => (trend ? [chart(trend, document, style)] : []),
	});
}

const whole = (ms: number | null) => (ms === null ? null : Math.round(ms));

function figures({ points, medianMs, p90Ms, failed, retries }: Trend) {
	return {
		median_ms: whole(medianMs),
		p90_ms: whole(p90Ms),
		failed,
		retries,
		runs: points.toReversed().map(({ dagRunId, state, elapsedMs, slowerMs }) => ({
			dag_run_id: dagRunId,
			state,
			elapsed_ms: whole(elapsedMs),
			slower_ms: whole(slowerMs),
		})),
	};
}

const noRuns = ['No DAG runs yet.', '아직 DAG 실행이 없습니다.'] as const;

function image(trend: RunTrend, { dag_id, at }: Document<'trend'>, { say, language }: Style): string {
	if (trend.grid.columns.length === 0) throw nothingSuch(phrase(noRuns));
	return svgText(trendPicture(trend, { say, language, title: dag_id, now: Date.parse(at) }));
}

function chart(trend: RunTrend, { dag_id, at }: Document<'trend'>, { glyphs, say, columns, language }: Style): Line[] {
	if (trend.grid.columns.length === 0) return [[{ text: say(noRuns) }]];
	const { head, tasks, foot } = trendLines(trend, {
		...{ glyphs, say, language, now: Date.parse(at), rowId: null, dagRunId: null },
		width: Number.isFinite(columns) ? columns : fileWidth,
	});
	return [[{ text: glyphs.fold(dag_id), bold: true }], ...head, ...tasks.map(({ line }) => line), ...foot];
}
