import * as z from 'zod/mini';

/** The experiment of the guide's pipeline, whose first run makes it. */
export const guideExperiment = 'lakehouse_ml_pipeline';

/**
 * A metric's value. JSON has no NaN and no infinities: MLflow's REST API writes those three as strings, and so do
 * observations, which have to survive being written down. `metricNumber` makes numbers of them.
 */
export const metricValueSchema = z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity'])]);
export type MetricValue = z.infer<typeof metricValueSchema>;

/**
 * The value as a number. MLflow's SQL store keeps an infinity as ±1.7976931348623157e308
 * (mlflow/store/tracking/sqlalchemy_store.py), so that one is read back as the infinity that was logged.
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

/** An MLflow run. `status`: RUNNING, SCHEDULED, FINISHED, FAILED, KILLED or a newer word. */
export const mlflowRunSchema = z.object({
	runId: z.string(),
	runName: z.string(),
	experimentId: z.string(),
	status: z.string(),
	startedAt: z.number(),
	endedAt: z.nullable(z.number()),
	/** The latest value of each metric, which is all that `runs/search` tells. */
	metrics: z.array(metricSchema),
	params: z.array(keyValueSchema),
	tags: z.array(keyValueSchema),
});
export type MlflowRun = z.infer<typeof mlflowRunSchema>;

/**
 * The runs of an experiment after its newest ones were asked for again. Of the others none has begun since the oldest of
 * these: what is not among them, and did, was deleted. Newest first, `limit` at the most. Pure.
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
	createdAt: z.number(),
});
export type ModelVersion = z.infer<typeof modelVersionSchema>;
