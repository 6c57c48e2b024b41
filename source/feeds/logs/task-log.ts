import type { TaskTry } from '../../clients/airflow/airflow.ts';
import { findTaskLog, followFile, writtenAt } from '../../clients/airflow/task-log-file.ts';
import type { TaskInstance } from '../../model/airflow/pipeline.ts';
import { describe } from '../../model/failures/described-error.ts';
import { failureOf } from '../../model/failures/failure.ts';
import { type LogLine, markLine } from '../../model/logs/log-line.ts';
import { LineTimes } from '../../model/logs/log-times.ts';
import type { TaskLogRequest } from '../../model/logs/log-watch.ts';
import { phrase, render } from '../../words/message.ts';
import { retryPause, sleepPause } from '../schedule.ts';
import type { LogEvent } from './container-log.ts';
import { dueTries, nextTry, tryName, waitingFor } from './next-try.ts';
import { readByRest } from './task-log-by-rest.ts';
import type { TaskLogDeps, TaskLogOptions } from './task-log-deps.ts';
import { lingerMs, stateMs, WatchedTry } from './watched-try.ts';

/** Time between two looks for the file of the next try, ms: it appears before the state changes. */
const fileLookMs = 200;
/** An older file belongs to a deleted run of the same name, ms. */
const freshMs = 10_000;
/**
 * The file of a running try appears within this time, ms; then the REST API is used, in case the folder belongs to
 * another stack.
 */
const fileGraceMs = 3000;
/**
 * Follows the log of a task: from its file if it is readable here, which costs the webserver nothing, else by the REST
 * API. A notice starts every try and names it. Throws only unexpected errors.
 */
export async function* followTask(
	deps: TaskLogDeps,
	request: TaskLogRequest,
	options: TaskLogOptions,
	signal: AbortSignal,
): AsyncGenerator<LogEvent> {
	const { clock, wake } = deps;
	const shown = new Set<string>();
	let last: TaskTry | null = null;
	let failures = 0;
	let lastText = '';
	const beganAt = clock.now();
	/** A try whose file exists while the server still reports it as queued. */
	let begun: TaskTry | null = null;
	while (!signal.aborted) {
		let tasks: readonly TaskInstance[];
		try {
			tasks = await deps.tasks(request, signal);
			failures = 0;
		} catch (error) {
			if (signal.aborted) return;
			if (!options.follow) throw error;
			failures++;
			const failure = failureOf(error);
			const pause = retryPause(failure, failures, deps.random());
			yield { type: 'failed', failure, retryAt: clock.now() + pause.ms };
			// Once the server responds, the reason for waiting is reported again.
			lastText = '';
			await sleepPause(pause, { clock, signal, wake });
			continue;
		}
		const next: TaskTry | null = nextTry(tasks, request, options, shown, last) ?? begun;
		begun = null;
		if (next) {
			shown.add(tryName(next));
			yield* readTry(deps, request, next, last, options, signal);
			last = next;
			lastText = '';
			continue;
		}
		if (!options.follow) return;
		const { words, isOver } = waitingFor(tasks, request, last);
		const text = render(words, 'en');
		if (text !== lastText) yield { type: 'status', status: isOver ? 'ended' : 'connecting', note: words };
		lastText = text;
		if (isOver && !options.forever) return;
		const due = isOver ? [] : dueTries(tasks, request, last);
		const until = clock.now() + stateMs;
		while (begun === null && clock.now() < until && !signal.aborted) {
			await wake.sleep(clock, fileLookMs, signal);
			begun = await freshFile(deps.folders(), due, beganAt - freshMs);
		}
	}
}

/** The first of these tries with a log that was written after it became due. */
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

async function* readTry(
	deps: TaskLogDeps,
	request: TaskLogRequest,
	task: TaskTry,
	before: TaskTry | null,
	options: TaskLogOptions,
	signal: AbortSignal,
): AsyncGenerator<LogEvent> {
	const { clock } = deps;
	const watched = new WatchedTry(deps, request, task, signal);
	try {
		const times = new LineTimes();
		const lines = (some: readonly LogLine[]): LogEvent => ({ type: 'lines', lines: times.read(some) });
		const from = await whereFrom(deps, task, watched, options, signal);
		if (signal.aborted) return;
		const tried = phrase(['{task}, try {n}', '{task} 시도 {n}'], { task: nameOf(task), n: task.tryNumber });
		const where =
			from.kind === 'file'
				? phrase(['from the file {path}', '파일 {path}'], { path: from.path })
				: phrase(["from Airflow's REST API", 'Airflow REST API']);
		const words = before ? tried : phrase(['{tried} ({where})', '{tried} ({where})'], { tried, where });
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
						yield lines([markLine(phrase(leftOutText, { bytes: event.bytes }), clock.now())]);
					else yield lines([markLine(phrase(replacedText), clock.now())]);
				}
			} catch (error) {
				if (signal.aborted) return;
				const reason = describe(error);
				yield lines([markLine(phrase(unreadableText, { reason }), clock.now())]);
				yield { type: 'status', status: 'following', via: 'api' };
				yield* readByRest(deps, task, watched, times, options, signal);
			}
		}
		if (signal.aborted) return;
		yield {
			type: 'lines',
			lines: [markLine(phrase(['{tried}: {end}', '{tried}: {end}'], { tried, end: watched.endWords() }), clock.now())],
		};
	} finally {
		watched.stop();
	}
}

const leftOutText = ['{bytes} earlier bytes are not shown', '앞의 {bytes}바이트는 표시하지 않음'] as const;
const replacedText = ['the file was replaced: its new content follows', '파일이 교체됨: 새 내용이 이어집니다'] as const;
const unreadableText = [
	"the file can no longer be read ({reason}): continuing with Airflow's REST API",
	'파일을 더 이상 읽을 수 없음({reason}): Airflow REST API로 계속합니다',
] as const;

function nameOf({ taskId, mapIndex }: TaskTry): string {
	return mapIndex >= 0 ? `${taskId}[${mapIndex}]` : taskId;
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
