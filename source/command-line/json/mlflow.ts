import * as z from 'zod/mini';
import { seriesBases } from '../../model/mlflow/run-series.ts';
import { about, count, flag, head, optionalCount, optionalText, optionalTime, text, time } from './fields.ts';

/** Parts of the documents of `--json` about MLflow runs, metrics and models. */

/** JSON has no numbers for NaN and the infinities. */
export const metricValuePart = about(
	z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity'])]),
	'Number; NaN and the infinities as strings',
);
export type MetricValuePart = z.infer<typeof metricValuePart>;

export const metricPart = z.object({
	key: text('Metric'),
	value: metricValuePart,
	change: about(z.nullable(metricValuePart), 'Difference from the previous MLflow run of the series; null if none'),
	series: about(
		z.enum(seriesBases),
		'What the MLflow runs of the series have in common: the value of mlflow.series_tag, their name, or only the experiment',
	),
	run_name: text('Name of the MLflow run that logged it last'),
	run_id: text('Id of that MLflow run'),
	logged_at: time(),
	is_live: flag('That MLflow run is still active'),
	history: about(z.array(metricValuePart), 'Values of the MLflow runs of the series, oldest first'),
});
export type MetricPart = z.infer<typeof metricPart>;

export const mlflowRunPart = z.object({
	run_id: text('Id of the MLflow run'),
	run_name: text('Name; for the pipeline, the name of the task'),
	parent_run_id: optionalText('Id of the MLflow run in which it is nested; null if it is not'),
	status: text('RUNNING, SCHEDULED, FINISHED, FAILED or KILLED'),
	started_at: time(),
	ended_at: optionalTime('End; null while active'),
	metrics: z.record(z.string(), metricValuePart),
	params: z.record(z.string(), z.string()),
	tags: z.record(z.string(), z.string()),
	datasets: about(
		z.array(
			z.object({
				name: text('Dataset'),
				digest: text("MLflow's hash of the data"),
				context: optionalText('What it was read for: training, evaluation …; null if unnamed'),
				source_type: optionalText('Where it comes from: local, s3, delta_table …'),
			}),
		),
		'Data that the MLflow run logged as its input',
	),
});
export type MlflowRunPart = z.infer<typeof mlflowRunPart>;

/** The document of `laketop artifacts`. */
export const artifacts = z.object({
	...head('laketop/artifacts/1'),
	experiment: text('MLflow experiment'),
	run_id: text('Id of the MLflow run'),
	run_name: text('Name of the MLflow run'),
	path: text('Folder or file that was asked for; empty: all'),
	artifacts: about(
		z.array(
			z.object({
				path: text('Path from the top of the artifacts of the MLflow run'),
				is_folder: flag('A folder'),
				size: optionalCount('Bytes; null for a folder, and if the store does not tell'),
			}),
		),
		'Each folder before what is in it',
	),
	has_more: flag('There are more than are listed'),
});

/** The document of `laketop mlflow-runs`. */
export const mlflowRuns = z.object({
	...head('laketop/mlflow-runs/1'),
	experiment: text('MLflow experiment'),
	experiment_id: optionalText('Id of the experiment; null if MLflow has none of this name, or has deleted it'),
	filter: text("Filter in MLflow's language; empty if none"),
	order_by: text("Order in MLflow's words"),
	runs: about(z.array(mlflowRunPart), 'In that order, as many as --limit'),
	has_more: flag('MLflow has more that match'),
});

export const modelVersionPart = z.object({
	name: text('Registered model'),
	version: text('Version'),
	status: text('READY, PENDING_REGISTRATION or FAILED_REGISTRATION'),
	stage: text('None, Staging, Production or Archived (deprecated by MLflow in favour of aliases)'),
	aliases: z.array(z.string()),
	run_id: optionalText('Id of the MLflow run that created it'),
	model_id: optionalText('Id of the logged model of which it was made (MLflow 3)'),
	tags: about(z.record(z.string(), z.string()), 'Tags of the version'),
	created_at: time(),
});
export type ComparisonPart = z.infer<typeof comparisonPart>;
export type ModelVersionPart = z.infer<typeof modelVersionPart>;

export const comparisonPart = z.object({
	model: text('Registered model'),
	champion: text('Version that serves'),
	champion_mark: text('What makes it the champion: @ and its alias, or Production, its stage'),
	newest: text('Newest version'),
	metrics: about(
		z.array(
			z.object({
				key: z.string(),
				champion: metricValuePart,
				newest: metricValuePart,
				verdict: about(
					z.nullable(z.enum(['better', 'worse', 'equal'])),
					'The newest version against the champion; null if the name of the metric does not say which direction is better',
				),
			}),
		),
		'Metrics that both have',
	),
});

export const loggedModelPart = z.object({
	model_id: text('Id of the logged model'),
	name: text('Name'),
	status: text('READY, PENDING or UPLOAD_FAILED'),
	type: optionalText('Type that the training script named'),
	run_id: optionalText('Id of the MLflow run that logged it'),
	versions: about(z.array(z.string()), 'Registered versions made of it: model/version'),
	created_at: time(),
});
export type LoggedModelPart = z.infer<typeof loggedModelPart>;

export const tracesPart = z.object({
	window_s: count('Seconds over which they are counted'),
	count: count('Traces'),
	failed: count('Traces that ended in an error'),
	p95_ms: optionalCount('Duration below which 95 % of them stayed; null if there are none'),
});
export type TracesPart = z.infer<typeof tracesPart>;

export const promptPart = z.object({
	name: text('Prompt'),
	version: optionalText('Newest version'),
	aliases: about(z.record(z.string(), z.string()), 'Version of each alias'),
	updated_at: time(),
});
export type PromptPart = z.infer<typeof promptPart>;
