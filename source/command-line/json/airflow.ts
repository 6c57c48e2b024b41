import * as z from 'zod/mini';
import { waitReasons } from '../../diagnosis/waiting/wait.ts';
import { about, count, flag, optionalCount, optionalText, optionalTime, text } from './fields.ts';

/** Parts of the documents of `--json` about DAGs, their runs and tasks. */

export const runPart = z.object({
	dag_id: text('DAG'),
	dag_run_id: text('Id of the DAG run'),
	state: text('queued, running, success or failed'),
	run_type: text(
		'manual, scheduled, backfill, dataset_triggered; with Airflow 3 also asset_triggered, asset_materialization, operator_triggered',
	),
	logical_date: optionalTime('Logical date (execution date)'),
	started_at: optionalTime('Start'),
	ended_at: optionalTime('End; null while active'),
	elapsed_ms: optionalCount('Duration so far, ms'),
	conf: about(z.nullable(z.record(z.string(), z.unknown())), 'Conf; null if none'),
	note: optionalText('Note'),
	dag_versions: about(
		z.nullable(z.array(z.number())),
		'Versions of the DAG that its tasks ran with, ascending; null with Airflow 2',
	),
});
export type RunPart = z.infer<typeof runPart>;

export const taskPart = z.object({
	task_id: text('Task'),
	map_index: count('-1 for a task that is not mapped'),
	state: optionalText('Airflow task state; null: no status yet'),
	try_number: count('Number of the try, from 1; 0 before the first try'),
	max_tries: count('Maximum number of retries'),
	queued_at: optionalTime('Time of queueing'),
	started_at: optionalTime('Start of the try'),
	ended_at: optionalTime('End of the try'),
	elapsed_ms: optionalCount('Duration of the try so far, ms'),
	usual_ms: optionalCount(
		'Of a running task: its usual duration, ms, from the last successful DAG runs and, where they have followed it, the conf; null if unknown',
	),
	hostname: text('Host that runs it; empty before the start'),
	pool: text('Pool'),
	note: optionalText('Note'),
	waits_for: about(
		z.nullable(
			z.object({
				reason: about(z.enum(waitReasons), 'Why it waits, as a stable key'),
				text: text('The reason as a sentence'),
				until: optionalTime('Expected end; null if unknown'),
				needs_action: flag('It does not resolve without a person'),
				airflow: about(
					z.array(
						z.object({ name: text('Dependency, such as Pool Slots Available'), reason: text('Sentence of Airflow') }),
					),
					'Unmet dependencies that Airflow 3 reports; empty with Airflow 2, or if the task has none',
				),
			}),
		),
		'What it waits for; null if it does not wait',
	),
	tries: about(
		z.nullable(
			z.array(
				z.object({
					try_number: count('Number of the try, from 1'),
					state: optionalText('State in which it ended; the state of the task while it lasts'),
					queued_at: optionalTime('Time of queueing'),
					started_at: optionalTime('Start'),
					ended_at: optionalTime('End; null while it lasts'),
					elapsed_ms: optionalCount('Duration so far, ms'),
					hostname: text('Host'),
				}),
			),
		),
		'The tries that have started (Airflow before 2.10: the last one); null without --tries',
	),
	failure: about(
		z.nullable(
			z.object({
				reason: text('Exception or last error in its log'),
				log_tail: about(z.array(z.string()), 'Last lines of its log'),
			}),
		),
		'Why the try failed; null if it did not fail or its log was not read',
	),
});
export type TaskPart = z.infer<typeof taskPart>;

export const openQuestionPart = z.object({
	dag_id: text('DAG'),
	dag_run_id: text('DAG run'),
	task_id: text('Task that waits'),
	map_index: count('-1 for a task that is not mapped'),
	subject: text('The question, one line; empty if this user may not read it'),
	created_at: optionalTime('Time of the question'),
});

export const forecastPart = z.object({
	remaining_ms: optionalCount(
		'Remaining time, from what the remaining tasks took in earlier DAG runs, with the numbers of the conf and the tasks so far; negative: longer than usual; null: too little is known of the cleared tasks',
	),
	spread_ms: optionalCount(
		'How far off such forecasts usually are, either way; null if only the duration of earlier DAG runs is known',
	),
	stalled_since: optionalTime(
		'Since when no task of it runs, or all that are left wait for answers; the forecast then stands still. null: not stalled',
	),
});
export type ForecastPart = z.infer<typeof forecastPart>;

export const dagPart = z.object({
	dag_id: text('DAG'),
	is_paused: flag('Paused: no DAG runs are scheduled, and triggered ones stay queued'),
	is_active: flag('Its file was parsed recently'),
	description: optionalText('Description'),
	schedule: optionalText('Cron expression, interval or preset; null if only triggered manually'),
	next_run_at: optionalTime('Start of the next scheduled DAG run'),
	owners: z.array(z.string()),
	tags: z.array(z.string()),
	file: optionalText('Path of its file in the scheduler'),
	has_import_errors: flag('Its file has an import error'),
	newest_run: about(z.nullable(runPart), 'Newest DAG run; null if none'),
	run_counts: about(
		z.nullable(
			z.object({
				queued: count('Queued'),
				running: count('Running'),
				success: count('Succeeded'),
				failed: count('Failed'),
			}),
		),
		'Number of DAG runs by state; null with Airflow 2, which does not count them',
	),
});
export type DagPart = z.infer<typeof dagPart>;

export const importErrorPart = z.object({
	file: text('Path of the DAG file in the scheduler'),
	message: text('Last line of the stack trace'),
	stack_trace: text('Stack trace'),
	happened_at: optionalTime('Time of the last import'),
});
export type ImportErrorPart = z.infer<typeof importErrorPart>;

/** The field of a document with one DAG run. */
export const forecast = about(
	z.nullable(forecastPart),
	'Expected end of the DAG run; null if it is not active or too few have finished',
);
