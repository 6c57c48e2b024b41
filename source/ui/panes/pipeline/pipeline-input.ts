import type { Waiter } from '../../../diagnosis/waiting/waiters.ts';
import type { ViewContext } from '../view-context.ts';

export type PipelineViewInput = ViewContext & {
	readonly dagId: string;
	/** The run picked by hand; null follows the newest. */
	readonly dagRunId: string | null;
	/** The stage picked by hand. */
	readonly taskId: string | null;
	/** The chosen instance of it, where it is mapped. */
	readonly instance?: string | null;
	/** What is marked, `task ID`. */
	readonly marks: readonly string[];
	/** Compose project of the stack. */
	readonly project: string | null;
};

export type WithWaiters = PipelineViewInput & { readonly waiters: readonly Waiter[] };
