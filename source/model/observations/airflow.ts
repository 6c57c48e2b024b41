import * as z from 'zod/mini';
import { messageSchema } from '../../words/message.ts';
import { airflowEventSchema, runCountsSchema } from '../airflow/airflow-watch.ts';
import {
	airflowHealthSchema,
	dagRunSchema,
	dagSchema,
	dagTaskSchema,
	importErrorSchema,
	taskInstanceSchema,
} from '../airflow/pipeline.ts';
import { openQuestionSchema } from '../airflow/question.ts';
import { failureSchema } from '../source.ts';
import { at } from './times.ts';

/** DAGs, their runs and tasks. */
export const airflowObservations = [
	z.object({
		...at,
		type: z.literal('airflow user found'),
		/**
		 * The user that the stack's own Airflow was set up with, and the container that says so; null: none says it.
		 * `container` null: the Compose files say it.
		 */
		user: z.nullable(z.object({ name: z.string(), container: z.nullable(z.string()) })),
	}),
	/** The DAG to show if none is named, instead of the configuration's default. */
	z.object({ ...at, type: z.literal('default dag found'), dagId: z.string() }),
	z.object({ ...at, type: z.literal('airflow health'), health: airflowHealthSchema }),
	z.object({ ...at, type: z.literal('dags fetched'), dags: z.array(dagSchema) }),
	z.object({ ...at, type: z.literal('dag tasks fetched'), dagId: z.string(), tasks: z.array(dagTaskSchema) }),
	z.object({ ...at, type: z.literal('import errors fetched'), errors: z.array(importErrorSchema) }),
	z.object({ ...at, type: z.literal('dag runs fetched'), dagId: z.string(), runs: z.array(dagRunSchema) }),
	/** What people did, by Airflow's audit log (Airflow 3). */
	z.object({ ...at, type: z.literal('airflow events fetched'), events: z.array(airflowEventSchema) }),
	/** Of all DAGs (Airflow 3). */
	z.object({ ...at, type: z.literal('run counts fetched'), counts: z.array(runCountsSchema) }),
	/** Of all DAGs, oldest first (Airflow 3); null: this Airflow does not list them for this user. */
	z.object({
		...at,
		type: z.literal('questions fetched'),
		questions: z.nullable(z.array(openQuestionSchema)),
	}),
	z.object({ ...at, type: z.literal('newest runs fetched'), runs: z.array(dagRunSchema) }),
	z.object({
		...at,
		type: z.literal('dag runs matched'),
		dagId: z.string(),
		runState: z.nullable(z.string()),
		runs: z.array(dagRunSchema),
		/** Of all matching runs of the DAG. */
		total: z.number(),
		/** Number of newer runs before this page; absent: the newest page. */
		offset: z.optional(z.number()),
	}),
	z.object({
		...at,
		type: z.literal('task instances fetched'),
		dagId: z.string(),
		dagRunId: z.string(),
		taskInstances: z.array(taskInstanceSchema),
	}),
	/** A page of a DAG's runs, those made last first, for the views over many runs; `offset`: number of later runs. */
	z.object({
		...at,
		type: z.literal('run history fetched'),
		dagId: z.string(),
		offset: z.number(),
		runs: z.array(dagRunSchema),
		/** Of all runs of the DAG. */
		total: z.number(),
	}),
	z.object({
		...at,
		type: z.literal('run history tasks fetched'),
		dagId: z.string(),
		/** The runs as they were, with all their task instances. */
		runs: z.array(z.object({ run: dagRunSchema, taskInstances: z.array(taskInstanceSchema) })),
	}),
	z.object({ ...at, type: z.literal('run history failed'), dagId: z.string(), failure: failureSchema }),
	/** No view over many runs has been open for a while. */
	z.object({ ...at, type: z.literal('run history dropped') }),
	z.object({
		...at,
		type: z.literal('task failure explained'),
		/** The try, see `tryKey`. */
		key: z.string(),
		reason: messageSchema,
		tail: z.array(z.string()),
		isUnread: z.optional(z.literal(true)),
	}),
] as const;
