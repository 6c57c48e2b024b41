import type { AirflowClient, TaskTry } from '../clients/airflow/airflow.ts';
import { findTaskLog, followFile, writtenAt } from '../clients/airflow/task-log-file.ts';
import { LogDecoder } from '../clients/engine/log-frames.ts';
import type { Clock } from '../model/clock.ts';
import { ClientError, failureOf } from '../model/failure.ts';
import { type LogLine, markLine } from '../model/log-line.ts';
import { LineTimes } from '../model/log-times.ts';
import type { TaskLogWish } from '../model/log-watch.ts';
import { isFinishedTask, type TaskInstance } from '../model/pipeline.ts';
import type { LogEvent } from './container-log.ts';
import { backoffMs, type Wake } from './schedule.ts';

export type TaskLogDeps = {
	readonly clock: Clock;
	readonly random: () => number;
	readonly airflow: () => AirflowClient | null;
	/** The task instances of the run, as new as can be had. */
	readonly tasks: (wish: TaskLogWish, signal: AbortSignal) => Promise<readonly TaskInstance[]>;
	/** The folders of this machine in which Airflow's logs are. */
	readonly folders: () => readonly string[];
	/** Fired when something may have changed: a pause is cut short. */
	readonly wake: Wake;
};

export type TaskLogOptions = {
	/** Whether to go on with what comes; else it ends with what is there, and throws what it cannot get over. */
	readonly follow: boolean;
	/** Whether to wait for more when the task, or the run, has ended: it may be cleared and run again. */
	readonly forever: boolean;
	/** Bytes of the end of a file with which to begin; undefined: all. */
	readonly lastBytes?: number | undefined;
	readonly lineLimit?: number | undefined;
};

/** How often the state of the task is looked at. */
const stateMs = 900;
/** How often it is looked whether the file of a try that is due is there: it tells before the state does. */
const fileLookMs = 200;
/** A file that was there long before is of a run of the same name that was deleted. */
const freshMs = 10_000;
/** Airflow writes some lines of its own after it has set the state of a task. */
const lingerMs = 2000;
/** The file of a try that runs is there within this; after that the REST API is asked, if the folder is of another stack. */
const fileGraceMs = 3000;
/** The REST API reads the whole log for each part: it is asked so often while lines come, and less when none do. */
const restMs = 1000;
const restLimitMs = 1500;

/**
 * Follows the log of a task: from its file where that can be read here, which costs the webserver nothing, else by the
 * REST API. A mark begins every try and says which. Throws nothing but what nobody foresaw.
 */
export async function* followTask(
	deps: TaskLogDeps,
	wish: TaskLogWish,
	options: TaskLogOptions,
	signal: AbortSignal,
): AsyncGenerator<LogEvent> {
	const { clock, wake } = deps;
	const shown = new Set<string>();
	let last: TaskTry | null = null;
	let failures = 0;
	let said = '';
	const beganAt = clock.now();
	/** A try whose file has appeared while the server still says that it is queued. */
	let begun: TaskTry | null = null;
	while (!signal.aborted) {
		let tasks: readonly TaskInstance[];
		try {
			tasks = await deps.tasks(wish, signal);
			failures = 0;
		} catch (error) {
			if (signal.aborted) return;
			if (!options.follow) throw error;
			failures++;
			const pauseMs = backoffMs(failures, deps.random());
			yield { type: 'failed', failure: failureOf(error), retryAt: clock.now() + pauseMs };
			await wake.sleep(clock, pauseMs, signal);
			continue;
		}
		const next: TaskTry | null = nextTry(tasks, wish, options, shown, last) ?? begun;
		begun = null;
		if (next) {
			shown.add(tryName(next));
			yield* readTry(deps, wish, next, last, options, signal);
			last = next;
			said = '';
			continue;
		}
		if (!options.follow) return;
		const { words, isOver } = waitingFor(tasks, wish, last);
		if (words !== said) yield { type: 'status', status: isOver ? 'ended' : 'connecting', note: words };
		said = words;
		if (isOver && !options.forever) return;
		const due = isOver ? [] : dueTries(tasks, wish, last);
		const until = clock.now() + stateMs;
		while (begun === null && clock.now() < until && !signal.aborted) {
			await wake.sleep(clock, fileLookMs, signal);
			begun = await freshFile(deps.folders(), due, beganAt - freshMs);
		}
	}
}

function tryName({ taskId, mapIndex, tryNumber }: TaskTry): string {
	return `${taskId}\n${mapIndex}\n${tryNumber}`;
}

/** The try whose log is to be shown next; null: there is none yet. */
function nextTry(
	tasks: readonly TaskInstance[],
	wish: TaskLogWish,
	options: TaskLogOptions,
	shown: ReadonlySet<string>,
	last: TaskTry | null,
): TaskTry | null {
	const wanted = tasks.find(task => task.taskId === wish.taskId && task.mapIndex === wish.mapIndex);
	const of = (task: TaskInstance, tryNumber: number): TaskTry => ({
		dagId: task.dagId,
		dagRunId: task.dagRunId,
		taskId: task.taskId,
		mapIndex: task.mapIndex,
		tryNumber,
	});
	if (wish.follow !== 'run') {
		if (!wanted) return null;
		const first = wish.tryNumber ?? Math.max(1, wanted.tryNumber);
		const tryNumber = last === null ? first : last.tryNumber + 1;
		if (last !== null && (wish.follow === 'try' || !options.follow)) return null;
		return tryNumber <= wanted.tryNumber ? of(wanted, tryNumber) : null;
	}
	if (last === null && wanted && wanted.tryNumber > 0) return of(wanted, wish.tryNumber ?? wanted.tryNumber);
	const lastTask = last && tasks.find(task => task.taskId === last.taskId && task.mapIndex === last.mapIndex);
	// The task that was shown goes first: its own next try.
	if (last && lastTask && lastTask.tryNumber > last.tryNumber) return of(lastTask, last.tryNumber + 1);
	const since = lastTask?.startedAt ?? 0;
	const candidates = tasks
		.filter(task => task.tryNumber > 0 && task.startedAt !== null && task.startedAt >= since)
		.filter(task => !shown.has(tryName(of(task, task.tryNumber))))
		.toSorted((a, b) => (a.startedAt ?? 0) - (b.startedAt ?? 0));
	// Asked for by no stage: all of them, from the first; else what runs now. Then whatever began next, so that of stages
	// that run side by side none is left out.
	if (last === null && wish.taskId !== '') {
		const now = candidates.findLast(task => task.state === 'running') ?? candidates.at(-1);
		return now ? of(now, now.tryNumber) : null;
	}
	return candidates[0] ? of(candidates[0], 1) : null;
}

/** The tries that may begin next, of tasks that have not ended. */
function dueTries(tasks: readonly TaskInstance[], wish: TaskLogWish, last: TaskTry | null): TaskTry[] {
	const isLast = (task: TaskInstance) => last?.taskId === task.taskId && last.mapIndex === task.mapIndex;
	if (wish.follow === 'try' && last !== null) return [];
	return tasks
		.filter(task => !isFinishedTask(task) && task.state !== null)
		.filter(task => wish.follow === 'run' || (task.taskId === wish.taskId && task.mapIndex === wish.mapIndex))
		.map(task => {
			const { dagId, dagRunId, taskId, mapIndex } = task;
			const next = (isLast(task) && last ? Math.max(last.tryNumber, task.tryNumber) : task.tryNumber) + 1;
			return { dagId, dagRunId, taskId, mapIndex, tryNumber: next };
		})
		.filter(({ tryNumber }) => wish.follow !== 'try' || wish.tryNumber === null || wish.tryNumber === tryNumber);
}

/** The first of these tries whose log is there and was written since. */
async function freshFile(
	folders: readonly string[],
	tries: readonly TaskTry[],
	since: number,
): Promise<TaskTry | null> {
	for (const task of tries) {
		const path = await findTaskLog(folders, task);
		if (path !== null && (await writtenAt(path)) >= since) return task;
	}
	return null;
}

function waitingFor(tasks: readonly TaskInstance[], wish: TaskLogWish, last: TaskTry | null) {
	const wanted = tasks.find(task => task.taskId === wish.taskId && task.mapIndex === wish.mapIndex);
	if (wish.follow === 'run') {
		const isOver = tasks.length > 0 && tasks.every(isFinishedTask);
		if (isOver) return { words: 'the run has ended', isOver };
		const next = tasks.find(task => !isFinishedTask(task) && task.state !== null);
		return { words: next ? `${next.taskId} is ${next.state}` : 'no stage has begun', isOver };
	}
	if (!wanted) return { words: `the run has no ${wish.taskId} yet`, isOver: false };
	const state = wanted.state ?? 'not scheduled yet';
	const tooFar = wish.tryNumber !== null && last === null && wish.tryNumber > wanted.tryNumber;
	const words = tooFar
		? `try ${wish.tryNumber} has not begun: ${wish.taskId} is ${state}`
		: `${wish.taskId} is ${state}`;
	return { words, isOver: isFinishedTask(wanted) || (wish.follow === 'try' && last !== null) };
}

/** Whether a try has ended. The server's own `end_of_log` is true for queued tasks as well: the state is what counts. */
export function isTryOver(task: TaskInstance | undefined, tryNumber: number): boolean {
	if (!task) return false;
	if (task.tryNumber !== tryNumber) return task.tryNumber > tryNumber;
	return isFinishedTask(task) || task.state === 'up_for_retry';
}

async function* readTry(
	deps: TaskLogDeps,
	wish: TaskLogWish,
	task: TaskTry,
	before: TaskTry | null,
	options: TaskLogOptions,
	signal: AbortSignal,
): AsyncGenerator<LogEvent> {
	const { clock } = deps;
	const watched = new WatchedTry(deps, wish, task, signal);
	try {
		const times = new LineTimes();
		const lines = (some: readonly LogLine[]): LogEvent => ({ type: 'lines', lines: times.read(some) });
		const from = await whereFrom(deps, task, watched, options, signal);
		if (signal.aborted) return;
		const where = from.kind === 'file' ? `from the file ${from.path}` : `from Airflow's REST API`;
		const words = `${nameOf(task)}, try ${task.tryNumber}${before ? '' : ` (${where})`}`;
		yield { type: 'status', status: 'following', via: from.kind };
		yield { type: 'lines', lines: [{ ...markLine(words, clock.now()), task }] };
		if (from.kind === 'api') {
			yield* readByRest(deps, task, watched, times, options, signal);
		} else {
			const follow = {
				isOver: () => !options.follow || watched.isOver(lingerMs),
				lastBytes: options.lastBytes,
				lineLimit: options.lineLimit,
			};
			try {
				for await (const event of followFile(from.path, follow, signal)) {
					if (event.type === 'lines') yield lines(event.lines);
					else if (event.type === 'left out')
						yield lines([markLine(`${event.bytes} bytes before this are left out`, clock.now())]);
					else yield lines([markLine('the file was replaced: what follows is its new content', clock.now())]);
				}
			} catch (error) {
				if (signal.aborted) return;
				const reason = error instanceof Error ? error.message : String(error);
				yield lines([markLine(`the file cannot be read any more (${reason}); from Airflow's REST API`, clock.now())]);
				yield { type: 'status', status: 'following', via: 'api' };
				yield* readByRest(deps, task, watched, times, options, signal);
			}
		}
		if (signal.aborted) return;
		yield {
			type: 'lines',
			lines: [markLine(`${nameOf(task)}, try ${task.tryNumber}: ${watched.endWords()}`, clock.now())],
		};
	} finally {
		watched.stop();
	}
}

function nameOf({ taskId, mapIndex }: TaskTry): string {
	return mapIndex >= 0 ? `${taskId}[${mapIndex}]` : taskId;
}

/** Keeps looking at the state of a task while its log is read. */
class WatchedTry {
	#task: TaskInstance | undefined;
	#overAt: number | null = null;
	readonly #tryNumber: number;
	readonly #clock: Clock;
	readonly #stopped = new AbortController();

	constructor(deps: TaskLogDeps, wish: TaskLogWish, { taskId, mapIndex, tryNumber }: TaskTry, signal: AbortSignal) {
		this.#tryNumber = tryNumber;
		this.#clock = deps.clock;
		const stop = AbortSignal.any([signal, this.#stopped.signal]);
		const look = async () => {
			while (!stop.aborted) {
				try {
					const all = await deps.tasks(wish, stop);
					this.#task = all.find(task => task.taskId === taskId && task.mapIndex === mapIndex);
					if (isTryOver(this.#task, tryNumber)) this.#overAt ??= this.#clock.now();
					else this.#overAt = null;
				} catch {
					// The pipeline's feed says so; the log is read on meanwhile.
				}
				await deps.wake.sleep(deps.clock, stateMs, stop);
			}
		};
		void look();
	}

	/** Whether the try has been over for so many ms. */
	isOver(sinceMs: number): boolean {
		if (this.#overAt === null) return false;
		const endedAt = this.#task?.tryNumber === this.#tryNumber ? (this.#task.endedAt ?? this.#overAt) : this.#overAt;
		// Of a task that ended long ago nothing more is to come.
		return this.#clock.now() - Math.min(endedAt, this.#overAt) >= sinceMs;
	}

	get isRunning(): boolean {
		return this.#task?.tryNumber === this.#tryNumber && this.#task.state === 'running';
	}

	endWords(): string {
		if (this.#task?.tryNumber !== this.#tryNumber) return 'has ended; the next try has begun';
		return this.#task.state ?? 'ended';
	}

	stop(): void {
		this.#stopped.abort();
	}
}

type Origin = { readonly kind: 'file'; readonly path: string } | { readonly kind: 'api' };

async function whereFrom(
	deps: TaskLogDeps,
	task: TaskTry,
	watched: WatchedTry,
	options: TaskLogOptions,
	signal: AbortSignal,
): Promise<Origin> {
	const { clock } = deps;
	const startedAt = clock.now();
	for (;;) {
		const path = await findTaskLog(deps.folders(), task);
		if (path !== null) return { kind: 'file', path };
		if (deps.folders().length === 0 || signal.aborted) return { kind: 'api' };
		if (!options.follow || watched.isOver(0) || clock.now() - startedAt > fileGraceMs) return { kind: 'api' };
		await clock.sleep(200, signal);
	}
}

/** Part after part; a part that cannot be had is asked for again with the same token, so that nothing is missing. */
async function* readByRest(
	deps: TaskLogDeps,
	task: TaskTry,
	watched: WatchedTry,
	times: LineTimes,
	options: TaskLogOptions,
	signal: AbortSignal,
): AsyncGenerator<LogEvent> {
	const { clock } = deps;
	const decoder = new LogDecoder(true, options.lineLimit, false);
	let token: string | null = null;
	let lacksBreak = false;
	let failures = 0;
	let pauseMs = restMs;
	while (!signal.aborted) {
		const isLast = !options.follow || watched.isOver(lingerMs);
		try {
			const client = deps.airflow();
			if (!client) throw new ClientError('unconfigured', 'Airflow: its address is not known yet');
			const part = await client.taskLogPart(task, token, signal);
			if (failures > 0) yield { type: 'status', status: 'following', via: 'api' };
			failures = 0;
			token = part.token ?? token;
			// Airflow joins whole lines: the last of an answer is complete, and its break comes first in the next one
			// (airflow/utils/log/file_task_handler.py, _read).
			const text: string = lacksBreak && part.text.startsWith('\n') ? part.text.slice(1) : part.text;
			if (part.text !== '') lacksBreak = text !== '' && !text.endsWith('\n');
			const lines = text === '' ? [] : decoder.push(Buffer.from(lacksBreak ? `${text}\n` : text));
			if (lines.length > 0) yield { type: 'lines', lines: times.read(lines) };
			pauseMs = part.text === '' ? Math.min(restLimitMs, pauseMs * 1.5) : restMs;
			if (isLast) break;
		} catch (error) {
			if (signal.aborted) return;
			if (!options.follow) throw error;
			failures++;
			const waitMs = backoffMs(failures, deps.random());
			yield { type: 'failed', failure: failureOf(error), retryAt: clock.now() + waitMs };
			await deps.wake.sleep(clock, waitMs, signal);
			continue;
		}
		await clock.sleep(watched.isOver(0) ? Math.min(restMs, pauseMs) : pauseMs, signal);
	}
	const last = decoder.end().map(({ unfinished: _, ...line }): LogLine => line);
	if (last.length > 0) yield { type: 'lines', lines: times.read(last) };
}
