import type { Monitor } from '../app/monitor.ts';
import { isRunCleared } from '../model/clears.ts';
import { usualRunMs } from '../model/durations.ts';
import { type DagRun, isActiveRun, isFinishedTask, type TaskInstance } from '../model/pipeline.ts';
import type { StackState } from '../model/state.ts';
import { tryKey } from '../model/task-failure.ts';
import { stopwatch } from '../presentation/format.ts';
import { type Line, lineWidth } from '../presentation/text.ts';
import { type ShownPipeline, shownPipeline } from '../selectors/shown-pipeline.ts';
import { render } from '../words/message.ts';
import type { Waited } from './change.ts';
import { exitCodes } from './command.ts';
import type { CommandContext } from './context.ts';
import { runPart } from './facts.ts';
import { ProgressLine } from './progress-line.ts';
import { taskCell } from './text-parts.ts';

/** The bar is drawn again so often, for the clock in it. */
const tickMs = 500;

/**
 * Waits for a run's end: on a terminal with a bar, elsewhere with a line for each change of a task. Ctrl-C, and the end
 * of `--timeout`, end the waiting alone: the run goes on. `isNew`: the run was made by the change itself; of another one
 * the tasks were looked at before the change.
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
	const told = new Map<string, string>();
	let lastComplaint = '';
	// What was seen before the change is not what is waited for. A new run had nothing before it: each of its tasks is
	// news, also one that has ended by the first look.
	const before = isNew ? [] : shownPipeline(store.current(), dagId, dagRunId).stages;
	await lookAtRun(monitor, dagId, dagRunId, signal);
	for (const { taskId, shown } of before) if (shown && isFinishedTask(shown)) told.set(taskId, endOf(shown));
	try {
		for (;;) {
			const state = store.current();
			const shown = shownPipeline(state, dagId, dagRunId);
			const feed = state.feeds.pipeline;
			const complaint = feed.status === 'failed' ? render(feed.failure.message, context.config.language) : '';
			if (complaint !== lastComplaint && complaint !== '') say(`${complaint}; still waiting`);
			lastComplaint = complaint;
			if (progress) progress.draw(barLine(shown, state, clock.now(), progress));
			else for (const line of changes(shown, told, context)) io.stderr.write(`${line}\n`);
			const { run } = shown;
			// An answer that was under way when the change was made may tell of the run as it was: asked for once more.
			const hasEnded = run && !isActiveRun(run) && hasSettled(shown);
			if (hasEnded && (await lookAtRun(monitor, dagId, dagRunId, signal))?.state === run.state) {
				const part = runPart(run, clock.now());
				const took = part.elapsed_ms === null ? '' : ` after ${stopwatch(part.elapsed_ms)}`;
				const why = whyFailed(state, shown);
				return {
					exitCode: run.state === 'success' ? exitCodes.ok : exitCodes.failed,
					message: `${dagRunId}: ${run.state}${took}${why}`,
					run: part,
				};
			}
			if (signal.aborted) {
				say(`${dagRunId} goes on: only the waiting was ended`);
				return { exitCode: exitCodes.interrupted, message: '', run: run && runPart(run, clock.now()) };
			}
			const left = deadline - clock.now();
			if (left <= 0) {
				say(
					`${dagRunId} is ${run?.state ?? 'not seen yet'} after ${stopwatch(timeoutMs ?? 0)}; it goes on, but is not waited for any more`,
				);
				return { exitCode: exitCodes.unreachable, message: '', run: run && runPart(run, clock.now()) };
			}
			await clock.sleep(Math.min(tickMs, left), signal);
		}
	} finally {
		progress?.clear();
	}
}

/** Asks for the run and its tasks now; undefined where there is no answer: the feed tells why. */
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

/** The tasks of a run that has ended may be a moment behind it. */
function hasSettled({ stages, run }: ShownPipeline): boolean {
	const tasks = stages.flatMap(stage => stage.instances);
	return run?.state === 'failed' || tasks.every(isFinishedTask);
}

/** Tells two ends of one task apart, also where both are successes: of a try, and of the one after it was cleared. */
const endOf = ({ state, tryNumber, startedAt }: TaskInstance) => [state, tryNumber, startedAt].join(' ');

/** A line for each task whose state is another one than was told. */
function changes({ stages }: ShownPipeline, told: Map<string, string>, context: CommandContext): string[] {
	return stages.flatMap(({ taskId, shown }) => {
		const state = shown?.state ?? null;
		if (!shown || state === null) return [];
		const key = isFinishedTask(shown) ? endOf(shown) : state;
		if (told.get(taskId) === key) return [];
		told.set(taskId, key);
		const tries = shown.tryNumber > 1 ? ` (try ${shown.tryNumber})` : '';
		const took =
			isFinishedTask(shown) && shown.durationSeconds !== null
				? ` after ${stopwatch(shown.durationSeconds * 1000)}`
				: '';
		return [`${taskId}: ${taskCell(state, context).text}${took}${tries}`];
	});
}

function whyFailed(state: StackState, { run, stages }: ShownPipeline): string {
	if (run?.state !== 'failed') return '';
	const failed = stages.flatMap(stage => stage.instances).find(task => task.state === 'failed');
	if (!failed) return '';
	const reason = state.taskFailures[tryKey(failed)]?.reason;
	return `: ${failed.taskId}${reason === undefined ? '' : `: ${reason}`}`;
}

/** `● running ███░░░░ 3/7 silver_to_gold  0:21, usually 0:53` */
function barLine(shown: ShownPipeline, state: StackState, now: number, { style, columns }: ProgressLine): Line {
	const { glyphs } = style;
	const { run, stages, dagId } = shown;
	const done = stages.filter(stage => stage.shown && isFinishedTask(stage.shown)).length;
	const current = stages.find(stage => stage.shown && !isFinishedTask(stage.shown) && stage.shown.state !== null);
	// What was cleared makes a run longer than others.
	const isCleared =
		run &&
		isRunCleared(
			run,
			stages.flatMap(({ instances }) => instances),
			state.dagTasks[dagId] ?? [],
		);
	const usual = isCleared ? null : usualRunMs(state.dagRuns[dagId] ?? []);
	const look = taskCell(run?.state ?? 'queued', style);
	const elapsed = run?.startedAt == null ? '' : stopwatch(now - run.startedAt);
	const lead: Line = [{ text: `${look.symbol ? `${glyphs.state[look.symbol]} ` : ''}${look.text} `, tone: look.tone }];
	const tail: Line = [
		{ text: ` ${done}/${stages.length}` },
		{ text: current ? ` ${current.taskId}` : '', bold: true },
		{ text: `  ${elapsed}${usual === null || elapsed === '' ? '' : `, usually ${stopwatch(usual)}`}`, tone: 'muted' },
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
