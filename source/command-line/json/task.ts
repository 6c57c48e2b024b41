import * as z from 'zod/mini';
import { runPart, taskPart } from './airflow.ts';
import { about, count, flag, head, optionalCount, optionalText, optionalTime, text } from './fields.ts';

const value = {
	text: text('Value as text or JSON, without secrets'),
	is_cut: flag('It was too long: only its beginning is here'),
};
const isGuess = flag('Found by names and times, not by IDs or tags');

const detail = z.object({
	operator: optionalText('Operator; null if the task was removed from its DAG'),
	label: optionalText('Name of a mapped instance (map_index_template); null if none'),
	state_since: optionalTime('Since when it is in its state; null if unknown'),
	scheduled_at: optionalTime('When the scheduler found that it can run; null with Airflow 2'),
	queue: text('Queue in the executor'),
	pool_slots: count('Slots that it takes in its pool'),
	priority_weight: optionalCount('Priority weight'),
	pid: optionalCount('Process on its host; null before the start'),
	executor: optionalText('Executor, where several are configured'),
	container: about(
		z.nullable(z.object({ name: text('Container'), is_guess: isGuess })),
		'Container in which it ran; null if unknown',
	),
	usual: about(
		z.nullable(
			z.object({
				median_ms: count('Median duration, ms'),
				p90_ms: count('90th percentile, ms'),
				instances: count('Successful instances of earlier DAG runs that it is made from'),
			}),
		),
		'Usual duration; null if too few have succeeded',
	),
	slower_ms: optionalCount('By how much it is slower than the median, ms; null: it is not'),
	log_errors: about(
		z.nullable(z.object({ count: count('Number of errors'), last: about(z.array(z.string()), 'The last ones') })),
		'Errors in the log of its last try; null if it has none, or the log could not be read',
	),
	rendered_fields: about(z.array(z.object({ name: text('Template field'), ...value })), 'Template fields with values'),
	xcoms: about(
		z.array(z.object({ key: text('Key'), pushed_at: optionalTime('Time') })),
		'What it has pushed, without values',
	),
	xcom: about(z.nullable(z.object({ key: text('Key'), ...value })), 'The value asked for with --xcom; else null'),
	mlflow_run: about(
		z.nullable(
			z.object({
				run_id: text('Id of the MLflow run'),
				run_name: text('Its name'),
				status: text('RUNNING, SCHEDULED, FINISHED, FAILED or KILLED'),
				is_guess: isGuess,
			}),
		),
		'MLflow run that it logged; null if none is known',
	),
	model_version: about(
		z.nullable(z.object({ name: text('Registered model'), version: text('Version'), is_guess: isGuess })),
		'Model version that it registered, or that was made from its MLflow run',
	),
	not_fetched: about(z.array(z.string()), 'Why parts are missing; empty if all were fetched'),
});

/** The document of `laketop task`. */
export const task = z.object({
	...head('laketop/task/1'),
	dag_id: text('DAG'),
	run: about(z.nullable(runPart), 'DAG run; null if the DAG has none yet'),
	tasks: about(z.array(taskPart), 'The instance, with its tries; of a mapped task without an index all of them'),
	detail: about(z.nullable(detail), 'The rest about the instance; null for several'),
});
export type TaskDetailPart = z.infer<typeof detail>;
