import * as z from 'zod/mini';
import type { Message } from '../../words/message.ts';
import { sshTargetSchema } from '../engine/ssh-state.ts';
import type { FailureCode } from '../source.ts';

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

/** A page and its last check. */
export type EndpointState = Endpoint & {
	readonly check: null | {
		readonly ok: boolean;
		/** Since when it has been ok, or not. */
		readonly since: number;
		readonly checkedAt: number;
		readonly httpStatus: number | null;
		readonly answerMs: number | null;
		/** null if it is ok. */
		readonly problem: Message | null;
		readonly code?: FailureCode | undefined;
		/** The address that responded, where it is not `healthUrl`. */
		readonly movedTo?: string | undefined;
	};
};
