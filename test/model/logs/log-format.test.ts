import { expect, test } from 'vitest';
import { lineHead, logLevel, timeOfStamp } from '../../../source/model/logs/log-format.ts';

const lines: readonly [text: string, level: string | null, message: string, origin: string | null][] = [
	[
		'[2026-11-24T08:37:07.087+0000] {taskinstance.py:1957} INFO - Dependencies all met',
		'info',
		'Dependencies all met',
		'{taskinstance.py:1957}',
	],
	['[2026-11-24T08:37:07.087+0000] {x.py:1} ERROR - Task failed', 'error', 'Task failed', '{x.py:1}'],
	['[2026-11-24 12:02:15,133: WARNING/MainProcess] pending', 'warning', 'pending', 'MainProcess'],
	['[2026-11-24 12:01:45 +0000] [11] [INFO] Starting gunicorn 21.2.0', 'info', 'Starting gunicorn 21.2.0', '[11]'],
	['[2026-11-24 12:01:45,123] ERROR in app: Exception on / [GET]', 'error', 'app: Exception on / [GET]', null],
	['2026-11-24 12:01:43.715 UTC [1] LOG:  listening', 'info', 'listening', '[1]'],
	[
		'2026-11-24 12:01:51.292 UTC [56] ERROR:  relation "log" does not exist',
		'error',
		'relation "log" does not exist',
		'[56]',
	],
	['2026-11-24 12:01:51.292 UTC [56] u@db FATAL:  role "x" does not exist', 'error', 'role "x" does not exist', '[56]'],
	['1:M 24 Nov 2026 12:01:42.763 * Ready to accept connections', 'info', 'Ready to accept connections', '1:M'],
	['1:M 24 Nov 2026 12:01:42.763 # WARNING overcommit', 'warning', 'WARNING overcommit', '1:M'],
	['INFO  [alembic.runtime.migration] Context impl', 'info', 'Context impl', '[alembic.runtime.migration]'],
	['INFO:     127.0.0.1:5 - "GET / HTTP/1.1" 200 OK', 'info', '127.0.0.1:5 - "GET / HTTP/1.1" 200 OK', null],
	['WARNING:root:watch out', 'warning', 'watch out', 'root'],
	['2026/11/24 12:01:45 INFO mlflow.tracking.fluent: Experiment', 'info', 'mlflow.tracking.fluent: Experiment', null],
	['2026-11-24 12:01:45,123 - my.app - ERROR - broken', 'error', 'broken', 'my.app'],
	['26/11/24 12:00:00 WARN NativeCodeLoader: Unable', 'warning', 'NativeCodeLoader: Unable', null],
	['2026-11-24T12:00:00.000Z\tINFO\tmain\tio.trino.Server\tstarted', 'info', 'main\tio.trino.Server\tstarted', null],
	[
		'127.0.0.1 - - [24/Nov/2026:12:10:31 +0000] "GET /health HTTP/1.1" 200 283 "-" "curl"',
		'info',
		'"GET /health HTTP/1.1" 200 283 "-" "curl"',
		'127.0.0.1 - -',
	],
	['127.0.0.1 - - [24/Nov/2026 12:09:02] "GET /health HTTP/1.1" 503 -', 'error', '', null],
	['172.18.0.1 - admin [24/Nov/2026:12:11:40 +0000] "GET /a HTTP/1.1" 404 13 "-" "x"', 'warning', '', null],
	['{"level":"warn","msg":"x"}', 'warning', '', null],
	['{"time":"2026-11-24T12:00:00Z","severity":"ERROR","msg":"x"}', 'error', '', null],
	['{"level":30,"msg":"x"}', 'info', '', null],
	['logger=http t=2026-11-24T08:37:07Z level=error msg="x"', 'error', '', null],
	['ERROR: could not open', 'error', 'could not open', null],
	['Error: could not open', 'error', 'could not open', null],
	['[error] nginx says', 'error', 'nginx says', null],
	['Traceback (most recent call last):', 'error', '', null],
	['plain words, an error occurred in them', null, '', null],
	['Log in to see', null, '', null],
	['Info about things', null, '', null],
	['0 errors, 3 warnings', null, '', null],
	['  File "x.py", line 3', null, '', null],
	['', null, '', null],
];

test.each(lines)('%s', (text, level, message, origin) => {
	expect(logLevel(text)).toBe(level);
	const head = lineHead(text);
	if (message) expect(text.slice(head?.body)).toBe(message);
	if (origin) expect(head?.origin && text.slice(...head.origin)).toBe(origin);
	else if (message) expect(head?.origin ?? null).toBeNull();
});

test("Postgres' statements belong to the error before", () => {
	expect(lineHead('2026-11-24 12:01:51.292 UTC [56] STATEMENT:  SELECT 1')?.continues).toBe(true);
});

test("a line's own time", () => {
	const moment = Date.UTC(2026, 10, 24, 8, 37, 7);
	for (const [text, ms] of [
		['[2026-11-24T08:37:07.087+0000] {x.py:1} INFO - x', 87],
		['[2026-11-24T17:37:07.087+0900] {x.py:1} INFO - x', 87],
		['[2026-11-24 08:37:07,087: INFO/x] y', 87],
		['2026-11-24 08:37:07.087 UTC [1] LOG:  x', 87],
		['1:M 24 Nov 2026 08:37:07.087 * x', 87],
		['127.0.0.1 - - [24/Nov/2026:08:37:07 +0000] "GET / HTTP/1.1" 200', 0],
	] as const) {
		expect(timeOfStamp(lineHead(text)?.stamp ?? ''), text).toBeCloseTo(moment + ms, 3);
	}
	expect(timeOfStamp('yesterday')).toBeNull();
});
