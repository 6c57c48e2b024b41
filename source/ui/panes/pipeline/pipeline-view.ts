import type { Language } from '../../../diagnosis/messages/message.ts';
import { render } from '../../../diagnosis/messages/render.ts';
import { standingWaiter, type Waiter, waitersIn } from '../../../diagnosis/waiting/waiters.ts';
import { inSeconds } from '../../../model/amounts.ts';
import { runElapsedMs, taskElapsedMs } from '../../../model/durations.ts';
import { type DagRun, isActiveRun } from '../../../model/pipeline.ts';
import { maskText } from '../../../model/secrets.ts';
import { runKey, type StackState } from '../../../model/state.ts';
import { type TaskFailure, tryKey } from '../../../model/task-failure.ts';
import { dagRunStateLook, taskStateLook } from '../../../model/task-state.ts';
import { stopwatch } from '../../../presentation/format.ts';
import type { Glyphs } from '../../../presentation/glyphs.ts';
import { runName } from '../../../presentation/run-name.ts';
import { fit, type Line, type Span, textWidth, wrapText } from '../../../presentation/text.ts';
import { runForecast } from '../../../selectors/run-forecast.ts';
import { instanceName } from '../../../selectors/running-tasks.ts';
import { type ShownPipeline, type Stage, shownPipeline } from '../../../selectors/shown-pipeline.ts';
import { faceOf, oldWords, sentence, staleNotice } from '../../face.ts';
import { firstVisible, type PaneView, type ViewContext } from '../view-context.ts';
import { stageBoxes, stageBoxesWidth } from './stage-boxes.ts';
import { stageWords } from './stage-words.ts';

export type PipelineViewInput = ViewContext & {
	readonly dagId: string;
	/** The run picked by hand; null follows the newest. */
	readonly dagRunId: string | null;
	/** The stage picked by hand. */
	readonly taskId: string | null;
	/** The chosen instance of it, where it is mapped. */
	readonly instance?: string | null;
	/** What is marked, `task ID`. */
	readonly marks: readonly string[];
	/** Compose project of the stack. */
	readonly project: string | null;
	readonly language: Language;
};

type WithWaiters = PipelineViewInput & { readonly waiters: readonly Waiter[] };

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

function titleOf(
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

/** Rows that notices take above the stages, for the layout. */
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

/** Why a run that stands still does not get on. */
function waitRows(
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

/** Why a stage has failed; nothing where it was since cleared, or marked otherwise. */
function failureOfStage({ shown }: Stage, { taskFailures }: StackState): TaskFailure | undefined {
	return shown?.state === 'failed' || shown?.state === 'up_for_retry' ? taskFailures[tryKey(shown)] : undefined;
}

/** Why the first failed stage failed, in the words of its own log; opened: with the lines before. */
function failureRows({ stages }: ShownPipeline, { state, glyphs, width, zoomed }: PipelineViewInput): Line[] {
	for (const stage of stages) {
		const { taskId, shown, look } = stage;
		const failure = failureOfStage(stage, state);
		if (!failure || !shown) continue;
		const lead = `${glyphs.state[look.symbol]} ${glyphs.fold(taskId)} try ${shown.tryNumber}: `;
		const line: Line = [
			{ text: lead, tone: look.tone, bold: true },
			{ text: glyphs.fold(failure.reason), tone: look.tone },
		];
		if (!zoomed) return [line];
		return [
			...wrapText(lead + glyphs.fold(failure.reason), width).map(
				(text): Line => [{ text, tone: look.tone, bold: true }],
			),
			...failure.tail.slice(-tailShown).map((text): Line => [{ text: `  ${glyphs.fold(text)}`, tone: 'muted' }]),
		];
	}
	return [];
}

/** Lines of a failed try's log that are shown in the opened pane. */
const tailShown = 6;

function importErrorRows({ state, dagId, glyphs }: PipelineViewInput): Line[] {
	const dag = state.dags?.find(one => one.dagId === dagId);
	const errors = state.importErrors.filter(
		error => state.dags !== null && (dag === undefined || error.fileName === dag.fileLocation),
	);
	return errors.slice(0, 1).map((error): Line => {
		const last = error.stackTrace.trimEnd().split('\n').at(-1) ?? '';
		const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
		return [{ text: glyphs.fold(`${glyphs.state.failed} ${error.fileName}: ${last}${more}`), tone: 'bad' }];
	});
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

/** The stages one after the other, as many in a row as fit; only symbols and names where even that is too much. */
function flowRows({ stages, isChain }: ShownPipeline, input: PipelineViewInput, room: number): Line[] {
	const { glyphs, width, now } = input;
	const joint: Span = { text: isChain ? ` ${glyphs.arrow} ` : '   ', tone: 'muted' };
	const flow = (cells: readonly Line[]) => {
		const rows: Span[][] = [];
		let used = Number.POSITIVE_INFINITY;
		for (const cell of cells) {
			const cellWidth = cell.reduce((sum, span) => sum + textWidth(span.text), 0);
			if (used + 3 + cellWidth > width) {
				rows.push([...cell]);
				used = cellWidth;
			} else {
				rows.at(-1)?.push(joint, ...cell);
				used += 3 + cellWidth;
			}
		}
		return rows;
	};
	const full = flow(stages.map(stage => picked(stage, input, stageSpans(stage, now, glyphs, true))));
	return full.length <= room
		? full
		: flow(stages.map(stage => picked(stage, input, stageSpans(stage, now, glyphs, false))));
}

/** A picked stage is reversed, a marked one bears a star. */
function picked({ taskId }: Stage, input: Pick<PipelineViewInput, 'taskId' | 'marks'>, spans: Line): Line {
	const marked: Line = input.marks.includes(`task ${taskId}`)
		? [{ text: '* ', tone: 'accent', bold: true }, ...spans]
		: spans;
	return input.taskId === taskId ? marked.map(span => ({ ...span, inverse: true })) : marked;
}

function stageSpans(stage: Stage, now: number, glyphs: Glyphs, isFull: boolean): Line {
	const { look } = stage;
	const spans: Span[] = [
		{ text: `${glyphs.state[look.symbol]} `, tone: look.tone, bold: true },
		{ text: glyphs.fold(stage.taskId) },
	];
	const words = stageWords(stage, now);
	if (isFull || look.tone === 'bad' || look.tone === 'warning' || look.tone === 'active') {
		spans.push({ text: ` ${look.word}${words ? ` ${words}` : ''}`, tone: look.tone });
	}
	return spans;
}

/** The whole pane: runs on top, to pick from, the picked one's stages as a table below. */
function zoomedRows({ runs, run, stages }: ShownPipeline, input: WithWaiters, room: number): Line[] {
	const { glyphs, now, width } = input;
	const runsHeight = Math.max(1, Math.min(runs.length, room - stages.length - 3, Math.floor(room / 2)));
	const selected = Math.max(0, run ? runs.indexOf(run) : 0);
	const first = firstVisible(runs.length, selected, runsHeight);
	const listed = runs.slice(first, first + runsHeight);
	// A date of another year is longer.
	const names = new Map(listed.map(one => [one, glyphs.fold(runName(one, now, runs))]));
	const runWidth = Math.min(36, Math.max(22, ...listed.map(one => textWidth(names.get(one) ?? ''))));
	const rows: Line[] = [
		[
			{
				text: `  ${fit('RUN', runWidth, '')} ${fit('STATE', 12, '')} ${fit('TOOK', 8, '', 'right')}  CONF, NOTE, RUN ID`,
				tone: 'muted',
			},
		],
	];
	for (const one of listed) {
		rows.push(runRow(one, names.get(one) ?? '', one === run, input, runWidth));
	}
	rows.push([{ text: '' }]);
	const showsHost = width >= 90;
	const nameWidth = Math.min(40, Math.max(8, ...stages.map(stage => textWidth(glyphs.fold(stage.taskId)))));
	rows.push([
		{
			text: `  ${fit('TASK', nameWidth, '')} ${fit('STATE', 17, '')} ${fit('TRY', 5, '', 'right')} ${fit('QUEUED', 11, '', 'right')} ${fit('TOOK', 8, '', 'right')}${showsHost ? '  ON' : ''}`,
			tone: 'muted',
		},
	]);
	const longest = Math.max(1, ...stages.map(stage => (stage.shown && taskElapsedMs(stage.shown, now)) ?? 0));
	for (const stage of stages) {
		const { shown: task, look } = stage;
		const elapsed = task ? taskElapsedMs(task, now) : null;
		const waited = task?.queuedAt && task.startedAt ? Math.max(0, task.startedAt - task.queuedAt) : null;
		const barWidth = Math.max(0, Math.min(30, width - nameWidth - 68));
		const bar = elapsed === null ? 0 : Math.max(1, Math.round((elapsed / longest) * barWidth));
		const isMarked = input.marks.includes(`task ${stage.taskId}`);
		const waiter = input.waiters.find(one => one.task === task);
		const wait = waiter && render(waiter.wait.message, input.language);
		const cells: Line = [
			{ text: `${glyphs.state[look.symbol]}${isMarked ? '*' : ' '}`, tone: look.tone, bold: true },
			{ text: `${fit(glyphs.fold(stage.taskId), nameWidth, glyphs.ellipsis)} ` },
			{ text: `${fit(look.word, 17, glyphs.ellipsis)} `, tone: look.tone },
			{ text: `${fit(task ? `${task.tryNumber}/${task.maxTries + 1}` : '', 5, '', 'right')} ` },
			{ text: `${fit(waited === null ? '' : inSeconds(waited, 1), 11, '', 'right')} ` },
			{ text: `${fit(elapsed === null ? '' : stopwatch(elapsed), 8, '', 'right')}  ` },
			...(wait === undefined
				? [
						{
							text: showsHost
								? fit(glyphs.fold(workerName(input.state, task?.hostname ?? '')), 16, glyphs.ellipsis)
								: '',
							tone: 'muted' as const,
						},
					]
				: // What waits is on no host.
					[{ text: glyphs.fold(wait), tone: 'waiting' as const }]),
			{ text: barWidth > 0 && bar > 0 ? ` ${glyphs.progress[0].repeat(bar)}` : '', tone: look.tone },
		];
		rows.push(input.taskId === stage.taskId ? cells.map(span => ({ ...span, inverse: true })) : cells);
	}
	return rows;
}

/** A worker's hostname is its container's short id, unless it was given one: people know the container's name. */
function workerName(state: StackState, hostname: string): string {
	if (!/^[0-9a-f]{12}$/.test(hostname)) return hostname;
	const service = Object.values(state.containers).find(({ container }) => container.id.startsWith(hostname));
	return service?.container.name ?? hostname;
}

function runRow(
	run: DagRun,
	name: string,
	isSelected: boolean,
	{ glyphs, now, focused }: PipelineViewInput,
	nameWidth: number,
): Line {
	const look = dagRunStateLook(run.state);
	const elapsed = runElapsedMs(run, now);
	const line: Line = [
		{ text: isSelected ? `${glyphs.selected} ` : '  ', tone: 'accent' },
		{ text: `${fit(name, nameWidth, glyphs.ellipsis)} ` },
		{ text: fit(`${glyphs.state[look.symbol]} ${look.word}`, 12, glyphs.ellipsis), tone: look.tone },
		{ text: ` ${fit(elapsed === null ? '' : stopwatch(elapsed), 8, '', 'right')}  ` },
		{
			text: glyphs.fold(
				[
					run.conf && maskText(run.conf.slice(0, 1000)).slice(0, 500),
					run.note && `"${maskText(run.note).replaceAll('\n', ' ')}"`,
					run.dagRunId,
				]
					.filter(Boolean)
					.join('  '),
			),
		},
	];
	return isSelected && focused ? line.map(span => ({ ...span, inverse: true })) : line;
}
