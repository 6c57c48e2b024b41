import { test } from 'vitest';
import { eventText, lineText, logEventAnswer } from '../../../source/clients/airflow/task-log-events.ts';
import { explainFailure } from '../../../source/model/airflow/task-failure.ts';
import { expect } from '../../english.ts';

/** Events of the logs of Airflow 3.3.2 as lines of text. */
const written = (event: object) => eventText(logEventAnswer.parse(event));
const place = { timestamp: '2026-11-28T11:51:21.219887Z', level: 'info', filename: 'demo_dag.py', lineno: 53 };
const instance = { dag_id: 'slow', run_id: 's2', task_id: 's1', try_number: 1, map_index: -1, ti_id: '01a2' };

test('an event is a line as Airflow 2 writes it', () => {
	expect(written({ ...place, ...instance, event: 'tick 11', logger: 'demo' })).toBe(
		'[2026-11-28T11:51:21.219+0000] {demo_dag.py:53} INFO - tick 11',
	);
	expect(
		written({ timestamp: '2026-11-28T20:51:21+09:00', level: 'warning', event: 'low', logger: 'task.stdout' }),
	).toBe('[2026-11-28T20:51:21.000+0900] {task.stdout} WARNING - low');
});

test('what an event says besides its text is behind it; one without a time is its text', () => {
	const ended = { timestamp: '2026-11-28T11:51:21Z', event: 'Task finished', level: 'info', logger: 'supervisor' };
	expect(written({ ...ended, exit_code: 1, final_state: 'failed', absent: null })).toBe(
		'[2026-11-28T11:51:21.000+0000] {supervisor} INFO - Task finished exit_code=1 final_state=failed',
	);
	expect(written({ event: '/opt/airflow/logs/attempt=1.log' })).toBe('/opt/airflow/logs/attempt=1.log');
});

const failed = {
	...place,
	level: 'error',
	event: 'Task failed with exception',
	error_detail: [
		{
			exc_type: 'RuntimeError',
			exc_value: 'no rows',
			exc_notes: ['in batch 7'],
			is_cause: false,
			syntax_error: null,
			frames: [
				{ filename: '/opt/airflow/task_runner.py', lineno: 933, name: 'run' },
				{ filename: '/opt/airflow/dags/etl.py', lineno: 12, name: 'load' },
			],
			is_group: false,
			exceptions: [],
		},
		{
			exc_type: 'KeyError',
			exc_value: "'rows'",
			exc_notes: [],
			is_cause: true,
			frames: [{ filename: '/opt/airflow/dags/etl.py', lineno: 10, name: 'load' }],
			is_group: false,
			exceptions: [],
		},
	],
};

test('the traceback is written as Python prints it: the cause first', () => {
	expect(written(failed).split('\n').slice(1)).toEqual([
		'Traceback (most recent call last):',
		'  File "/opt/airflow/dags/etl.py", line 10, in load',
		"KeyError: 'rows'",
		'',
		'The above exception was the direct cause of the following exception:',
		'',
		'Traceback (most recent call last):',
		'  File "/opt/airflow/task_runner.py", line 933, in run',
		'  File "/opt/airflow/dags/etl.py", line 12, in load',
		'RuntimeError: no rows',
		'in batch 7',
	]);
	expect(explainFailure(written(failed)).reason).toBe('RuntimeError: no rows');
});

test('an exception without frames, one of a group, a syntax error', () => {
	const raised = (one: object) =>
		written({ ...place, event: 'x', error_detail: [one] })
			.split('\n')
			.slice(1);
	expect(raised({ exc_type: 'SystemExit', exc_value: '' })).toEqual(['SystemExit']);
	const inner = { exc_type: 'ValueError', exc_value: 'a' };
	expect(raised({ exc_type: 'ExceptionGroup', exc_value: 'two', is_group: true, exceptions: [[inner]] })).toEqual([
		'ExceptionGroup: two',
		'    ValueError: a',
	]);
	const syntax = { filename: 'etl.py', line: 'def x(:\n', lineno: 3, offset: 7, msg: 'invalid syntax' };
	expect(raised({ exc_type: 'SyntaxError', exc_value: 'invalid syntax', syntax_error: syntax })).toEqual([
		'  File "etl.py", line 3',
		'    def x(:',
		'SyntaxError: invalid syntax',
	]);
});

test('lines of a file: events are written out, all else is as it is', () => {
	expect(lineText(JSON.stringify({ ...place, event: 'tick' }))).toMatch(/INFO - tick$/);
	for (const line of ['plain', '{"rows": 5}', '{"event": "no time"}', '{ broken', ''])
		expect(lineText(line)).toBe(line);
});
