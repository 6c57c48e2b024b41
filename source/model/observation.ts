import * as z from 'zod/mini';
import { messageSchema } from '../words/message.ts';
import { acknowledgementSchema, acknowledgementsProblemSchema } from './acknowledgement.ts';
import { airflowEventSchema, runCountsSchema } from './airflow/airflow-watch.ts';
import {
	airflowHealthSchema,
	dagRunSchema,
	dagSchema,
	dagTaskSchema,
	importErrorSchema,
	taskInstanceSchema,
} from './airflow/pipeline.ts';
import { openQuestionSchema } from './airflow/question.ts';
import { checkResultSchema } from './check.ts';
import { cutListSchema } from './cut-list.ts';
import { containerDetailSchema, containerEventSchema, containerSchema } from './engine/container.ts';
import { statsSampleSchema } from './engine/container-stats.ts';
import { sshStatusSchema } from './engine/ssh-state.ts';
import { findingSchema } from './finding.ts';
import { logLineSchema } from './logs/log-line.ts';
import { signs } from './logs/log-sign.ts';
import { experimentSchema, mlflowRunSchema, modelVersionSchema } from './mlflow/experiment.ts';
import { loggedModelSchema, promptSchema, traceFiguresSchema } from './mlflow/logged-model.ts';
import { runQuerySchema } from './mlflow/run-search.ts';
import { failureCodes, failureKinds, failureSchema, feedNameSchema, sourceNameSchema } from './source.ts';
import { stackSchema } from './stack/discovery.ts';
import { endpointSchema } from './stack/endpoint.ts';

/**
 * The screen is a fold over observations: plain, serialisable facts with the time at which laketop learned them (`at`,
 * ms since the epoch, from the injected clock).
 */
const at = { at: z.number() };
/**
 * When the request was sent, ms since the epoch: events that arrived later may be newer than the response. Left out in
 * recordings of earlier versions.
 */
const askedAt = { askedAt: z.optional(z.number()) };

export const observationSchema = z.discriminatedUnion('type', [
	z.object({
		...at,
		type: z.literal('source connected'),
		source: sourceNameSchema,
		version: z.string(),
		address: z.string(),
		/** Of the engine: it offers no events, and is polled. */
		withoutEvents: z.optional(z.literal(true)),
	}),
	z.object({ ...at, type: z.literal('feed live'), feed: feedNameSchema }),
	z.object({
		...at,
		type: z.literal('feed failed'),
		feed: feedNameSchema,
		failure: failureSchema,
		/** Time of the next retry, ms since the epoch. */
		retryAt: z.number(),
	}),

	z.object({ ...at, ...sshStatusSchema.shape, type: z.literal('ssh changed') }),

	z.object({ ...at, ...askedAt, type: z.literal('containers listed'), containers: z.array(containerSchema) }),
	z.object({ ...at, ...askedAt, type: z.literal('container inspected'), detail: containerDetailSchema }),
	z.object({ ...at, type: z.literal('container removed'), id: z.string() }),
	z.object({ ...at, type: z.literal('container event'), event: containerEventSchema }),
	z.object({ ...at, type: z.literal('container stats'), sample: statsSampleSchema }),

	z.object({ ...at, ...stackSchema.shape, type: z.literal('stack discovered'), endpoints: z.array(endpointSchema) }),
	z.object({
		...at,
		type: z.literal('endpoint checked'),
		id: z.string(),
		ok: z.boolean(),
		httpStatus: z.nullable(z.number()),
		/** Response time, ms; null without a response. */
		answerMs: z.nullable(z.number()),
		/** Why it is not ok, one line; null if it is. */
		problem: z.nullable(messageSchema),
		code: z.optional(z.enum(failureCodes)),
		/** The address that responded, where it is not the expected one: Airflow 3 moved its health page. */
		movedTo: z.optional(z.string()),
	}),

	z.object({
		...at,
		type: z.literal('airflow user found'),
		/**
		 * The user that the stack's own Airflow was set up with, and the container that says so; null: none says it.
		 * `container` null: the Compose files say it.
		 */
		user: z.nullable(z.object({ name: z.string(), container: z.nullable(z.string()) })),
	}),
	/** A list was read of which the server has more, or has no longer: see `cut-list.ts`. */
	z.object({ ...at, type: z.literal('list cut'), cut: cutListSchema }),
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

	/** Lines go to the ring buffers beside the state (`log-store.ts`); the reducer ignores them. */
	z.object({ ...at, type: z.literal('log lines'), stream: z.string(), lines: z.readonly(z.array(logLineSchema)) }),
	/** The lines of a log are dropped: it is read again, or (forgotten) was closed long ago. */
	z.object({ ...at, type: z.literal('log cleared'), stream: z.string(), forgotten: z.boolean() }),
	/** The first error of a burst in a log: for the timeline, not for the log itself. */
	z.object({
		...at,
		type: z.literal('log errors'),
		stream: z.string(),
		/** The display name of the log's source. */
		subject: z.string(),
		container: z.nullable(z.string()),
		loggedAt: z.number(),
		text: z.string(),
		/** Number of further errors. */
		more: z.number(),
	}),
	z.object({
		...at,
		type: z.literal('log stream'),
		/** The stream's key, see `containerStream`. */
		stream: z.string(),
		status: z.enum(['connecting', 'following', 'ended', 'failed']),
		/** Where the lines of a task come from. */
		via: z.optional(z.enum(['file', 'api'])),
		/** A note for the reader, one line; null if there is none. */
		note: z.nullable(messageSchema),
		/** What to do about it, one line. */
		fix: z.optional(z.nullable(messageSchema)),
		/** Why it failed. */
		kind: z.optional(z.enum(failureKinds)),
	}),

	z.object({
		...at,
		type: z.literal('check finished'),
		/** The subject if a check has several: a container's id, a file. */
		subject: z.string(),
		result: checkResultSchema,
		/** Id of the container that the result is about, if it is about a single one. */
		container: z.optional(z.string()),
		/** When the check started: the result may be of any moment since. Left out if the check took no time. */
		askedAt: z.optional(z.number()),
	}),
	z.object({
		...at,
		type: z.literal('check failed'),
		check: z.string(),
		subject: z.string(),
		/** Why it failed, one line. */
		message: messageSchema,
		askedAt: z.optional(z.number()),
	}),
	/** Every possible check was made; `deep`: including expensive ones. */
	z.object({ ...at, type: z.literal('checks complete'), deep: z.boolean() }),
	/** A log line that points to a problem. */
	z.object({
		...at,
		type: z.literal('log sign'),
		/** Name of the container. */
		container: z.string(),
		sign: z.enum(signs),
		line: z.string(),
		/** ms since the epoch, by the log. */
		happenedAt: z.number(),
	}),
	/** The diagnosis has a new result that differs from the previous one. */
	z.object({ ...at, type: z.literal('findings changed'), findings: z.array(findingSchema) }),

	/** Acknowledgements of this host for findings of this stack. */
	z.object({
		...at,
		type: z.literal('acknowledgements read'),
		acknowledgements: z.array(acknowledgementSchema),
		/** Why some or all were not read; null if all were. */
		problem: z.nullable(acknowledgementsProblemSchema),
	}),

	z.object({
		...at,
		type: z.literal('action started'),
		id: z.string(),
		actionId: z.string(),
		/** A verb and its object, for display: `restart airflow-worker`. */
		title: messageSchema,
		/** The targets; left out in recordings of earlier versions. */
		targets: z.optional(z.array(z.string())),
	}),
	/** A line of progress of a running action. */
	z.object({ ...at, type: z.literal('action progress'), id: z.string(), line: messageSchema }),
	z.object({
		...at,
		type: z.literal('action finished'),
		id: z.string(),
		/** unknown: the response was lost, so it may or may not have happened. */
		outcome: z.enum(['done', 'failed', 'unknown']),
		message: messageSchema,
	}),
]);
export type Observation = z.infer<typeof observationSchema>;
/** An observation without its time: feeds report facts, the monitor adds the time. */
export type Fact = Observation extends infer One ? (One extends Observation ? Omit<One, 'at'> : never) : never;
