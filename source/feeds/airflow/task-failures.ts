import type { TaskInstance } from '../../model/airflow/pipeline.ts';
import {
	explainFailure,
	isFailureReported,
	type TaskFailure,
	tryKey,
	unreadLog,
} from '../../model/airflow/task-failure.ts';
import { failureOf } from '../../model/failures/failure.ts';
import { maskText } from '../../model/secrets/secrets.ts';
import { reachOf } from '../../model/source.ts';
import { harmlessMessage } from '../../model/text/harmless-message.ts';
import { backoffMs } from '../../model/time/backoff.ts';
import type { FeedContext } from '../schedule.ts';

/** Failed tasks of a run whose logs are read; if more fail, they mostly fail alike. */
const failuresExplained = 5;
/**
 * Pause between two reads of the log of a try that has just ended, ms, and the number of reads: the worker notices what
 * was done to its task at its next heartbeat, 5 s apart (`job_heartbeat_sec`), and logs it some seconds later.
 */
const logEndIntervalMs = 3000;
const logEndReads = 6;
/** Reads of a log that could not be read, some minutes apart in all: what a server that restarts needs. */
const unreadableReads = 20;

type ReadLog = (task: TaskInstance, signal: AbortSignal) => Promise<string>;

/**
 * Reads the log of each failed try once, for the reason; a log without its end again until it is complete. A log that
 * cannot be read does not fail the feed: it is read again with backoff, because the reason matters long after the
 * server has recovered.
 * @param isExplained whether the reason for a try, by its key, is known
 */
export function failureReader(
	{ clock, observe, random, signal: whole }: FeedContext,
	isExplained: (key: string) => boolean,
): (tasks: readonly TaskInstance[], readLog: ReadLog, signal: AbortSignal) => Promise<void> {
	const unfinished = new Set<string>();
	const report = (key: string, { reason, tail, ...more }: TaskFailure) =>
		observe({
			type: 'task failure explained',
			key,
			reason: harmlessMessage(reason),
			tail: tail.map(maskText),
			...more,
		});
	const hasJustEnded = ({ endedAt }: TaskInstance) =>
		endedAt !== null && clock.now() - endedAt < logEndReads * logEndIntervalMs;

	const explainLater = async (task: TaskInstance, readLog: ReadLog) => {
		const key = tryKey(task);
		unfinished.add(key);
		try {
			let log = '';
			for (let left = logEndReads; left > 0 && !isFailureReported(log); left--) {
				await clock.sleep(logEndIntervalMs, whole);
				log = await readLog(task, whole);
			}
			report(key, explainFailure(log));
		} catch {
			// Unavailable now: read again on the next turn.
		} finally {
			unfinished.delete(key);
		}
	};

	const readLater = async (task: TaskInstance, readLog: ReadLog) => {
		const key = tryKey(task);
		unfinished.add(key);
		try {
			for (let failures = 1; failures <= unreadableReads; failures++) {
				await clock.sleep(backoffMs(failures, random()), whole);
				const log = await readLog(task, whole).catch(() => null);
				if (log !== null) return report(key, explainFailure(log));
			}
		} catch {
			// The end of the program.
		} finally {
			unfinished.delete(key);
		}
	};

	return async (tasks, readLog, signal) => {
		for (const task of tasks.filter(isFailedTry).slice(0, failuresExplained)) {
			const key = tryKey(task);
			if (isExplained(key) || unfinished.has(key)) continue;
			try {
				const log = await readLog(task, signal);
				if (!isFailureReported(log) && hasJustEnded(task)) void explainLater(task, readLog);
				else report(key, explainFailure(log));
			} catch (error) {
				if (signal.aborted) throw error;
				const failure = failureOf(error);
				report(key, unreadLog(failure.message));
				if (failure.kind !== 'not-found' && reachOf(failure.kind) !== 'refused') void readLater(task, readLog);
			}
		}
	};
}

/** A failed task, with or without another try. */
function isFailedTry({ state, tryNumber }: TaskInstance): boolean {
	return (state === 'failed' || state === 'up_for_retry') && tryNumber > 0;
}
