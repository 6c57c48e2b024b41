import type { Monitor } from '../../app/monitor.ts';
import { isRunCleared } from '../../model/airflow/clears.ts';
import { type DagRun, isActiveRun, isFinishedTask, type TaskInstance } from '../../model/airflow/pipeline.ts';
import { waitsForAnswer } from '../../model/airflow/question.ts';
import { tryKey } from '../../model/airflow/task-failure.ts';
import { dagRunStateLook } from '../../model/airflow/task-state.ts';
import type { StackState } from '../../model/state.ts';
import { stopwatch } from '../../presentation/format.ts';
import { type Line, lineWidth } from '../../presentation/text.ts';
import { type ShownPipeline, shownPipeline } from '../../selectors/dag-runs/shown-pipeline.ts';
import { usualMsOf } from '../../selectors/durations/usual-run.ts';
import { joined, type Message, phrase, quoted, render } from '../../words/message.ts';
import type { CommandContext } from '../context/context.ts';
import { runPart } from '../facts/airflow.ts';
import type { RunPart } from '../json/airflow.ts';
import { taskCell } from '../output/text-parts.ts';
import { exitCodes } from '../rows/command.ts';
import type { Waited } from './change.ts';
import { ProgressLine } from './progress-line.ts';
import { RunStream } from './run-stream.ts';

/** Twice a second: the bar shows a clock in seconds. */
const tickMs = 500;
/** For the log of a task that has just failed, ms; it is mostly there at once. The run is then reported without a reason. */
const explainMs = 8000;

/**
 * Waits until a DAG run has finished: on a terminal with a bar, elsewhere with a line per change of a task. Ctrl-C and
 * `--timeout` only stop waiting; the DAG run continues.
 * @param isNew whether the change created the DAG run; otherwise its tasks were fetched before the change
 */
export async function waitForRun(
	context: CommandContext,
	monitor: Monitor,
	dagId: string,
	dagRunId: string,
	isNew = false,
): Promise<Waited> {
	const { io, given, signal, say } = context;
	const { store, clock } = monitor;
	const timeoutMs = given.durationMs('timeout');
	const deadline = timeoutMs === undefined ? Number.POSITIVE_INFINITY : clock.now() + timeoutMs;
	monitor.interest.setState({ dagId, dagRunId });
	const progress = await ProgressLine.for(context);
	const reported = new Map<string, string>();
	let lastComplaint = '';
	// States from before the change are not reported. A new DAG run has none: each of its tasks is reported, also one that
	// has finished by the first look.
	const before = isNew ? [] : shownPipeline(store.current(), dagId, dagRunId).stages;
	await lookAtRun(monitor, dagId, dagRunId, signal);
	const stream = new RunStream(monitor, dagId, dagRunId, signal);
	for (const { taskId, shown } of before) if (shown && isFinishedTask(shown)) reported.set(taskId, endOf(shown));
	try {
		for (;;) {
			// A bar moves each second; without one, what the server reports is enough.
			const isStreamed = stream.isLive && progress === null;
			if (monitor.interest.getState().focused === isStreamed) monitor.interest.setState({ focused: !isStreamed });
			if (stream.takeNews()) await lookAtRun(monitor, dagId, dagRunId, signal);
			const state = store.current();
			const shown = shownPipeline(state, dagId, dagRunId);
			const feed = state.feeds.pipeline;
			const complaint = feed.status === 'failed' ? render(feed.failure.message, context.language) : '';
			if (complaint !== lastComplaint && complaint !== '')
				say(phrase(['{complaint}; still waiting', '{complaint}. 계속 기다립니다'], { complaint }));
			lastComplaint = complaint;
			if (progress) progress.draw(barLine(shown, state, clock.now(), progress));
			else for (const line of changes(shown, reported, context)) io.stderr.write(`${line}\n`);
			const { run } = shown;
			// A response from before the change may show the old state: asked for once more.
			const hasEnded = run && !isActiveRun(run) && hasSettled(shown);
			if (hasEnded && (await lookAtRun(monitor, dagId, dagRunId, signal))?.state === run.state) {
				const part = runPart(run, clock.now());
				if (run.state === 'failed') await untilExplained(monitor, dagId, dagRunId, signal);
				const last = store.current();
				return {
					exitCode: run.state === 'success' ? exitCodes.ok : exitCodes.failed,
					message: endMessage(part, whyFailed(last, shownPipeline(last, dagId, dagRunId))),
					run: part,
				};
			}
			if (signal.aborted) {
				say(
					phrase(['stopped waiting; {run} continues', '기다리기를 멈췄습니다. {run}은(는) 계속됩니다'], {
						run: dagRunId,
					}),
				);
				return { exitCode: exitCodes.interrupted, message: null, run: run && runPart(run, clock.now()) };
			}
			const left = deadline - clock.now();
			if (left <= 0) {
				say(timedOut(dagRunId, run?.state, timeoutMs ?? 0));
				return { exitCode: exitCodes.unreachable, message: null, run: run && runPart(run, clock.now()) };
			}
			await clock.sleep(Math.min(tickMs, left), signal);
		}
	} finally {
		stream.close();
		progress?.clear();
	}
}

/** Fetches the DAG run and its tasks now; undefined without an answer: the feed has the reason. */
export async function lookAtRun(
	{ clients, observe, store }: Monitor,
	dagId: string,
	dagRunId: string,
	signal: AbortSignal,
): Promise<DagRun | undefined> {
	try {
		const run = await clients.airflow?.dagRun(dagId, dagRunId, signal);
		const taskInstances = await clients.airflow?.taskInstances(dagId, dagRunId, signal);
		if (!run || !taskInstances) return undefined;
		const others = (store.current().dagRuns[dagId] ?? []).filter(one => one.dagRunId !== dagRunId);
		observe({ type: 'dag runs fetched', dagId, runs: [run, ...others] });
		observe({ type: 'task instances fetched', dagId, dagRunId, taskInstances });
		return run;
	} catch {
		return undefined;
	}
}

/** The tasks of a finished DAG run may be a moment behind it. */
function hasSettled({ stages, run }: ShownPipeline): boolean {
	const tasks = stages.flatMap(stage => stage.instances);
	return run?.state === 'failed' || tasks.every(isFinishedTask);
}

/** Distinguishes two ends of one task, even two successes: of a try, and of the one after it was cleared. */
const endOf = ({ state, tryNumber, startedAt }: TaskInstance) => [state, tryNumber, startedAt].join(' ');

/** A line for each task whose state has changed since the last report. */
function changes({ stages }: ShownPipeline, reported: Map<string, string>, context: CommandContext): string[] {
	return stages.flatMap(({ taskId, shown }) => {
		const state = shown?.state ?? null;
		if (!shown || state === null) return [];
		const key = isFinishedTask(shown) ? endOf(shown) : state;
		if (reported.get(taskId) === key) return [];
		reported.set(taskId, key);
		const { text: say } = context;
		const tries =
			shown.tryNumber > 1 ? say([' (try {number})', '({number}번째 시도)'], { number: shown.tryNumber }) : '';
		const duration =
			isFinishedTask(shown) && shown.durationSeconds !== null
				? say([' after {duration}', ', 소요 시간 {duration}'], { duration: stopwatch(shown.durationSeconds * 1000) })
				: '';
		const hint = waitsForAnswer(shown) ? say([' (answer with laketop answer)', '(laketop answer로 답하세요)']) : '';
		return [`${taskId}: ${taskCell(state, context).text}${duration}${tries}${hint}`];
	});
}

const firstFailed = ({ stages }: ShownPipeline): TaskInstance | undefined =>
	stages.flatMap(stage => stage.instances).find(task => task.state === 'failed');

/** Waits for the feed to read the log of the failed task; the request that reported the end came before it. */
async function untilExplained(monitor: Monitor, dagId: string, dagRunId: string, signal: AbortSignal): Promise<void> {
	const { store, clock, interest } = monitor;
	interest.setState({ focused: true });
	monitor.refresh();
	for (const end = clock.now() + explainMs; clock.now() < end && !signal.aborted; await clock.sleep(100, signal)) {
		const failed = firstFailed(shownPipeline(store.current(), dagId, dagRunId));
		const failure = failed && store.current().taskFailures[tryKey(failed)];
		if (!failed || (failure && !failure.isUnread)) return;
	}
}

/** The first failed task of a failed DAG run, with its error if known. */
function whyFailed(state: StackState, shown: ShownPipeline): Message | null {
	if (shown.run?.state !== 'failed') return null;
	const failed = firstFailed(shown);
	if (!failed) return null;
	const reason = state.taskFailures[tryKey(failed)]?.reason;
	const task = quoted(failed.taskId);
	return reason === undefined ? task : joined([task, reason], ': ');
}

function endMessage({ dag_run_id, state, elapsed_ms }: RunPart, why: Message | null): Message {
	const look = dagRunStateLook(state);
	const values = { run: dag_run_id, state: phrase(look.word) };
	const end =
		elapsed_ms === null
			? phrase(['{run}: {state}', '{run}: {state}'], values)
			: phrase(['{run}: {state} after {elapsed}', '{run}: {state}, 소요 시간 {elapsed}'], {
					...values,
					elapsed: stopwatch(elapsed_ms),
				});
	return why === null ? end : joined([end, why], ': ');
}

function timedOut(run: string, state: string | undefined, timeoutMs: number): Message {
	const timeout = stopwatch(timeoutMs);
	return state === undefined
		? phrase(
				[
					'timed out after {timeout}: {run} has not appeared yet',
					'{timeout} 후 시간 초과: {run}이(가) 아직 나타나지 않았습니다',
				],
				{ run, timeout },
			)
		: phrase(
				[
					'timed out after {timeout}: {run} is {state} and continues',
					'{timeout} 후 시간 초과: {run}은(는) {state} 상태이며 계속됩니다',
				],
				{ run, timeout, state: phrase(dagRunStateLook(state).word) },
			);
}

/** `● running ███░░░░ 3/7 silver_to_gold  0:21, usually 0:53` */
function barLine(shown: ShownPipeline, state: StackState, now: number, { style, columns }: ProgressLine): Line {
	const { glyphs } = style;
	const { run, stages, dagId } = shown;
	const done = stages.filter(stage => stage.shown && isFinishedTask(stage.shown)).length;
	const current = stages.find(stage => stage.shown && !isFinishedTask(stage.shown) && stage.shown.state !== null);
	// A cleared DAG run takes longer than others.
	const isCleared =
		run &&
		isRunCleared(
			run,
			stages.flatMap(({ instances }) => instances),
			state.dagTasks[dagId] ?? [],
		);
	const usual = isCleared || !run ? null : usualMsOf(state, run);
	const look = taskCell(run?.state ?? 'queued', style);
	const elapsed = run?.startedAt == null ? '' : stopwatch(now - run.startedAt);
	const usually =
		usual === null || elapsed === ''
			? ''
			: style.say([', usually {usual}', ', 보통 {usual}'], { usual: stopwatch(usual) });
	const lead: Line = [{ text: `${look.symbol ? `${glyphs.state[look.symbol]} ` : ''}${look.text} `, tone: look.tone }];
	const tail: Line = [
		{ text: ` ${done}/${stages.length}` },
		{ text: current ? ` ${current.taskId}` : '', bold: true },
		{ text: `  ${elapsed}${usually}`, tone: 'muted' },
	];
	const width = Math.max(0, Math.min(30, columns - lineWidth(lead) - lineWidth(tail) - 1));
	const full = stages.length === 0 ? 0 : Math.round((done / stages.length) * width);
	const [on, off] = glyphs.progress;
	return [
		...lead,
		{ text: on.repeat(full), tone: look.tone },
		{ text: off.repeat(width - full), tone: 'muted' },
		...tail,
	];
}
