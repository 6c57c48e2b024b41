import { standingWaiter, type Waiter, waitersIn } from '../../../diagnosis/waiting/waiters.ts';
import { type TaskFailure, tryKey } from '../../../model/airflow/task-failure.ts';
import { taskStateLook } from '../../../model/airflow/task-state.ts';
import type { StackState } from '../../../model/state.ts';
import { type Line, wrapText } from '../../../presentation/text.ts';
import type { ShownPipeline, Stage } from '../../../selectors/dag-runs/shown-pipeline.ts';
import { instanceName } from '../../../selectors/links/running-tasks.ts';
import { render } from '../../../words/message.ts';
import type { PipelineViewInput } from './pipeline-input.ts';

/** Rows of notices above the stages, for the layout. */
export function pipelineNoticeRows(
	state: StackState,
	pipeline: ShownPipeline,
	{ now, project }: Pick<PipelineViewInput, 'now' | 'project'>,
): number {
	const failing = pipeline.stages.some(stage => failureOfStage(stage, state));
	const instances = pipeline.stages.flatMap(stage => stage.instances);
	const standing = pipeline.run && standingWaiter(waitersIn(state, pipeline.run, now, project), instances, now);
	return (state.feeds.pipeline.status === 'failed' ? 1 : 0) + (failing ? 1 : 0) + (standing ? 1 : 0);
}

/** Why a run makes no progress. */
export function waitRows(
	{ stages }: ShownPipeline,
	waiters: readonly Waiter[],
	{ glyphs, now, language }: Pick<PipelineViewInput, 'glyphs' | 'now' | 'language'>,
): Line[] {
	const found = standingWaiter(
		waiters,
		stages.flatMap(({ instances }) => instances),
		now,
	);
	if (!found) return [];
	const { task, wait } = found;
	const look = taskStateLook(task.state);
	return [
		[
			{ text: `${glyphs.state[look.symbol]} ${glyphs.fold(instanceName(task))}: `, tone: look.tone, bold: true },
			{ text: glyphs.fold(render(wait.message, language)), tone: wait.needsHelp ? 'warning' : look.tone },
		],
	];
}

/** Why a stage failed; undefined after it was cleared or got another state. */
function failureOfStage({ shown }: Stage, { taskFailures }: StackState): TaskFailure | undefined {
	return shown?.state === 'failed' || shown?.state === 'up_for_retry' ? taskFailures[tryKey(shown)] : undefined;
}

/** Why the first failed stage failed, from its log; in the zoomed pane with the lines before. */
export function failureRows(
	{ stages }: ShownPipeline,
	{ state, glyphs, width, zoomed, say, language }: PipelineViewInput,
): Line[] {
	for (const stage of stages) {
		const { taskId, shown, look } = stage;
		const failure = failureOfStage(stage, state);
		if (!failure || !shown) continue;
		const tried = say(['{task} try {n}', '{task} 시도 {n}'], { task: glyphs.fold(taskId), n: shown.tryNumber });
		const reason = glyphs.fold(render(failure.reason, language));
		const lead = `${glyphs.state[look.symbol]} ${tried}: `;
		const line: Line = [
			{ text: lead, tone: look.tone, bold: true },
			{ text: reason, tone: look.tone },
		];
		if (!zoomed) return [line];
		return [
			...wrapText(lead + reason, width).map((text): Line => [{ text, tone: look.tone, bold: true }]),
			...failure.tail.slice(-tailShown).map((text): Line => [{ text: `  ${glyphs.fold(text)}`, tone: 'muted' }]),
		];
	}
	return [];
}

/** Log lines of a failed try in the zoomed pane. */
const tailShown = 6;

export function importErrorRows({ state, dagId, glyphs, say }: PipelineViewInput): Line[] {
	const dag = state.dags?.find(one => one.dagId === dagId);
	const errors = state.importErrors.filter(
		error => state.dags !== null && (dag === undefined || error.fileName === dag.fileLocation),
	);
	return errors.slice(0, 1).map((error): Line => {
		const last = error.stackTrace.trimEnd().split('\n').at(-1) ?? '';
		const more = errors.length > 1 ? ` ${say(['(and {n} more)', '(외 {n}건)'], { n: errors.length - 1 })}` : '';
		return [{ text: glyphs.fold(`${glyphs.state.failed} ${error.fileName}: ${last}${more}`), tone: 'bad' }];
	});
}
