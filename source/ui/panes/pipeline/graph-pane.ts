import { partAround } from '../../../presentation/graph/cursor.ts';
import { drawGraph, legend } from '../../../presentation/graph/draw.ts';
import type { FittedGraph } from '../../../presentation/graph/sizes.ts';
import { type Line, type Span, wrapLine } from '../../../presentation/text.ts';
import type { ShownPipeline } from '../../../selectors/dag-runs/shown-pipeline.ts';
import { groupId } from '../../../selectors/graph-grid-gantt/dag-shape.ts';
import { type RunGraph, runGraph } from '../../../selectors/graph-grid-gantt/run-graph.ts';
import type { Text } from '../../../words/language.ts';
import type { PipelineViewInput } from './pipeline-input.ts';
import { fittedIn, rowsBelow, selectedBox } from './shown-graph.ts';

const noTasks: Text = ['The tasks of this DAG are not known yet.', '이 DAG의 작업을 아직 알 수 없습니다.'];
const noEdges: Text = [
	'Airflow has no definition of this DAG: the order of its tasks is not known.',
	'Airflow에 이 DAG의 정의가 없어 작업 순서를 알 수 없습니다.',
];

/** The graph of the shown run: around the selection, else around what happens now. */
export function graphPaneRows(pipeline: ShownPipeline, input: PipelineViewInput, room: number): Line[] {
	const { state, now, dagId, width, height, glyphs, say, language, taskId, marks } = input;
	const { graph = { folded: [], group: null } } = input;
	if (pipeline.stages.length === 0) return [[{ text: say(noTasks), tone: 'muted' }]];
	const tasks = state.dagTasks[dagId];
	const run = runGraph(pipeline, tasks, now);
	const shown = fittedIn(pipeline, tasks, graph, { width, height }, glyphs);
	if (shown === null) {
		return [
			[{ text: say(['Laying out {n} {n|task|tasks}', '작업 {n}개 배치 중'], { n: run.tasks.size }), tone: 'muted' }],
		];
	}
	const selected = selectedBox(shown, { taskId, group: graph.group });
	const notice: Line[] = run.hasEdges ? [] : [[{ text: say(noEdges), tone: 'active' }]];
	const rows = Math.max(1, room - rowsBelow - notice.length);
	const center = selected ?? (run.now === null ? null : shown.graph.boxOf(run.now));
	const part = partAround(shown.graph, center, { width, height: rows });
	const marked = marks.flatMap(mark => (mark.startsWith('task ') ? [mark.slice('task '.length)] : []));
	const blank = Math.max(0, rows - part.height);
	// Names that do not fit a row take the blank ones above it.
	const selection = selectionLine(run, shown, selected, input);
	const wrapped = wrapLine(selection, width);
	const details = wrapped.length > 1 + blank ? [selection] : wrapped;
	return [
		...notice,
		...drawGraph(run, shown, part, { glyphs, say, language, selected, marked }),
		...Array.from({ length: blank + 1 - details.length }, (): Line => []),
		...details,
		[...inSight(shown, part, input), ...legend(run, { glyphs, say })],
	];
}

/** What the picture does not say of the selection: its operator, its trigger rule and all its neighbours. */
function selectionLine(
	{ shape, tasks }: RunGraph,
	{ graph }: FittedGraph,
	selected: string | null,
	{ glyphs, say }: PipelineViewInput,
): Line {
	if (selected === null) return [];
	const node = shape.nodes.find(({ id }) => id === selected);
	const task = tasks.get(selected);
	const isHere = (id: string) => graph.boxOf(id) === selected;
	const before = shape.edges.filter(([from, to]) => isHere(to) && !isHere(from)).map(([from]) => from);
	const after = shape.edges.filter(([from, to]) => isHere(from) && !isHere(to)).map(([, to]) => to);
	const names = (ids: readonly string[]) => [...new Set(ids)].map(id => glyphs.fold(id)).join(', ');
	const { triggerRule = null, operator = null } = task ?? {};
	const parts = [
		operator === null ? '' : glyphs.fold(operator),
		triggerRule === null ? '' : say(['trigger rule {triggerRule}', '트리거 규칙 {triggerRule}'], { triggerRule }),
		before.length === 0 ? '' : say(['upstream: {ids}', '업스트림: {ids}'], { ids: names(before) }),
		after.length === 0 ? '' : say(['downstream: {ids}', '다운스트림: {ids}'], { ids: names(after) }),
	];
	const name = node?.isGroup ? groupId(node.id) : selected;
	return [
		{ text: glyphs.fold(name), bold: true },
		...parts.filter(Boolean).map((text): Span => ({ text: `  ${text}`, tone: 'muted' })),
	];
}

/** How many boxes are on the screen where not all of them are; before the states, whose row may be cut. */
function inSight({ graph }: FittedGraph, part: ReturnType<typeof partAround>, { say }: PipelineViewInput): Span[] {
	if (part.width >= graph.width && part.height >= graph.height) return [];
	const shown = graph.boxes.filter(
		({ x, y, width, height }) =>
			x < part.x + part.width && part.x < x + width && y < part.y + part.height && part.y < y + height,
	).length;
	const text = say(['{shown} of {all} shown', '{all}개 중 {shown}개 표시'], { shown, all: graph.boxes.length });
	return [{ text: `${text}  `, tone: 'muted' }];
}
