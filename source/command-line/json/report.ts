import * as z from 'zod/mini';
import { severities } from '../../model/finding.ts';
import { runPart } from './airflow.ts';
import { about, count, flag, head, optionalCount, optionalText, optionalTime, text } from './fields.ts';
import { gantt } from './gantt.ts';
import { comparisonPart, metricValuePart } from './mlflow.ts';

/** A duration against the other DAG runs. */
const usual = {
	elapsed_ms: optionalCount('Duration, or up to now, ms; null before the start'),
	median_ms: optionalCount('Median of the other DAG runs that succeeded, ms; null: none did'),
	p90_ms: optionalCount('90th percentile of the same'),
	slower_ms: optionalCount('Excess over the median where it is slower than usual, ms; null: it is not'),
};

const failedTask = z.object({
	task_id: text('Task'),
	map_index: count('-1 for a task that is not mapped'),
	try_number: count('Number of the try'),
	reason: text('Exception or last error in its log'),
	log_tail: about(z.array(z.string()), 'Last lines of its log'),
});

/** The document of `laketop report`. */
export const report = z.object({
	...head('laketop/report/1'),
	dag_id: text('DAG'),
	run: about(runPart, 'The DAG run'),
	code: about(z.array(z.string()), 'Git commits that its MLflow runs name'),
	duration: about(
		z.object({ ...usual, runs: count('Number of other DAG runs that succeeded') }),
		'Duration of the DAG run',
	),
	history: about(
		z.array(
			z.object({
				dag_run_id: text('DAG run'),
				state: text('State'),
				elapsed_ms: optionalCount('Duration, ms'),
			}),
		),
		'The last DAG runs, oldest first',
	),
	chart: about(
		z.nullable(z.pick(gantt, { from: true, to: true, waiting_ms: true, running_ms: true, tasks: true })),
		'Waiting and work of each task, as in laketop gantt; null before the start',
	),
	tasks: about(
		z.array(
			z.object({
				task_id: text('Task'),
				state: optionalText('Airflow task state, of a mapped task that of its instance that matters most'),
				instances: count('Instances of a mapped task, 1 for any other'),
				failed_instances: count('Of these, failed ones'),
				retries: count('Tries after the first, of all instances'),
				...usual,
			}),
		),
		'In the order of execution',
	),
	failures: about(z.array(failedTask), 'Tasks that failed, with the end of their logs: five at most'),
	retries: about(z.array(failedTask), 'Tries that failed before the task was tried again: five at most'),
	diagnosis: about(
		z.array(
			z.object({
				title: text('What is wrong'),
				cause: text('Cause'),
				reason: text('Why this is the cause'),
				fixes: z.array(text('Fix')),
			}),
		),
		'What the diagnosis finds about the failed tasks',
	),
	experiment: text('MLflow experiment'),
	mlflow_problem: optionalText('Why MLflow could not be read; null: it was'),
	mlflow_runs_guessed: flag('No MLflow run has the tag dag_run_id: these began while the DAG run was active'),
	mlflow_runs: about(
		z.array(
			z.object({
				run_id: text('MLflow run'),
				run_name: text('Name'),
				status: text('RUNNING, SCHEDULED, FINISHED, FAILED or KILLED'),
				metrics: z.array(
					z.object({
						key: text('Metric'),
						value: metricValuePart,
						before: about(z.nullable(metricValuePart), 'Value of the MLflow run of the same name before it'),
						verdict: about(
							z.nullable(z.enum(['better', 'worse', 'equal'])),
							'Against the value before; null where it cannot be said',
						),
					}),
				),
			}),
		),
		'MLflow runs of the DAG run, oldest first',
	),
	models: about(
		z.array(
			z.object({
				name: text('Registered model'),
				version: text('Version that this DAG run made'),
				aliases: z.array(z.string()),
				champion: about(z.nullable(comparisonPart), 'Against the version that serves; null: there is no other'),
			}),
		),
		'Model versions that the DAG run made',
	),
	findings_known: flag('The stack was diagnosed for this report'),
	findings: about(
		z.array(
			z.object({
				id: text('Rule and subject'),
				severity: z.enum(severities),
				since: optionalTime('Since when; null if unknown'),
				title: text('What is wrong'),
			}),
		),
		'Findings of now that were open when the DAG run ended, as far as known: those that are over since are not among them',
	),
});
