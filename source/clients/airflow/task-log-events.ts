import * as z from 'zod/mini';
import { optionalText, outsideJson, outsideLines, outsideText } from '../../model/text/outside-text.ts';
import { parseOutsideJson } from '../outside-json.ts';
import { rawLog } from './run-answers.ts';

/**
 * The log of a task in Airflow 3 is a list of events: in responses of its REST API, and as one line of JSON each in its
 * files. They are converted to lines as in Airflow 2, `[time] {file:line} LEVEL - text`, so that the readers of logs
 * need only one format. Sources: airflow-core/src/airflow/utils/log/file_task_handler.py (StructuredLogMessage), and
 * responses of Airflow 3.3.2.
 */

const number = z.nullish(z.number());

const frameAnswer = z.object({ filename: outsideText, lineno: number, name: optionalText });
const raisedFields = {
	exc_type: outsideText,
	exc_value: z.nullish(rawLog),
	exc_notes: z.nullish(z.array(outsideLines)),
	/** It is the cause of the previous one in the list; otherwise that one was raised while this one was handled. */
	is_cause: z.nullish(z.boolean()),
	syntax_error: z.nullish(z.object({ filename: optionalText, line: optionalText, lineno: number, offset: number })),
	frames: z.nullish(z.array(frameAnswer)),
	/** The members of an exception group, each a list like the whole. */
	exceptions: z.nullish(outsideJson),
};
/** The format of an exception by structlog's ExceptionDictTransformer (structlog/tracebacks.py, Stack). */
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

/** Fields of every event: its task, and the part of Airflow that passed it on. */
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

/** A line of a log file as text: an event in words, any other line unchanged. */
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

/** `2026-11-28T11:51:21.219887Z` as `2026-11-28T11:51:21.219+0000`; null for any other text. */
function airflowStamp(timestamp: string): string | null {
	const [, seconds, fraction = '', hours = '+00', minutes = '00'] = isoTime.exec(timestamp) ?? [];
	return seconds === undefined ? null : `${seconds}.${fraction.slice(0, 3).padEnd(3, '0')}${hours}${minutes}`;
}

/** As Python prints it, the cause first; source lines are not available. */
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
/** Maximum nesting of groups. */
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
