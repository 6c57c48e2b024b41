import { type LogLevel, levelOfWord } from './log-level.ts';

/** The head of a line that starts a record: everything before the message. */
export type LineHead = {
	readonly level: LogLevel | null;
	/** The time written in the line; null if there is none. */
	readonly stamp: string | null;
	/** The part between time and message that names the source: a file, a logger, a process. */
	readonly origin: readonly [start: number, end: number] | null;
	/** Where the message starts. */
	readonly body: number;
	/** Whether lines without a head belong to this one in this format. */
	readonly takesBareLines: boolean;
	/** It has a head but belongs to the previous record (Postgres' STATEMENT, DETAIL …). */
	readonly continues: boolean;
};

/** Maximum length of a head. */
const headLimit = 400;

/**
 * The head of a line in the formats of this stack; null if there is none, as in the lines of a traceback. Sources are
 * beside the formats below.
 */
export function lineHead(text: string): LineHead | null {
	const start = text.length > headLimit ? text.slice(0, headLimit) : text;
	const first = start.charCodeAt(0);
	if (first === 0x5b) return bracketed(start);
	if (first >= 0x30 && first <= 0x39) return numbered(start) ?? access(text);
	if (first === 0x7b) return json(text);
	if (first >= 0x41 && first <= 0x5a) return worded(start);
	if (first === 0x20 || first === 0x09 || Number.isNaN(first)) return null;
	return keyed(start) ?? access(text) ?? worded(start);
}

/** The level in a line; null if there is none. */
export function logLevel(text: string): LogLevel | null {
	return lineHead(text)?.level ?? null;
}

function head(level: LogLevel | null, stamp: string | null, body: number, more: Partial<LineHead> = {}): LineHead {
	return { level, stamp, body, origin: null, takesBareLines: false, continues: false, ...more };
}

/** `[2026-11-24T08:37:07.087+0000] {taskinstance.py:1957} INFO - text` (airflow/config_templates/config.yml, log_format). */
const airflow = /^\[(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.,]\d{3}[+-]\d{4})\] (\{[^}]{0,200}\}) ([A-Z]+) - /;
/** `[2026-11-24 10:47:51,123: INFO/ForkPoolWorker-1] text` (celery/app/defaults.py, worker_log_format). */
const celery = /^\[(\d{4}-\d\d-\d\d[ T][\d:,.]{8,15}): ([A-Z]+)\/([^\]]{1,80})\] ?/;
/** `[2026-11-24 12:01:45 +0000] [11] [INFO] text` (gunicorn/glogging.py, error_fmt). */
const gunicorn = /^\[(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d{4})\] (\[\d+\]) \[([A-Z]+)\] /;
/** `[2026-11-24 12:01:45,123] LEVEL in module: text` (Flask), and other formats with the time in brackets. */
const bracketedTime =
	/^\[(\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?)\]\s*/;
const bracketedWord = /^\[(\w{3,9})\]\s*/;

function bracketed(text: string): LineHead | null {
	const a = airflow.exec(text);
	if (a) {
		const [all, stamp = '', place = '', level = ''] = a;
		const at = stamp.length + 3;
		return head(levelOfWord(level), stamp, all.length, { origin: [at, at + place.length], takesBareLines: true });
	}
	const c = celery.exec(text);
	if (c) {
		const [all, stamp = '', level = '', process = ''] = c;
		const at = stamp.length + level.length + 4;
		return head(levelOfWord(level), stamp, all.length, { origin: [at, at + process.length], takesBareLines: true });
	}
	const g = gunicorn.exec(text);
	if (g) {
		const [all, stamp = '', pid = '', level = ''] = g;
		const at = stamp.length + 3;
		return head(levelOfWord(level), stamp, all.length, { origin: [at, at + pid.length] });
	}
	const t = bracketedTime.exec(text);
	if (t) return afterTime(text, t[1] ?? '', t[0].length);
	const word = bracketedWord.exec(text);
	const level = word ? levelOfWord(word[1] ?? '') : null;
	return word && level ? head(level, null, word[0].length) : null;
}

/** `2026-11-24 12:01:51.292 UTC [56] ERROR:  text` (Postgres, log_line_prefix '%m [%p] ' and elog.c). */
const postgres =
	/^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} [A-Z+\d:-]{1,6}) (\[\d+\])(?: \S{1,80})? (LOG|ERROR|FATAL|PANIC|WARNING|NOTICE|INFO|DEBUG\d?|STATEMENT|DETAIL|HINT|CONTEXT|QUERY|LOCATION|BACKTRACE): {1,2}/;
const postgresParts: ReadonlySet<string> = new Set([
	...['STATEMENT', 'DETAIL', 'HINT', 'CONTEXT', 'QUERY', 'LOCATION', 'BACKTRACE'],
]);
/** `1:M 24 Nov 2026 12:01:42.763 * text` (redis, src/server.c, serverLogRaw). */
const redis = /^(\d+:[XCSM]) (\d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d\.\d{3}) ([.\-*#]) /;
const redisLevels: Readonly<Record<string, LogLevel>> = { '.': 'debug', '-': 'debug', '*': 'info', '#': 'warning' };
/**
 * `2026-11-30T08:24:06.307492Z [info     ] text [logger] loc=file.py:12` (structlog/dev.py, ConsoleRenderer): the components
 * of Airflow 3, which pad the level.
 */
const structured = /^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,9})?Z?) \[([a-z]{4,9}) {0,5}\] /;
/** `2026-11-24 12:01:45,123 - name - INFO - text`, `2026/11/24 12:01:45 INFO mlflow.x: text`, log4j, Trino … */
const plainTime =
	/^(\d{2,4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?)(?=[\s:|[-]|$)[ \t:|-]*/;

function numbered(text: string): LineHead | null {
	const p = postgres.exec(text);
	if (p) {
		const [all, stamp = '', pid = '', word = ''] = p;
		const at = stamp.length + 1;
		const origin = [at, at + pid.length] as const;
		return head(levelOfWord(word), stamp, all.length, { origin, continues: postgresParts.has(word) });
	}
	const r = redis.exec(text);
	if (r) {
		const [all, role = '', stamp = '', mark = ''] = r;
		return head(redisLevels[mark] ?? null, stamp, all.length, { origin: [0, role.length] });
	}
	const s = structured.exec(text);
	const level = s ? levelOfWord(s[2] ?? '') : null;
	if (s && level) return head(level, s[1] ?? null, s[0].length, { takesBareLines: true });
	const t = plainTime.exec(text);
	return t ? afterTime(text, t[1] ?? '', t[0].length) : null;
}

/** A level within the first words after a time: in capitals, or in brackets. */
const levelBehind =
	/^(?:[^\s"'=]{1,60}[ \t|:-]+){0,3}?(?:([A-Z]{3,8})(?=[\s\]|:,-]|$)|[[<(|]\s?(\w{3,8})\s?[\]>)|])(?:\s+in (?=\S))?[\s|:\]-]*/;
const logfmtLevel = /(?:^|\s)(?:level|lvl|severity)=["']?(\w{3,11})/;

function afterTime(text: string, stamp: string, end: number): LineHead {
	const rest = text.slice(end, end + 160);
	const found = levelBehind.exec(rest);
	const level = found ? levelOfWord(found[1] ?? found[2] ?? '') : null;
	if (found && level) {
		const word = found[1] ?? found[2] ?? '';
		const before = rest.slice(0, found[0].lastIndexOf(word)).replace(/(?<![\s|:[<(-])[\s|:[<(-]+$/, '');
		const origin = before === '' ? null : ([end, end + before.length] as const);
		return head(level, stamp, end + found[0].length, { origin, takesBareLines: true });
	}
	const logfmt = logfmtLevel.exec(rest);
	return head(logfmt ? levelOfWord(logfmt[1] ?? '') : null, stamp, end);
}

/** `127.0.0.1 - - [24/Nov/2026:12:10:31 +0000] "GET /health HTTP/1.1" 200 …` (the common log format; gunicorn, werkzeug). */
const accessLine =
	/^(\S{1,64} \S{1,64} \S{1,64}) \[(\d\d\/[A-Z][a-z]{2}\/\d{4}[: ]\d\d:\d\d:\d\d(?: [+-]\d{4})?)\] "(?:[^"\\]|\\.){0,8000}" (\d{3})\b/;

function access(text: string): LineHead | null {
	const found = accessLine.exec(text);
	if (!found) return null;
	const [, client = '', stamp = '', code] = found;
	const status = Number(code);
	const body = client.length + stamp.length + 4;
	return head(status >= 500 ? 'error' : status >= 400 ? 'warning' : 'info', stamp, body, {
		origin: [0, client.length],
	});
}

/** `INFO  [alembic.runtime.migration] text`, `INFO:     text` (uvicorn), `WARNING:root:text` (logging.BASIC_FORMAT). */
const leadingWord =
	/^([A-Z][A-Za-z]{2,10})(?:(\s+)(\[[\w.]{1,100}\])\s|:([\w.]{1,100}):|[:\]|-]\s*|\s+[|-]\s|\s{1,8}(?=[[({\w"'/]))/;

function worded(text: string): LineHead | null {
	if (/^Traceback \(most recent call last\):/.test(text) || /^Exception in thread /.test(text)) {
		return head('error', null, 0, { takesBareLines: false });
	}
	const found = leadingWord.exec(text);
	if (!found) return access(text);
	const [all, word = '', space = '', logger, basic] = found;
	const level = isLevelWord(word, all) ? levelOfWord(word) : null;
	if (level === null) return access(text);
	const at = word.length + (logger ? space.length : 1);
	const name = logger ?? basic;
	return head(level, null, all.length, { origin: name ? [at, at + name.length] : null });
}

/** In capitals it is a level, and so is `Error: text`; `Error opening …` and `Log in` are words. */
function isLevelWord(word: string, beginning: string): boolean {
	if (word === 'LOG' || word === 'Log') return false;
	return word === word.toUpperCase() || /^\w+:/.test(beginning);
}

const jsonLevel = /"(?:level|severity|levelname|lvl|log\.level|loglevel|log_level)"\s*:\s*(?:"(\w{3,11})"|(\d{2}))/i;
const jsonTime = /"(?:time|timestamp|ts|@timestamp|asctime|datetime)"\s*:\s*"([^"]{10,40})"/i;
/** Numbers of pino and bunyan; Python's are the same for these four. */
const levelOfNumber = (number: number): LogLevel =>
	number >= 50 ? 'error' : number >= 40 ? 'warning' : number >= 30 ? 'info' : 'debug';

function json(text: string): LineHead | null {
	if (text.charCodeAt(text.length - 1) !== 0x7d) return null;
	const start = text.slice(0, 4000);
	const found = jsonLevel.exec(start);
	const level = found?.[1] ? levelOfWord(found[1]) : found?.[2] ? levelOfNumber(Number(found[2])) : null;
	return head(level, jsonTime.exec(start)?.[1] ?? null, 0);
}

/** `logger=x t=2026-11-24T08:37:07Z level=info msg=…` (Grafana, Go's log/slog). */
const keyedLine = /^[a-z][\w.]{0,30}=/;
const keyedTime = /(?:^|\s)(?:t|ts|time|timestamp)="?(\d{4}-\d\d-\d\d[T ][^\s"]{8,30})/;
const lowWord = /^(debug|info|notice|warn|warning|error|fatal|critical|panic):\s/;

function keyed(text: string): LineHead | null {
	if (keyedLine.test(text)) {
		const level = logfmtLevel.exec(text);
		const time = keyedTime.exec(text);
		if (level || time) return head(level ? levelOfWord(level[1] ?? '') : null, time?.[1] ?? null, 0);
	}
	const low = lowWord.exec(text);
	return low ? head(levelOfWord(low[1] ?? ''), null, low[0].length) : null;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The moment of a line's time, ms since the epoch; times without a zone count as UTC, as in containers. */
export function timeOfStamp(stamp: string): number | null {
	const iso =
		/^(\d{4})[-/](\d\d)[-/](\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(?: ?(?:Z|UTC|([+-])(\d\d):?(\d\d)))?$/.exec(
			stamp,
		);
	if (iso) {
		const [, year, month, day, hour, minute, second, fraction = '', sign, zoneHours, zoneMinutes] = iso;
		const zone = sign ? (sign === '-' ? -1 : 1) * (Number(zoneHours) * 60 + Number(zoneMinutes)) : 0;
		const ms = Number(`0.${fraction || '0'}`) * 1000;
		return (
			Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute) - zone, Number(second)) + ms
		);
	}
	const named =
		/^(\d\d)[ /]([A-Z][a-z]{2})[ /](\d{4})[: ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,3}))?(?: ([+-])(\d\d)(\d\d))?$/.exec(
			stamp,
		);
	if (!named) return null;
	const [, day, name = '', year, hour, minute, second, fraction = '', sign, zoneHours, zoneMinutes] = named;
	const month = months.indexOf(name);
	if (month === -1) return null;
	const zone = sign ? (sign === '-' ? -1 : 1) * (Number(zoneHours) * 60 + Number(zoneMinutes)) : 0;
	return (
		Date.UTC(Number(year), month, Number(day), Number(hour), Number(minute) - zone, Number(second)) +
		Number(`0.${fraction || '0'}`) * 1000
	);
}
