import * as z from 'zod/mini';

export const endpointSchema = z.object({
	/** Stable name, for example `airflow` or `grafana`. */
	id: z.string(),
	title: z.string(),
	/** The page for people. */
	pageUrl: z.string(),
	/** What is asked to see whether it answers. */
	healthUrl: z.string(),
	/** The container that serves it, where known. */
	containerId: z.nullable(z.string()),
});
export type Endpoint = z.infer<typeof endpointSchema>;
