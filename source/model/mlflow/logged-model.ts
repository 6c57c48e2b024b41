import * as z from 'zod/mini';

/**
 * A model that a run logged (MLflow 3), registered or not. `status`: READY, PENDING, UPLOAD_FAILED or a newer word
 * (mlflow/entities/logged_model_status.py).
 */
export const loggedModelSchema = z.object({
	/** `m-` and 32 hexadecimal digits; a model version made of it has the source `models:/` and this. */
	modelId: z.string(),
	name: z.string(),
	status: z.string(),
	/** Flavour or kind, as the script named it. */
	modelType: z.nullable(z.string()),
	/** The run that logged it; null for a model that was made without one. */
	runId: z.nullable(z.string()),
	/** ms since the epoch. */
	createdAt: z.number(),
});
export type LoggedModel = z.infer<typeof loggedModelSchema>;

/** A prompt of the registry (MLflow 3). */
export const promptSchema = z.object({
	name: z.string(),
	/** The newest version; null for a prompt without one. */
	version: z.nullable(z.string()),
	/** Aliases with the version to which each points. */
	aliases: z.array(z.object({ alias: z.string(), version: z.string() })),
	/** When it was changed last; ms since the epoch. */
	updatedAt: z.number(),
});
export type Prompt = z.infer<typeof promptSchema>;

/** The traces of an experiment within a window that ends now (MLflow 3.8 and newer). */
export const traceFiguresSchema = z.object({
	windowMs: z.number(),
	/** All traces, and those that ended in an error. */
	count: z.number(),
	failed: z.number(),
	/** Duration below which 95 % of them stayed, ms; null if there are none. */
	p95Ms: z.nullable(z.number()),
});
export type TraceFigures = z.infer<typeof traceFiguresSchema>;
