import * as z from 'zod/mini';
import { cleanLines } from '../../../model/text/clean-text.ts';
import { inPath } from '../../../model/text/outside-id.ts';
import { outsideId } from '../../../model/text/outside-text.ts';
import { parseOutsideJson } from '../../outside-json.ts';
import type { TaskLogPart, TaskTry } from '../airflow.ts';
import type { LoggedIn, RestApi } from '../rest-api.ts';
import { eventText, type LogEvent, lineText } from '../task-log-events.ts';
import { logPath } from './paths.ts';
import { taskLogAnswer } from './run-answers.ts';

type Api = RestApi<LoggedIn>;

/**
 * How far a log was read. The server's token is null once its task has ended, and a request without one starts at the
 * beginning again: then the events that were read are counted.
 */
export const placeAnswer = z.object({ token: z.nullable(outsideId), read: z.number() });
type Place = z.infer<typeof placeAnswer>;

/**
 * The whole log of a try. As NDJSON it is one response; as JSON it comes in parts
 * (airflow-core/src/airflow/api_fastapi/core_api/routes/public/log.py, 3.3).
 */
export async function wholeLog(api: Api, task: TaskTry, signal: AbortSignal | undefined): Promise<string> {
	const path = `${logPath(task)}?full_content=true${mapped(task)}`;
	const lines = (await api.rawText(path, signal, 'application/x-ndjson')).split('\n').map(eventLine);
	return cleanLines(withoutHead(lines).join('\n'));
}

/** New lines since a token. Requested as JSON, because NDJSON ignores a token (3.3.2). */
export async function logPart(
	api: Api,
	task: TaskTry,
	token: string | null,
	signal: AbortSignal | undefined,
): Promise<TaskLogPart> {
	const place = placeOf(token);
	const from = place.token === null ? '' : `&token=${inPath(place.token)}`;
	const answer = await api.request({ path: `${logPath(task)}?full_content=false${mapped(task)}${from}`, signal });
	const { content, continuation_token } = api.parse(answer, ['task log', '작업 로그'], taskLogAnswer);
	const events = Array.isArray(content) ? content : content.split('\n');
	const lines = events.map(event => (typeof event === 'string' ? lineText(event) : eventText(event)));
	const body = lines.slice(headLength(lines));
	const fresh = place.token === null ? body.slice(place.read) : body;
	const shown = place.token === null && place.read === 0 ? withoutHead(lines) : fresh;
	const next: Place = { token: continuation_token, read: place.read + fresh.length };
	return { text: shown.map(line => `${line}\n`).join(''), token: JSON.stringify(next) };
}

/** The start of the log for a token of another form: it is from an Airflow 2 that was upgraded meanwhile. */
function placeOf(token: string | null): Place {
	try {
		return placeAnswer.parse(parseOutsideJson(token ?? ''));
	} catch {
		return { token: null, read: 0 };
	}
}

/** A line of NDJSON: an event may lack its time, as those of the head do. */
function eventLine(line: string): string {
	const event = readEvent(line);
	return event === null ? line : eventText(event);
}

function readEvent(line: string): LogEvent | null {
	if (!line.startsWith('{')) return null;
	try {
		const parsed = taskLogAnswer.safeParse({ content: [parseOutsideJson(line)] });
		const [event] = parsed.success && Array.isArray(parsed.data.content) ? parsed.data.content : [];
		return typeof event === 'object' ? event : null;
	} catch {
		return null;
	}
}

/** The head of the log, where the server lists the sources: a group with one path or address per line. */
function headLength(lines: readonly string[]): number {
	if (!lines[0]?.startsWith('::group::')) return 0;
	return lines.indexOf('::endgroup::') + 1;
}

/** The head in the format of Airflow 2. */
function withoutHead(lines: readonly string[]): string[] {
	const length = headLength(lines);
	return [...lines.slice(1, Math.max(1, length - 1)).map(line => `*** ${line}`), ...lines.slice(length)];
}

function mapped({ mapIndex }: TaskTry): string {
	return mapIndex >= 0 ? `&map_index=${mapIndex}` : '';
}
