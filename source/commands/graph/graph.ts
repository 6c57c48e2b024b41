import type { CommandContext } from '../../command-line/context/context.ts';
import { demandLive } from '../../command-line/exit/failures.ts';
import { runPart } from '../../command-line/facts/airflow.ts';
import { rfc3339 } from '../../command-line/facts/figures.ts';
import type { Document } from '../../command-line/json/documents.ts';
import { askedRun } from '../../command-line/names/asked-run.ts';
import type { Style } from '../../command-line/output/style.ts';
import { svgText } from '../../command-line/output/svg-text.ts';
import { show } from '../../command-line/show/show.ts';
import type { DagTask } from '../../model/airflow/pipeline.ts';
import { taskStateLook } from '../../model/airflow/task-state.ts';
import { glyphSets } from '../../presentation/glyphs.ts';
import { drawGraph, legend } from '../../presentation/graph/draw.ts';
import { type FittedGraph, fitted } from '../../presentation/graph/sizes.ts';
import { graphPicture } from '../../presentation/graph/svg.ts';
import type { Picture } from '../../presentation/svg/page.ts';
import { fitLine, type Line } from '../../presentation/text.ts';
import { shownPipeline } from '../../selectors/dag-runs/shown-pipeline.ts';
import { countsOf } from '../../selectors/dag-runs/stage-summary.ts';
import { dagShape, groupId } from '../../selectors/graph-grid-gantt/dag-shape.ts';
import { type GraphTask, groupCounts, type RunGraph, runGraph } from '../../selectors/graph-grid-gantt/run-graph.ts';
import { runLines } from '../tasks/tasks.ts';

/** `laketop graph` */
export function run(context: CommandContext): Promise<number> {
	const { given } = context;
	const asked = askedRun(context);
	return show<Document<'graph'>>(asked.context, {
		watch: ['pipeline', 'dags'],
		requires: ['pipeline', 'dags'],
		interest: asked.interest,
		ask: asked.demand,
		document: (state, now) => {
			demandLive(state, 'pipeline');
			const dagId = asked.dagOf(state);
			const pipeline = shownPipeline(state, dagId, asked.dagRunId);
			const definitions = state.dagTasks[dagId];
			const { shape, hasEdges, tasks } = runGraph(pipeline, definitions, now);
			const known = new Map((definitions ?? []).map(task => [task.taskId, task]));
			return {
				schema: 'laketop/graph/1',
				at: rfc3339(now),
				dag_id: dagId,
				run: pipeline.run ? runPart(pipeline.run, now) : null,
				has_edges: hasEdges,
				groups: shape.nodes
					.filter(({ isGroup }) => isGroup)
					.map(({ id, parent }) => ({ group_id: groupId(id), parent_group_id: parent && groupId(parent) })),
				tasks: pipeline.stages.map(({ taskId, shown, instances }) => {
					const task = tasks.get(taskId);
					const states = Map.groupBy(instances, ({ state: one }) => one);
					const { parent = null, role = null } = shape.nodes.find(({ id }) => id === taskId) ?? {};
					return {
						task_id: taskId,
						group_id: parent && groupId(parent),
						state: shown?.state ?? null,
						states: [...states].map(([one, those]) => ({ state: one, instances: those.length })),
						is_mapped: known.get(taskId)?.isMapped ?? false,
						try_number: task?.tryNumber ?? 0,
						duration_ms: task?.elapsedMs ?? null,
						operator: task?.operator ?? null,
						trigger_rule: task?.triggerRule ?? null,
						role,
						downstream_task_ids: [...(known.get(taskId)?.downstreamTaskIds ?? [])],
					};
				}),
			};
		},
		whole: (document, style) => (given.is('svg') ? svgText(imageOf(document, given.is('folded'), style)) : null),
		blocks: (document, style) => [
			...runLines(document.dag_id, document.run, document.at, style),
			picture(document, given.is('folded'), style),
		],
		exitCode: ({ run: shown }) => (shown?.state === 'failed' ? 1 : 0),
	});
}

function picture(document: Document<'graph'>, isFolded: boolean, style: Style): Line[] {
	const { glyphs, say, language, columns } = style;
	if (document.tasks.length === 0) return [[{ text: say(['The DAG has no tasks.', 'DAG에 작업이 없습니다.']) }]];
	const run = graphOf(document);
	const { graph, style: boxes } = layoutOf(run, isFolded, style);
	const part = { x: 0, y: 0, width: graph.width, height: graph.height };
	const rows = drawGraph(run, { graph, style: boxes }, part, {
		...{ glyphs, say, language, selected: null, marked: [] },
	});
	const isCut = graph.width > columns;
	const cut: Line = [
		{
			text: say(
				[
					'Cut: the graph has {width} columns, the terminal {columns}. Use --folded, --svg or a file.',
					'잘림: 그래프 너비는 {width}칸, 터미널은 {columns}칸입니다. --folded, --svg 또는 파일 출력을 사용하세요.',
				],
				{ width: graph.width, columns },
			),
			tone: 'active',
		},
	];
	return [
		...rows.map(row => (isCut ? fitLine(row, columns, glyphs.ellipsis) : row)),
		[],
		legend(run, { glyphs, say }),
		...(isCut ? [cut] : []),
	];
}

function imageOf(document: Document<'graph'>, isFolded: boolean, style: Style): Picture {
	const run = graphOf(document);
	const { say, language } = style;
	const layout = layoutOf(run, isFolded, { columns: Number.POSITIVE_INFINITY, glyphs: glyphSets.unicode });
	return graphPicture(run, layout, { say, language, title: document.dag_id });
}

/** From left to right where that fits the width; there are as many rows as it takes. */
function layoutOf(
	{ shape }: RunGraph,
	isFolded: boolean,
	{ columns, glyphs }: Pick<Style, 'columns' | 'glyphs'>,
): FittedGraph {
	const folded = isFolded ? shape.nodes.filter(({ isGroup }) => isGroup).map(({ id }) => id) : [];
	return fitted(shape, folded, columns, Number.POSITIVE_INFINITY, glyphs);
}

/** What the picture is drawn from, out of the document: with `--json` nothing that it shows is missing. */
function graphOf({ run, tasks, groups, has_edges }: Document<'graph'>): RunGraph {
	const hasEnded = run !== null && run.ended_at !== null;
	const around = new Map<string, readonly string[]>();
	for (const { group_id, parent_group_id } of groups)
		around.set(group_id, [...(around.get(parent_group_id ?? '') ?? []), group_id]);
	const definitions = tasks.map(
		(task): DagTask => ({
			taskId: task.task_id,
			operator: task.operator,
			downstreamTaskIds: task.downstream_task_ids,
			isMapped: task.is_mapped,
			groupIds: [...(around.get(task.group_id ?? '') ?? [])],
			...(task.role === null ? {} : { role: task.role }),
			...(task.trigger_rule === null ? {} : { triggerRule: task.trigger_rule }),
		}),
	);
	const shape = dagShape(definitions, tasks.map(({ task_id }) => task_id).join('\n'));
	const graphTasks = new Map(
		tasks.map((task): [string, GraphTask] => {
			const instances = task.states.reduce((sum, { instances: number }) => sum + number, 0);
			return [
				task.task_id,
				{
					taskId: task.task_id,
					look: taskStateLook(task.state, hasEnded),
					counts:
						instances < 2
							? null
							: countsOf(
									task.states.map(({ state, instances: count }) => ({ state, count })),
									hasEnded,
								),
					elapsedMs: task.duration_ms,
					tryNumber: task.try_number,
					operator: task.operator,
					triggerRule: task.trigger_rule,
				},
			];
		}),
	);
	return { shape, hasEdges: has_edges, tasks: graphTasks, groups: groupCounts(shape, graphTasks), now: null };
}
