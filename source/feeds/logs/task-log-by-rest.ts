import type { TaskTry } from '../../clients/airflow/airflow.ts';
import { LogDecoder } from '../../clients/engine/log-frames.ts';
import { addressPending, failureOf } from '../../model/failures/failure.ts';
import type { LogLine } from '../../model/logs/log-line.ts';
import type { LineTimes } from '../../model/logs/log-times.ts';
import { retryPause, sleepPause } from '../schedule.ts';
import type { LogEvent } from './container-log.ts';
import type { TaskLogDeps, TaskLogOptions } from './task-log-deps.ts';
import { lingerMs, type WatchedTry } from './watched-try.ts';

/**
 * Time between requests while lines arrive, ms, and longer otherwise: the REST API reads the whole log for each part.
 */
const restMs = 1000;
const restLimitMs = 1500;

/** One part after the other; a failed part is requested again with the same token, so that nothing is missing. */
export async function* readByRest(
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
			if (!client) throw addressPending('Airflow');
			const part = await client.taskLogPart(task, token, signal);
			if (failures > 0) yield { type: 'status', status: 'following', via: 'api' };
			failures = 0;
			token = part.token ?? token;
			// Airflow joins complete lines: the last one of a response is complete, and its line break starts the next
			// response (airflow/utils/log/file_task_handler.py, _read).
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
			const failure = failureOf(error);
			const pause = retryPause(failure, failures, deps.random());
			yield { type: 'failed', failure, retryAt: clock.now() + pause.ms };
			await sleepPause(pause, { clock, signal, wake: deps.wake });
			continue;
		}
		await clock.sleep(watched.isOver(0) ? Math.min(restMs, pauseMs) : pauseMs, signal);
	}
	const last = decoder.end().map(({ unfinished: _, ...line }): LogLine => line);
	if (last.length > 0) yield { type: 'lines', lines: times.read(last) };
}
