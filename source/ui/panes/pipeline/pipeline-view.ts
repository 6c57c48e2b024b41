import { waitersIn } from '../../../diagnosis/waiting/waiters.ts';
import { isActiveRun } from '../../../model/pipeline.ts';
import { runKey, type StackState } from '../../../model/state.ts';
import type { Line } from '../../../presentation/text.ts';
import { type ShownPipeline, shownPipeline } from '../../../selectors/shown-pipeline.ts';
import { faceOf, oldWords, sentence, staleNotice } from '../../face.ts';
import type { PaneView } from '../view-context.ts';
import type { PipelineViewInput, WithWaiters } from './pipeline-input.ts';
import { failureRows, importErrorRows, waitRows } from './pipeline-notices.ts';
import { titleOf } from './pipeline-title.ts';
import { stageBoxes, stageBoxesWidth } from './stage-boxes.ts';
import { flowRows } from './stage-flow.ts';
import { zoomedRows } from './zoomed-pipeline.ts';

export function pipelineView(given: PipelineViewInput): PaneView {
	const { state, now, glyphs, dagId } = given;
	const pipeline = shownPipeline(state, dagId, given.dagRunId);
	const hasData = state.dagRuns[dagId] !== undefined;
	const face = faceOf(state, 'pipeline', hasData);
	// What is old does not grow older as if it were known to go on.
	const seenAt = seenOf(state, pipeline);
	const old = face.kind === 'live' ? oldWords(seenAt, now) : null;
	const asOf = face.kind === 'stale' ? face.since : old === null || seenAt === undefined ? now : seenAt;
	const input = { ...given, now: Math.min(now, asOf) };
	const title = titleOf(pipeline, input, input.now, glyphs);
	if (old !== null) title.push([{ text: old, tone: 'warning', bold: true }]);
	if (face.kind === 'loading') return { title, rows: [[{ text: 'Asking Airflow', tone: 'muted' }]] };
	const notice = face.kind === 'stale' ? staleNotice(face, now, input.width) : [];
	// Airflow answers, and has dropped the DAG with its runs; or its runs have not been asked for yet.
	if (!hasData && face.kind === 'live') {
		const isGone = state.dags !== null && !pipeline.dag;
		return { title, rows: isGone ? emptyRows(pipeline, input) : [[{ text: 'Asking Airflow', tone: 'muted' }]] };
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

/** When the runs that are shown were fetched, and of a run that goes on its tasks: the older of the two. */
function seenOf(state: StackState, { dagId, run }: ShownPipeline): number | undefined {
	const runsAt = state.runsSeenAt[dagId];
	const tasksAt = run && state.tasksSeenAt[runKey(dagId, run.dagRunId)];
	if (runsAt === undefined || tasksAt === undefined || !run) return runsAt;
	return isActiveRun(run) || tasksAt < (run.endedAt ?? 0) ? Math.min(runsAt, tasksAt) : runsAt;
}

/** Rows that the stages would like to have at this width, for the layout. */
export function pipelineRowCount(stages: number, width: number): number {
	return stages > 0 && width >= stageBoxesWidth(stages)
		? 6
		: Math.max(3, Math.ceil((stages * 36) / Math.max(1, width)));
}

function emptyRows({ dagId, dag }: ShownPipeline, { state, glyphs, width, keyOf }: PipelineViewInput): Line[] {
	if (state.dags && !dag) {
		const others = state.dags.map(one => one.dagId);
		const hint =
			others.length > 0
				? `${keyOf('choose-dag') ?? 'The palette'} chooses another: ${others.slice(0, 5).join(', ')}`
				: 'It knows no DAG at all: is the dags folder mounted, and the scheduler running?';
		return [
			...sentence(glyphs.fold(`Airflow has no DAG ${dagId}.`), width, 'active'),
			...sentence(glyphs.fold(hint), width),
		];
	}
	const key = keyOf('trigger');
	const start = dag?.isPaused ? 'unpauses it and starts a run' : 'starts a run';
	const hints = [dag?.isPaused ? 'It is paused.' : '', key ? `${key} ${start}.` : ''].filter(Boolean);
	return sentence(['No run yet.', ...hints].join(' '), width);
}

function runRows(pipeline: ShownPipeline, input: WithWaiters, rowsAbove: number): Line[] {
	const { glyphs, width, now } = input;
	if (input.zoomed) return zoomedRows(pipeline, input, input.height - rowsAbove);
	if (pipeline.stages.length === 0)
		return [[{ text: 'Airflow has made no task instances for this run yet.', tone: 'muted' }]];
	const room = input.height - rowsAbove;
	if (pipeline.isChain && room >= 6 && width >= stageBoxesWidth(pipeline.stages.length)) {
		return stageBoxes(pipeline.stages, width, now, glyphs, input);
	}
	return flowRows(pipeline, input, room);
}
