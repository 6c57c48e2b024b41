import * as z from 'zod/mini';
import { sshTargetSchema } from '../engine/ssh-state.ts';

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
	/** Requests go through the ssh connection to the engine's host, to this address there. */
	throughSsh: z.optional(sshTargetSchema),
});
export type Endpoint = z.infer<typeof endpointSchema>;
