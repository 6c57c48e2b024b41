import * as z from 'zod/mini';
import { maskText } from '../secrets/secrets.ts';
import type { DagParam } from './dag-params.ts';
import type { DagTask, TaskInstance } from './pipeline.ts';

/**
 * What a task asks people (Airflow 3: a required action, "human-in-the-loop"). The task waits in the state
 * `awaiting_input` until it is answered or times out.
 */
export type Question = Pick<TaskInstance, 'dagId' | 'dagRunId' | 'taskId' | 'mapIndex'> & {
	readonly subject: string;
	/** Markdown, several lines; empty if there is none. */
	readonly body: string;
	readonly options: readonly string[];
	/** The options that are chosen when it times out; empty: the task fails then. */
	readonly defaults: readonly string[];
	/** Whether several options may be chosen. */
	readonly multiple: boolean;
	readonly params: readonly DagParam[];
	/** Names of the users who may answer; empty: everybody with the permission. */
	readonly assigned: readonly string[];
	/** ms since the epoch. */
	readonly askedAt: number | null;
};

export type Answer = {
	readonly chosen: readonly string[];
	/** Values of its params: a JSON object as text. */
	readonly params: string;
};

/** An unanswered question, as far as it is shown before somebody opens it. */
export const openQuestionSchema = z.object({
	dagId: z.string(),
	dagRunId: z.string(),
	taskId: z.string(),
	mapIndex: z.number(),
	/** Secrets are masked; empty if only the task's state is known. */
	subject: z.string(),
	/** ms since the epoch. */
	askedAt: z.nullable(z.number()),
});
export type OpenQuestion = z.infer<typeof openQuestionSchema>;

export const openQuestionOf = ({ dagId, dagRunId, taskId, mapIndex, subject, askedAt }: Question): OpenQuestion => ({
	...{ dagId, dagRunId, taskId, mapIndex, askedAt },
	subject: maskText(subject),
});

/** State of a task instance that has asked. Source: airflow/utils/state.py (3.3.2). */
export const awaitingInput = 'awaiting_input';

/** Trigger of a task that has asked, before that state existed: airflow/providers/standard/triggers/hitl.py. */
const askingTrigger = 'HITLTrigger';

/** Whether a task instance has asked and has no answer yet. */
export function waitsForAnswer({ state, trigger }: Pick<TaskInstance, 'state' | 'trigger'>): boolean {
	return state === awaitingInput || (state === 'deferred' && trigger?.name === askingTrigger);
}

/** Since when it waits for the answer, ms since the epoch; null: unknown. */
export function askedSince({ startedAt, trigger }: Pick<TaskInstance, 'startedAt' | 'trigger'>): number | null {
	return trigger?.createdAt ?? startedAt;
}

/** airflow/providers/standard/operators/hitl.py */
const askingOperators: ReadonlySet<string | null> = new Set([
	...['HITLOperator', 'ApprovalOperator', 'HITLBranchOperator', 'HITLEntryOperator'],
]);

/** Whether the task spends its time waiting for a person. */
export function asksPeople({ operator }: Pick<DagTask, 'operator'>): boolean {
	return askingOperators.has(operator);
}
