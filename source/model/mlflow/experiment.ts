import * as z from 'zod/mini';

/** The experiment of the guide's pipeline, created by its first run. */
export const guideExperiment = 'lakehouse_ml_pipeline';

/**
 * A metric's value. JSON has no NaN and no infinities: MLflow's REST API writes them as strings, and so do
 * observations, which must survive JSON. `metricNumber` converts them.
 */
export const metricValueSchema = z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity'])]);
export type MetricValue = z.infer<typeof metricValueSchema>;

/**
 * The value as a number. MLflow's SQL store keeps an infinity as ±1.7976931348623157e308
 * (mlflow/store/tracking/sqlalchemy_store.py), so that number becomes the logged infinity again.
 */
export function metricNumber(value: MetricValue): number {
	const number = Number(value);
	return Math.abs(number) === Number.MAX_VALUE ? number * 2 : number;
}

/** A metric of an MLflow run at one step. */
export const metricSchema = z.object({
	key: z.string(),
	value: metricValueSchema,
	step: z.number(),
	/** ms since the epoch. */
	loggedAt: z.number(),
});
export type Metric = z.infer<typeof metricSchema>;

export const keyValueSchema = z.object({ key: z.string(), value: z.string() });

export const experimentSchema = z.object({
	experimentId: z.string(),
	name: z.string(),
	artifactLocation: z.nullable(z.string()),
});
export type Experiment = z.infer<typeof experimentSchema>;

/** Data that a run read. `digest`: MLflow's hash of it. `context`: training, evaluation or another word; null: unnamed. */
export const datasetSchema = z.object({
	name: z.string(),
	digest: z.string(),
	context: z.nullable(z.string()),
	/** Where it comes from: local, s3, delta_table or another word. */
	sourceType: z.nullable(z.string()),
});
export type Dataset = z.infer<typeof datasetSchema>;

/** An MLflow run. `status`: RUNNING, SCHEDULED, FINISHED, FAILED, KILLED or a newer word. */
export const mlflowRunSchema = z.object({
	runId: z.string(),
	runName: z.string(),
	experimentId: z.string(),
	status: z.string(),
	startedAt: z.number(),
	endedAt: z.nullable(z.number()),
	/** The latest value of each metric; `runs/search` returns no others. */
	metrics: z.array(metricSchema),
	params: z.array(keyValueSchema),
	tags: z.array(keyValueSchema),
	/** Left out if the run read none that it logged. */
	datasets: z.optional(z.array(datasetSchema)),
	/** Value of the tag by which the user groups runs into series; undefined if none is configured, or the run has none. */
	group: z.optional(z.string()),
});
export type MlflowRun = z.infer<typeof mlflowRunSchema>;

/**
 * The runs of an experiment after its newest ones were fetched again. No other run has started since the oldest of
 * these: runs that did and are not among them were deleted. Newest first, `limit` at most. Pure.
 */
export function withNewestRuns(known: readonly MlflowRun[], newest: readonly MlflowRun[], limit: number): MlflowRun[] {
	const ids = new Set(newest.map(run => run.runId));
	const oldest = newest.at(-1)?.startedAt ?? 0;
	return [...newest, ...known.filter(run => !ids.has(run.runId) && run.startedAt <= oldest)].slice(0, limit);
}

/** A version of a registered model. `status`: READY, PENDING_REGISTRATION, FAILED_REGISTRATION. */
export const modelVersionSchema = z.object({
	name: z.string(),
	version: z.string(),
	status: z.string(),
	/** None, Staging, Production, Archived (deprecated since MLflow 2.9 in favour of aliases). */
	stage: z.string(),
	aliases: z.array(z.string()),
	runId: z.nullable(z.string()),
	/** The LoggedModel of which it was made (MLflow 3). */
	modelId: z.optional(z.nullable(z.string())),
	tags: z.optional(z.array(keyValueSchema)),
	createdAt: z.number(),
});
export type ModelVersion = z.infer<typeof modelVersionSchema>;
