import * as z from 'zod/mini';
import { experimentSchema, mlflowRunSchema, modelVersionSchema } from '../mlflow/experiment.ts';
import { loggedModelSchema, promptSchema, traceFiguresSchema } from '../mlflow/logged-model.ts';
import { runQuerySchema } from '../mlflow/run-search.ts';
import { failureSchema } from '../source.ts';
import { at } from './times.ts';

/** Experiments, MLflow runs and models. */
export const mlflowObservations = [
	/** The experiment that is shown where nobody named one, in place of the configuration's default. */
	z.object({ ...at, type: z.literal('default experiment found'), name: z.string() }),
	z.object({
		...at,
		type: z.literal('experiment fetched'),
		name: z.string(),
		/** null: MLflow responds and has no experiment of that name (yet). */
		experiment: z.nullable(experimentSchema),
		/** MLflow has deleted it; `experiment` is null then. */
		isDeleted: z.optional(z.boolean()),
	}),
	z.object({ ...at, type: z.literal('mlflow runs fetched'), experimentId: z.string(), runs: z.array(mlflowRunSchema) }),
	/** A page of the runs that the list of MLflow runs shows; `after`: runs of the search before it. */
	z.object({
		...at,
		type: z.literal('mlflow runs found'),
		experimentId: z.string(),
		query: runQuerySchema,
		after: z.number(),
		runs: z.array(mlflowRunSchema),
		nextPage: z.nullable(z.string()),
	}),
	z.object({
		...at,
		type: z.literal('mlflow run search failed'),
		experimentId: z.string(),
		query: runQuerySchema,
		failure: failureSchema,
	}),
	/** Runs in which shown ones are nested, where they are not among the known ones. */
	z.object({
		...at,
		type: z.literal('mlflow run parents fetched'),
		experimentId: z.string(),
		runs: z.array(mlflowRunSchema),
	}),
	/** The list of MLflow runs has been closed for a while. */
	z.object({ ...at, type: z.literal('mlflow run search dropped') }),
	z.object({ ...at, type: z.literal('experiments fetched'), names: z.array(z.string()) }),
	z.object({ ...at, type: z.literal('model versions fetched'), versions: z.array(modelVersionSchema) }),
	/** The runs that made versions which are compared, as far as they are not among the experiment's newest. */
	z.object({ ...at, type: z.literal('version runs fetched'), runs: z.array(mlflowRunSchema) }),
	z.object({ ...at, type: z.literal('logged models fetched'), models: z.array(loggedModelSchema) }),
	z.object({ ...at, type: z.literal('prompts fetched'), prompts: z.array(promptSchema) }),
	z.object({ ...at, type: z.literal('traces counted'), traces: z.nullable(traceFiguresSchema) }),
] as const;
