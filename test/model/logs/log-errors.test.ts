import { expect, test } from 'vitest';
import { errorsIn } from '../../../source/model/logs/log-errors.ts';

const line = (level: string, text: string) => `[2026-11-24T14:00:00.000+0000] {x.py:1} ${level} - ${text}`;

test('lines of level ERROR and the exceptions of tracebacks, the last ones first kept', () => {
	const log = [
		line('INFO', 'started'),
		line('ERROR', 'Task failed with exception'),
		'Traceback (most recent call last):',
		'  File "/opt/airflow/dags/x.py", line 93, in run',
		'    raise ValueError("x")',
		'ValueError: x',
		line('WARNING', 'retrying'),
		line('CRITICAL', 'password=hunter2 refused'),
	].join('\n');
	expect(errorsIn(log)).toEqual({
		count: 3,
		last: ['Task failed with exception', 'ValueError: x', 'password=••• refused'],
	});
});

test('many are counted and the last five kept, repeated ones once', () => {
	const many = Array.from({ length: 30 }, (_, index) => line('ERROR', `error ${Math.floor(index / 3)}`)).join('\n');
	expect(errorsIn(many)).toEqual({ count: 30, last: ['error 5', 'error 6', 'error 7', 'error 8', 'error 9'] });
});

test('a log without errors has none, also where it ends within a traceback', () => {
	expect(errorsIn('')).toEqual({ count: 0, last: [] });
	expect(errorsIn(`${line('INFO', 'x')}\nTraceback (most recent call last):\n  File "x"`)).toEqual({
		count: 0,
		last: [],
	});
});
