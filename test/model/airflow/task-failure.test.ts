import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { explainFailure, isFailureReported } from '../../../source/model/airflow/task-failure.ts';
import { quoted, render } from '../../../source/words/message.ts';

test('the exception that ends the last traceback is the reason', () => {
	const log = [
		'*** Found local files:',
		'[2026-11-24T10:32:16.6+0000] {x.py:1} INFO - plain',
		'[2026-11-24T10:32:17.0+0000] {taskinstance.py:2699} ERROR - Task failed with exception',
		'Traceback (most recent call last):',
		'  File "a.py", line 1, in b',
		'    c()',
		'ml_pipeline.stages.RehearsedFailure: bronze_to_silver fails in step 3',
		'[2026-11-24T10:32:17.1+0000] {taskinstance.py:1138} INFO - Marking task as FAILED.',
	].join('\n');
	const { reason, tail } = explainFailure(log);
	expect(reason).toEqual(quoted('ml_pipeline.stages.RehearsedFailure: bronze_to_silver fails in step 3'));
	expect(tail.at(-1)).toContain('Marking task as FAILED');
});

test('without a traceback the last error is, and without one the last line', () => {
	expect(
		explainFailure('[2026-11-24T10:32:17.0+0000] {x.py:1} ERROR - out of luck\n[2026] {x.py:1} INFO - end').reason,
	).toEqual(quoted('out of luck'));
	expect(explainFailure('Could not read served logs: timed out\n').reason).toEqual(
		quoted('Could not read served logs: timed out'),
	);
	const { reason } = explainFailure('');
	expect([render(reason, 'en'), render(reason, 'ko')]).toEqual(['its log is empty', '로그가 비어 있습니다']);
});

test('the recorded log of a failed task of Airflow 2.8', () => {
	const path = join(import.meta.dirname, '../../fixtures/recorded/airflow-2.8.0/task-log.failed.json');
	const { content }: { content: string } = JSON.parse(readFileSync(path, 'utf8'));
	expect(isFailureReported(content)).toBe(true);
	expect(render(explainFailure(content.replaceAll('\\n', '\n')).reason, 'en')).toMatch(
		/RehearsedFailure: bronze_to_silver/,
	);
});

test('a state that was set by somebody is the reason, not the end by a signal that follows', () => {
	const log = [
		'[2026-11-24T10:32:17.0+0000] {local_task_job_runner.py:302} WARNING - State of this instance has been externally set to failed. Terminating instance.',
		'[2026-11-24T10:32:17.0+0000] {taskinstance.py:2450} ERROR - Received SIGTERM. Terminating subprocesses.',
		'Traceback (most recent call last):',
		'  File "a.py", line 1, in b',
		'airflow.exceptions.AirflowException: Task received SIGTERM signal',
	].join('\n');
	expect(render(explainFailure(log).reason, 'en')).toMatch(/^State of this instance has been externally set to failed/);
});

test('a log is complete when the process has ended, or it has an exception', () => {
	const line = (words: string) => `[2026-11-24T10:32:17.0+0000] {local_task_job_runner.py:234} INFO - ${words}`;
	expect(isFailureReported(line('[4/6] 8000/10000 rows received'))).toBe(false);
	expect(
		isFailureReported(line('State of this instance has been externally set to failed. Terminating instance.')),
	).toBe(false);
	expect(isFailureReported(line('Task exited with return code 1'))).toBe(true);
	expect(isFailureReported(line('Process psutil.Process(pid=1734) (1734) terminated with exit code 0'))).toBe(true);
});
