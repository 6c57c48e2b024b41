import type { Attempt, DagDefinition, DagRun, TaskInstance } from '../airflow/airflow-state.ts';
import { logTime, pythonTime } from '../time.ts';
import * as structured from './structured-task-log.ts';

/** The lines that Airflow 2.8.0 writes around a task's own output; those of Airflow 3 are in `structured-task-log.ts`. */

function writeTaskLine(attempt: Attempt, time: number, file: string, line: number, text: string, level = 'INFO'): void {
	attempt.lines.push({ time, text: `[${logTime.airflow(time)}] {${file}:${line}} ${level} - ${text}` });
}

export function print(attempt: Attempt, time: number, text: string): void {
	if (attempt.isStructured) structured.writePrinted(attempt, time, text);
	else writeTaskLine(attempt, time, 'logging_mixin.py', 188, text);
}

/** @param returned Python's text of the value that the operator's function returned */
export function writeReturned(attempt: Attempt, time: number, operator: string, returned: string): void {
	if (attempt.isStructured) structured.writeReturned(attempt, time, operator, returned);
	else writeTaskLine(attempt, time, 'python.py', 201, `Done. Returned value was: ${returned}`);
}

const waitWords = {
	reschedule: 'Rescheduling task, marking task as UP_FOR_RESCHEDULE',
	deferred: 'Pausing task as DEFERRED.',
	awaiting_input: 'Pausing task as AWAITING_INPUT.',
} as const;

export function writeWaiting(attempt: Attempt, time: number, mode: keyof typeof waitWords, operator: string): void {
	if (attempt.isStructured) structured.writeWait(attempt, time, mode, operator);
	else writeTaskLine(attempt, time, 'taskinstance.py', 2378, waitWords[mode]);
}

export function writePrologue(
	attempt: Attempt,
	time: number,
	given: { definition: DagDefinition; run: DagRun; task: TaskInstance; operator: string; jobId: number },
): void {
	const { definition, run, task, operator, jobId } = given;
	if (attempt.isStructured) return structured.writeStart(attempt, time, definition);
	const instance = `<TaskInstance: ${task.dagId}.${task.taskId} ${task.runId}`;
	const put = (offset: number, file: string, line: number, text: string): void =>
		writeTaskLine(attempt, time + offset, file, line, text);
	const met = 'Dependencies all met for dep_context';
	put(0, 'taskinstance.py', 1957, `${met}=non-requeueable deps ti=${instance} [queued]>`);
	put(14, 'taskinstance.py', 1957, `${met}=requeueable deps ti=${instance} [queued]>`);
	put(14, 'taskinstance.py', 2171, `Starting attempt ${task.tryNumber} of ${task.maxTries + 1}`);
	put(
		31,
		'taskinstance.py',
		2192,
		`Executing <Task(${operator}): ${task.taskId}> on ${logTime.python(run.logicalDate)}`,
	);
	put(44, 'standard_task_runner.py', 60, `Started process ${task.pid} to run task`);
	put(
		47,
		'standard_task_runner.py',
		87,
		`Running: ['***', 'tasks', 'run', '${task.dagId}', '${task.taskId}', '${task.runId}', '--job-id', '${jobId}', '--raw', '--subdir', 'DAGS_FOLDER/${definition.file}', '--cfg-path', '/tmp/tmp${String(jobId).padStart(8, 'q')}']`,
	);
	put(48, 'standard_task_runner.py', 88, `Job ${jobId}: Subtask ${task.taskId}`);
	put(92, 'task_command.py', 423, `Running ${instance} [running]> on host ${task.hostname}`);
	put(
		149,
		'taskinstance.py',
		2481,
		`Exporting env vars: AIRFLOW_CTX_DAG_OWNER='***' AIRFLOW_CTX_DAG_ID='${task.dagId}' AIRFLOW_CTX_TASK_ID='${task.taskId}' AIRFLOW_CTX_EXECUTION_DATE='${pythonTime(run.logicalDate)}' AIRFLOW_CTX_TRY_NUMBER='${task.tryNumber}' AIRFLOW_CTX_DAG_RUN_ID='${task.runId}'`,
	);
}

/** @param file the DAG's file, for a task whose code is in it; where left out, it is a stage of the pipeline */
export function writeTraceback(attempt: Attempt, time: number, error: string, file?: string): void {
	if (attempt.isStructured) return structured.writeRaised(attempt, time, error, file);
	const own =
		file === undefined
			? [
					'  File "/opt/airflow/dags/ml_pipeline/stages.py", line 93, in run',
					'    return self.stage.work(self)',
					'           ^^^^^^^^^^^^^^^^^^^^^',
				]
			: [`  File "/opt/airflow/dags/${file}", line 41, in run`, '    return work()', '           ^^^^^^'];
	writeTaskLine(
		attempt,
		time,
		'taskinstance.py',
		2699,
		[
			'Task failed with exception',
			'Traceback (most recent call last):',
			'  File "/home/airflow/.local/lib/python3.11/site-packages/airflow/models/taskinstance.py", line 433, in _execute_task',
			'    result = execute_callable(context=context, **execute_callable_kwargs)',
			'             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^',
			'  File "/home/airflow/.local/lib/python3.11/site-packages/airflow/operators/python.py", line 199, in execute',
			'    return_value = self.execute_callable()',
			'                   ^^^^^^^^^^^^^^^^^^^^^^^',
			...own,
			error,
		].join('\n'),
		'ERROR',
	);
}

export function writeEpilogue(
	attempt: Attempt,
	time: number,
	given: { run: DagRun; task: TaskInstance; state: string; error?: string; jobId: number; downstream: number },
): void {
	const { run, task, state, error, jobId, downstream } = given;
	if (attempt.isStructured) return structured.writeEnd(attempt, time, error !== undefined);
	const word = state === 'success' ? 'SUCCESS' : state === 'up_for_retry' ? 'UP_FOR_RETRY' : 'FAILED';
	const put = (offset: number, file: string, line: number, text: string, level = 'INFO'): void =>
		writeTaskLine(attempt, time + offset, file, line, text, level);
	put(
		0,
		'taskinstance.py',
		1138,
		`Marking task as ${word}. dag_id=${task.dagId}, task_id=${task.taskId}, execution_date=${logTime.compact(run.logicalDate)}, start_date=${logTime.compact(task.startedAt ?? time)}, end_date=${logTime.compact(time)}`,
	);
	if (error !== undefined) {
		const message = error.slice(error.indexOf(':') + 2);
		put(
			11,
			'standard_task_runner.py',
			107,
			`Failed to execute job ${jobId} for task ${task.taskId} (${message}; ${task.pid})`,
			'ERROR',
		);
	}
	put(52, 'local_task_job_runner.py', 234, `Task exited with return code ${error === undefined ? 0 : 1}`);
	put(73, 'taskinstance.py', 3281, `${downstream} downstream tasks scheduled from follow-on schedule check`);
}
