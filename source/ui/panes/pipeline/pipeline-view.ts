import { waitersIn } from '../../../diagnosis/waiting/waiters.ts';
import { isActiveRun } from '../../../model/airflow/pipeline.ts';
import { runKey, type StackState } from '../../../model/state.ts';
import type { Line } from '../../../presentation/text.ts';
import { type ShownPipeline, shownPipeline } from '../../../selectors/dag-runs/shown-pipeline.ts';
import type { Text } from '../../../words/language.ts';
import { faceOf, oldWords, sentence, staleNotice } from '../../face.ts';
import type { PaneView } from '../view-context.ts';
import { ganttPaneRows } from './gantt-pane.ts';
import { graphPaneRows } from './graph-pane.ts';
import { gridPaneRows } from './grid-pane.ts';
import type { PipelineViewInput, WithWaiters } from './pipeline-input.ts';
import { failureRows, importErrorRows, waitRows } from './pipeline-notices.ts';
import { titleOf } from './pipeline-title.ts';
import { stageBoxes, stageBoxesWidth } from './stage-boxes.ts';
import { flowRows } from './stage-flow.ts';
import { trendPaneRows } from './trend-pane.ts';
import { zoomedRows } from './zoomed-pipeline.ts';

export function pipelineView(given: PipelineViewInput): PaneView {
	const { state, now, dagId, say } = given;
	const pipeline = shownPipeline(state, dagId, given.dagRunId);
	const hasData = state.dagRuns[dagId] !== undefined;
	const face = faceOf(state, 'pipeline', hasData);
	// With old facts the clock stands still: it is unknown whether the run continues.
	const seenAt = seenOf(state, pipeline);
	const old = face.kind === 'live' ? oldWords(seenAt, given) : null;
	const asOf = face.kind === 'stale' ? face.since : old === null || seenAt === undefined ? now : seenAt;
	const input = { ...given, now: Math.min(now, asOf) };
	const title = titleOf(pipeline, input);
	if (old !== null) title.push([{ text: old, tone: 'warning', bold: true }]);
	if (face.kind === 'loading') return { title, rows: [[{ text: say(waitingForAirflow), tone: 'muted' }]] };
	const notice = face.kind === 'stale' ? staleNotice(face, given) : [];
	// Airflow answers, but dropped the DAG with its runs, or its runs were not asked for yet.
	if (!hasData && face.kind === 'live') {
		const isGone = state.dags !== null && !pipeline.dag;
		return { title, rows: isGone ? emptyRows(pipeline, input) : [[{ text: say(waitingForAirflow), tone: 'muted' }]] };
	}
	if (!hasData) return { title, rows: notice };
	const waiters = pipeline.run ? waitersIn(state, pipeline.run, input.now, input.project) : [];
	const errors = [
		...importErrorRows(input),
		...failureRows(pipeline, input),
		...(input.zoomed ? [] : waitRows(pipeline, waiters, input)),
	];
	const rows = pipeline.run
		? runRows(pipeline, { ...input, waiters }, notice.length + errors.length)
		: emptyRows(pipeline, input);
	return { title, rows: [...notice, ...errors, ...rows] };
}

/** When the shown runs were fetched; for an active run the older of that and of its tasks. */
function seenOf(state: StackState, { dagId, run }: ShownPipeline): number | undefined {
	const runsAt = state.runsSeenAt[dagId];
	const tasksAt = run && state.tasksSeenAt[runKey(dagId, run.dagRunId)];
	if (runsAt === undefined || tasksAt === undefined || !run) return runsAt;
	return isActiveRun(run) || tasksAt < (run.endedAt ?? 0) ? Math.min(runsAt, tasksAt) : runsAt;
}

/** Rows of the stages at this width, for the layout. */
export function pipelineRowCount(stages: number, width: number): number {
	return stages > 0 && width >= stageBoxesWidth(stages)
		? 6
		: Math.max(3, Math.ceil((stages * 36) / Math.max(1, width)));
}

const waitingForAirflow: Text = ['Waiting for Airflow', 'Airflow 응답 대기 중'];

function emptyRows({ dagId, dag }: ShownPipeline, { state, glyphs, width, keyOf, say }: PipelineViewInput): Line[] {
	if (state.dags && !dag) {
		const dags = state.dags.map(one => one.dagId).slice(0, 5);
		const key = keyOf('choose-dag');
		const hint =
			key === null
				? say(['DAGs found: {dags}', '찾은 DAG: {dags}'], { dags: dags.join(', ') })
				: say(otherDagText, { key, dags: dags.join(', ') });
		if (dags.length === 0) return sentence(say(noDagsText), width, 'active');
		return [
			...sentence(
				glyphs.fold(say(['Airflow has no DAG {dagId}.', 'Airflow에 {dagId} DAG가 없습니다.'], { dagId })),
				width,
				'active',
			),
			...sentence(glyphs.fold(hint), width),
		];
	}
	const key = keyOf('trigger');
	const sentences = [
		say(['No DAG runs yet.', '아직 DAG 실행이 없습니다.']),
		dag?.isPaused ? say(['The DAG is paused.', 'DAG가 일시 중지되어 있습니다.']) : '',
		key === null ? '' : say(dag?.isPaused ? unpauseAndStartText : startText, { key }),
	];
	return sentence(sentences.filter(Boolean).join(' '), width);
}

const noDagsText: Text = [
	'Airflow has no DAGs. Check that the DAG folder is mounted and that the scheduler (Airflow 3: the DAG processor) is running.',
	'Airflow에 DAG가 없습니다. DAG 폴더가 마운트되었고 이를 읽는 스케줄러나 DAG 프로세서가 실행 중인지 확인하세요.',
];
const otherDagText = [
	'Press {key} to choose another: {dags}',
	'{key} 키를 눌러 다른 DAG를 선택하세요: {dags}',
] as const;
const startText = ['Press {key} to trigger one.', '{key} 키를 눌러 DAG 실행을 트리거하세요.'] as const;
const unpauseAndStartText = [
	'Press {key} to unpause it and start one.',
	'{key} 키를 눌러 일시 중지를 해제하고 DAG 실행을 트리거하세요.',
] as const;

const noTasksText: Text = ['This DAG run has no task instances yet.', '이 DAG 실행에는 아직 작업 인스턴스가 없습니다.'];

function runRows(pipeline: ShownPipeline, input: WithWaiters, rowsAbove: number): Line[] {
	const { width, say } = input;
	if (input.zoomed) {
		const room = input.height - rowsAbove;
		if (input.pipelineView === 'gantt') return ganttPaneRows(pipeline, input, room);
		if (input.pipelineView === 'grid') return gridPaneRows(pipeline, input, room);
		if (input.pipelineView === 'trend') return trendPaneRows(pipeline, input, room);
		if (input.pipelineView === 'graph') return graphPaneRows(pipeline, input, room);
		return zoomedRows(pipeline, input, room);
	}
	if (pipeline.stages.length === 0) return [[{ text: say(noTasksText), tone: 'muted' }]];
	const room = input.height - rowsAbove;
	if (pipeline.isChain && room >= 6 && width >= stageBoxesWidth(pipeline.stages.length)) {
		return stageBoxes(pipeline.stages, input);
	}
	return flowRows(pipeline, input, room);
}
