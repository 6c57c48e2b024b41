import type { CommandContext } from '../../command-line/context/context.ts';
import { demandLive, nothingSuch } from '../../command-line/exit/failures.ts';
import { runPart } from '../../command-line/facts/airflow.ts';
import { optionalTime, rfc3339 } from '../../command-line/facts/figures.ts';
import type { Document } from '../../command-line/json/documents.ts';
import type { Style } from '../../command-line/output/style.ts';
import { svgText } from '../../command-line/output/svg-text.ts';
import { manyRuns, runsShownByDefault } from '../../command-line/show/run-history.ts';
import { show } from '../../command-line/show/show.ts';
import { type GridShape, gridLines, gridShape, rowName } from '../../presentation/grid.ts';
import { gridDetail } from '../../presentation/grid-detail.ts';
import { gridPicture } from '../../presentation/svg/grid.ts';
import type { Line } from '../../presentation/text.ts';
import { stageElapsedMs } from '../../selectors/dag-runs/stage-summary.ts';
import { gridRows, type RunGrid, runGrid, runWindow } from '../../selectors/graph-grid-gantt/run-grid.ts';
import { phrase } from '../../words/message.ts';

/** Rows of the bars over the runs. */
const barRows = 3;

/** `laketop grid` */
export function run(context: CommandContext): Promise<number> {
	const { asked, wanted, fetches } = manyRuns(context, runsShownByDefault);
	const choice = { dagRunId: null, folded: [] };
	let grid: RunGrid | undefined;
	return show<Document<'grid'>>(asked.context, {
		...fetches,
		document: (state, now) => {
			demandLive(state, 'pipeline');
			const dagId = asked.dagOf(state);
			grid = runGrid(state, dagId, { from: 0, to: wanted }, choice, now);
			return {
				schema: 'laketop/grid/1',
				at: rfc3339(now),
				dag_id: dagId,
				total_runs: grid.total,
				tasks: gridRows(state, dagId, choice).flatMap(({ isOpen, id }) => (isOpen === null ? [id] : [])),
				runs: grid.columns.toReversed().map(({ run: one, cells }) => ({
					run: runPart(one, now),
					tasks:
						cells &&
						[...cells].map(([taskId, { state: shown, instances, tries }]) => ({
							task_id: taskId,
							state: shown,
							instances: instances.length,
							failed_instances: instances.filter(task => task.state === 'failed').length,
							try_number: tries,
							started_at: optionalTime(earliest(instances.map(({ startedAt }) => startedAt))),
							elapsed_ms: whole(stageElapsedMs({ shown: instances[0], instances }, now)),
						})),
				})),
			};
		},
		whole: (document, style) => (grid && context.given.is('svg') ? image(grid, document, style) : null),
		blocks: (document, style) => (grid ? [chart(grid, document, style)] : []),
	});
}

const whole = (ms: number | null) => (ms === null ? null : Math.round(ms));

function earliest(times: readonly (number | null)[]): number | null {
	const known = times.filter(time => time !== null);
	return known.length === 0 ? null : Math.min(...known);
}

const noRuns = ['No DAG runs yet.', '아직 DAG 실행이 없습니다.'] as const;

function image(grid: RunGrid, { dag_id, at }: Document<'grid'>, { say, language }: Style): string {
	if (grid.columns.length === 0) throw nothingSuch(phrase(noRuns));
	return svgText(gridPicture(grid, { say, language, title: dag_id, now: Date.parse(at) }));
}

function chart(all: RunGrid, { dag_id, at }: Document<'grid'>, style: Style): Line[] {
	const { glyphs, say, columns: width, language } = style;
	if (all.columns.length === 0) return [[{ text: say(noRuns) }]];
	const shape = gridShape(
		all.rows.map(row => rowName(row, glyphs)),
		width,
	);
	const grid = fitting(all, shape);
	const lines = gridLines(grid, shape, {
		...{ width, glyphs, say, barRows, now: Date.parse(at) },
		dagRunId: null,
		rowId: null,
	});
	return [
		[{ text: glyphs.fold(dag_id), bold: true }],
		...lines.head,
		...lines.tasks.map(({ line }) => line),
		...lines.foot,
		...gridDetail(grid, {
			...{ width, glyphs, say, barRows, language, now: Date.parse(at) },
			dagRunId: null,
			rowId: null,
		}),
	];
}

/** The newest runs that fit into the width. */
function fitting(grid: RunGrid, { columns }: GridShape): RunGrid {
	const { from, to } = runWindow(grid.columns.length, 0, columns);
	return { ...grid, columns: grid.columns.slice(grid.columns.length - to, grid.columns.length - from) };
}
