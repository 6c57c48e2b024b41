import * as z from 'zod/mini';
import { about, count, flag, head, optionalText, text, time } from './fields.ts';
import { metricValuePart } from './mlflow.ts';

/** The document of `laketop chart`. */
export const chart = z.object({
	...head('laketop/chart/1'),
	experiment: text('MLflow experiment'),
	series: about(
		z.array(
			z.object({
				metric: text('Metric'),
				run_id: text('Id of the MLflow run'),
				run_name: text('Its name'),
				status: text('RUNNING, SCHEDULED, FINISHED, FAILED or KILLED'),
				started_at: time(),
				is_live: flag('That MLflow run is still active'),
				part: about(
					z.enum(['all', 'spread', 'first']),
					'all: every point; spread: a sample of the points, which MLflow 3 takes of more than 1,000; first: the oldest 25,000, which is all that older servers send',
				),
				points: about(
					z.array(z.object({ step: count('Step'), at: time(), value: metricValuePart })),
					'By step; of one step by time',
				),
			}),
		),
		'A metric of an MLflow run each; empty with --x runs',
	),
	over_runs: about(
		z.nullable(
			z.array(
				z.object({
					metric: text('Metric'),
					points: about(
						z.array(
							z.object({
								run_id: text('Id of the MLflow run'),
								run_name: text('Its name'),
								status: text('RUNNING, SCHEDULED, FINISHED, FAILED or KILLED'),
								started_at: time(),
								step: count('Step of the value'),
								value: metricValuePart,
							}),
						),
						'The last value of each MLflow run, the oldest first',
					),
				}),
			),
		),
		'With --x runs, and without --x for metrics that were logged once: the values over MLflow runs; else null',
	),
	missing: about(
		z.array(
			z.object({ metric: text('Metric'), run_id: text('Id of the MLflow run'), run_name: optionalText('Its name') }),
		),
		'Metrics that an MLflow run has not logged',
	),
});
