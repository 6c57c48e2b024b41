import type { Waiter } from '../../../diagnosis/waiting/waiters.ts';
import type { GraphViewState, PipelineViewId } from '../../conversation.ts';
import type { ViewContext } from '../view-context.ts';

export type PipelineViewInput = ViewContext & {
	readonly dagId: string;
	/** The selected run; null follows the newest. */
	readonly dagRunId: string | null;
	readonly taskId: string | null;
	/** The selected instance of a mapped task. */
	readonly instance?: string | null;
	/** In full screen; the overview always shows the tasks. */
	readonly pipelineView?: PipelineViewId;
	readonly graph?: GraphViewState;
	/** `task ID`. */
	readonly marks: readonly string[];
	/** Compose project of the stack. */
	readonly project: string | null;
};

export type WithWaiters = PipelineViewInput & { readonly waiters: readonly Waiter[] };
