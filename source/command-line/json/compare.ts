import * as z from 'zod/mini';
import { about, count, head, optionalText, text } from './fields.ts';
import { metricValuePart, mlflowRunPart, modelVersionPart } from './mlflow.ts';

/** The document of `laketop compare`. */
export const compare = z.object({
	...head('laketop/compare/1'),
	experiment: text('MLflow experiment'),
	runs: about(
		z.array(mlflowRunPart),
		'The MLflow runs; the first is what the others are compared with. Empty where model versions are compared',
	),
	versions: about(
		z.array(
			z.object({
				...modelVersionPart.shape,
				run: about(z.nullable(mlflowRunPart), 'The MLflow run that made it; null if MLflow no longer has it'),
				dag_id: optionalText('DAG that made it, by tags'),
				dag_run_id: optionalText('DAG run that made it, by tags'),
				task_id: optionalText('Task that made it, by tags'),
			}),
		),
		'The model versions; the first is what the others are compared with. Empty where MLflow runs are compared',
	),
	tags: about(
		z.array(
			z.object({
				key: text('Tag'),
				values: about(z.array(z.nullable(z.string())), 'Value of each model version; null if it has none'),
			}),
		),
		'Tags of model versions whose values differ',
	),
	params: about(
		z.array(
			z.object({
				key: text('Param'),
				values: about(z.array(z.nullable(z.string())), 'Value of each MLflow run; null if it has none'),
			}),
		),
		'Params whose values differ',
	),
	same_params: count('Number of params with one value in all of them'),
	metrics: z.array(
		z.object({
			key: text('Metric'),
			direction: about(
				z.nullable(z.enum(['higher', 'lower'])),
				'Which is better, by the name; null if it does not say',
			),
			values: about(z.array(z.nullable(metricValuePart)), 'Latest value of each MLflow run; null if it has none'),
			verdicts: about(
				z.array(z.nullable(z.enum(['better', 'worse', 'equal']))),
				'Each MLflow run against the first; null for the first, and where it cannot be said',
			),
			best: about(z.array(z.number()), 'Positions of the best values, from 0; empty if none is better than the others'),
		}),
	),
});
