import * as z from 'zod/mini';

export const endpointSchema = z.object({
	/** Stable name, for example `airflow` or `grafana`. */
	id: z.string(),
	title: z.string(),
	/** The page for people. */
	pageUrl: z.string(),
	/** The address that is requested to check whether it responds. */
	healthUrl: z.string(),
	/** The container that serves it, if known. */
	containerId: z.nullable(z.string()),
});
export type Endpoint = z.infer<typeof endpointSchema>;
