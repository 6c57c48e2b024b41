import * as z from 'zod/mini';
import { optionalText, outsideJson, outsideLines, outsideText } from '../../model/outside-text.ts';
import { parseOutsideJson } from '../outside-json.ts';
import { rawLog } from './v1/run-answers.ts';

/**
 * The log of a task in Airflow 3 is a list of events: in the answers of its REST API, and as a line of JSON each in its
 * files. They are written as Airflow 2 writes its lines, `[time] {file:line} LEVEL - text`, so that whatever reads a log
 * reads both. Sources: airflow-core/src/airflow/utils/log/file_task_handler.py (StructuredLogMessage), and answers of
 * Airflow 3.3.2.
 */

const number = z.nullish(z.number());

const frameAnswer = z.object({ filename: outsideText, lineno: number, name: optionalText });
const raisedFields = {
	exc_type: outsideText,
	exc_value: z.nullish(rawLog),
	exc_notes: z.nullish(z.array(outsideLines)),
	/** It is the cause of the one before it in the list; else that one was raised while it was handled. */
	is_cause: z.nullish(z.boolean()),
	syntax_error: z.nullish(z.object({ filename: optionalText, line: optionalText, lineno: number, offset: number })),
	frames: z.nullish(z.array(frameAnswer)),
	/** Those of an exception group, each a list like the whole. */
	exceptions: z.nullish(outsideJson),
};
/** What structlog's ExceptionDictTransformer makes of an exception (structlog/tracebacks.py, Stack). */
const raisedAnswer = z.object(raisedFields);
const groupAnswer = z.array(z.array(raisedAnswer));

export const logEventAnswer = z.catchall(
	z.object({
		timestamp: optionalText,
		event: rawLog,
		level: optionalText,
		logger: optionalText,
		filename: optionalText,
		lineno: number,
		error_detail: z.nullish(z.array(raisedAnswer)),
	}),
	outsideJson,
);
export type LogEvent = z.infer<typeof logEventAnswer>;
type Raised = z.infer<typeof raisedAnswer>;

/** What every event of a task says: which task it is of, and which part of Airflow passed it on. */
const known: ReadonlySet<string> = new Set([
	...['timestamp', 'event', 'level', 'logger', 'filename', 'lineno', 'error_detail'],
	...['dag_id', 'run_id', 'task_id', 'try_number', 'map_index', 'ti_id', 'loc', 'chan', 'logger_name'],
]);

/** An event as lines of text, without a line break at the end. */
export function eventText(event: LogEvent): string {
	const stamp = event.timestamp === null ? null : airflowStamp(event.timestamp);
	const fields = Object.entries(event)
		.filter(([name, value]) => !known.has(name) && value !== null)
		.map(([name, value]) => ` ${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
	const traceback = event.error_detail ? [tracebackText(event.error_detail)] : [];
	const text = [`${event.event}${fields.join('')}`, ...traceback].join('\n');
	if (stamp === null) return text;
	const place = event.filename === null ? (event.logger ?? 'task') : placeOf(event.filename, event.lineno);
	return `[${stamp}] {${place.replace(/[{}\n]/g, '')}} ${levelWord(event.level)} - ${text}`;
}

/** A line of a log file as text: an event written out, any other line as it is. */
export function lineText(line: string): string {
	if (!line.startsWith('{')) return line;
	try {
		const event = logEventAnswer.safeParse(parseOutsideJson(line));
		return event.success && event.data.timestamp !== null ? eventText(event.data) : line;
	} catch {
		return line;
	}
}

function placeOf(file: string, line: number | null | undefined): string {
	return line === null || line === undefined ? file : `${file}:${line}`;
}

function levelWord(level: string | null): string {
	return level !== null && /^[a-z]{1,10}$/i.test(level) ? level.toUpperCase() : 'INFO';
}

const isoTime = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(?:Z|([+-]\d\d):?(\d\d))$/;

/** `2026-11-28T11:51:21.219887Z` as `2026-11-28T11:51:21.219+0000`; null for what is no such time. */
function airflowStamp(timestamp: string): string | null {
	const [, seconds, fraction = '', hours = '+00', minutes = '00'] = isoTime.exec(timestamp) ?? [];
	return seconds === undefined ? null : `${seconds}.${fraction.slice(0, 3).padEnd(3, '0')}${hours}${minutes}`;
}

/** As Python prints it, the cause first; the lines of the source are not told. */
function tracebackText(raised: readonly Raised[], depth = 0): string {
	return raised
		.map((one, index) => {
			const before = raised[index + 1];
			const link = before ? `\n${before.is_cause ? causeWords : contextWords}\n\n` : '';
			return `${link}${stackText(one, depth)}`;
		})
		.toReversed()
		.join('\n');
}

/** CPython, Lib/traceback.py, `_cause_message` and `_context_message`. */
const causeWords = 'The above exception was the direct cause of the following exception:';
const contextWords = 'During handling of the above exception, another exception occurred:';
/** Groups in groups that are written. */
const depthLimit = 5;

function stackText(
	{ exc_type, exc_value, exc_notes, syntax_error, frames, exceptions }: Raised,
	depth: number,
): string {
	const lines = [
		...(frames?.length
			? [
					'Traceback (most recent call last):',
					...frames.map(({ filename, lineno, name }) =>
						name === null
							? `  File "${filename}", line ${lineno ?? '?'}`
							: `  File "${filename}", line ${lineno ?? '?'}, in ${name}`,
					),
				]
			: []),
		...(syntax_error ? [`  File "${syntax_error.filename ?? '?'}", line ${syntax_error.lineno ?? '?'}`] : []),
		...(syntax_error?.line ? [`    ${syntax_error.line.trim()}`] : []),
		exc_value ? `${exc_type}: ${exc_value}` : exc_type,
		...(exc_notes ?? []),
	];
	const group = depth < depthLimit ? groupAnswer.safeParse(exceptions ?? []) : undefined;
	for (const inner of group?.success ? group.data : []) {
		lines.push(
			...tracebackText(inner, depth + 1)
				.split('\n')
				.map(line => `    ${line}`),
		);
	}
	return lines.join('\n');
}
