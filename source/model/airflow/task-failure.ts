import { type Message, phrase, quoted } from '../../words/message.ts';

/** Why a try of a task failed, according to its own log. */
export type TaskFailure = {
	/** One line: the exception, or the last error, quoted. */
	readonly reason: Message;
	/** The last lines of the log before its end, oldest first. */
	readonly tail: readonly string[];
	/** The log could not be read yet: `reason` says why not. */
	readonly isUnread?: true;
};

/** Instead of the reason, while the log cannot be read. */
export function unreadLog(why: Message): TaskFailure {
	return {
		reason: phrase(['its log cannot be read: {why}', '로그를 읽을 수 없습니다. {why}'], { why }),
		tail: [],
		isUnread: true,
	};
}

/** A try without an error of its own: the run was stopped, the task marked, or its process killed. */
const endedFromOutside = phrase([
	'no error in its log: it was ended from outside (stopped, marked failed, or killed)',
	'로그에 오류가 없습니다. 외부에서 종료되었습니다(중지, 실패로 지정 또는 강제 종료)',
]);

const tailLines = 12;

/** `[2026-11-24T10:32:18.077+0000] {taskinstance.py:2699} ERROR - `, Airflow's own lines. */
const airflowLine = /^\[[^\]]+\] \{[^}]+\} (\w+) - (.*)$/;

/**
 * Finds the reason in a task's log: the exception that ends the last traceback, else the last line of level ERROR or
 * CRITICAL. Pure.
 * @param log the log of one try, cleaned lines
 */
export function explainFailure(log: string): TaskFailure {
	const lines = log.split('\n').filter(line => line.trim() !== '' && !line.startsWith('*** '));
	return {
		// Its end by a signal, and the traceback of that, are consequences.
		reason:
			markedBySomebody(lines) ?? killedBySupervisor(lines) ?? exceptionOf(lines) ?? lastError(lines) ?? lastWord(lines),
		tail: lines.slice(-tailLines),
	};
}

/**
 * Whether the log of a try is complete: its process has ended (the last message of Airflow's `local_task_job_runner`),
 * or it already contains an exception. A task whose state was set from outside is ended some seconds later, by the
 * worker's next heartbeat, and only then its log says why.
 */
export function isFailureReported(log: string): boolean {
	return /Task exited with return code|terminated with exit code|Task killed!|Traceback \(most recent call last\)/.test(
		log,
	);
}

/** A line that is no message of Airflow's own is more informative; a progress message is no reason. */
function lastWord(lines: readonly string[]): Message {
	const last = lines.at(-1)?.trim();
	if (last === undefined) return phrase(['its log is empty', '로그가 비어 있습니다']);
	return airflowLine.test(last) ? endedFromOutside : quoted(last);
}

/**
 * The message of Airflow's worker when somebody else set the state of its running task: Airflow 2 (2.8.0), and the
 * supervisor of Airflow 3 (3.3.2).
 */
export const setFromOutside =
	/instance has been externally set to|Server indicated the task shouldn't be running anymore/;

function markedBySomebody(lines: readonly string[]): Message | undefined {
	const line = lines.findLast(one => setFromOutside.test(one));
	return line === undefined ? undefined : quoted(airflowLine.exec(line)?.[2] ?? line);
}

/** The message of Airflow 3's supervisor when the server ordered the task to end (3.3.2). */
function killedBySupervisor(lines: readonly string[]): Message | undefined {
	return lines.some(one => /^\[[^\]]{1,80}\] \{[^}]{1,80}\} ERROR - Task killed!$/.test(one))
		? endedFromOutside
		: undefined;
}

function exceptionOf(lines: readonly string[]): Message | undefined {
	const start = lines.findLastIndex(line => line.includes('Traceback (most recent call last)'));
	if (start === -1) return undefined;
	// Frames are indented; the exception is the first line after them that is not.
	const exception = lines.slice(start + 1).find(line => /^\S/.test(line) && !airflowLine.test(line));
	return exception === undefined ? undefined : quoted(exception);
}

function lastError(lines: readonly string[]): Message | undefined {
	for (const line of lines.toReversed()) {
		const [, level, text] = airflowLine.exec(line) ?? [];
		if (level === 'ERROR' || level === 'CRITICAL') return quoted(text ?? '');
	}
	return undefined;
}

/** The key of a try's failure. */
export function tryKey(task: {
	readonly dagId: string;
	readonly dagRunId: string;
	readonly taskId: string;
	readonly mapIndex: number;
	readonly tryNumber: number;
}): string {
	return [task.dagId, task.dagRunId, task.taskId, task.mapIndex, task.tryNumber].join('\n');
}
