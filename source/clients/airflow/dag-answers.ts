import * as z from 'zod/mini';
import type { DagParam } from '../../model/airflow/dag-params.ts';
import type { Dag, DagTask } from '../../model/airflow/pipeline.ts';
import type { Json } from '../../model/text/json.ts';
import {
	ignored,
	optionalId,
	optionalText,
	optionalTime,
	outsideId,
	outsideList,
	outsideText,
} from '../../model/text/outside-text.ts';
import { duration } from '../../words/amounts.ts';

/** What the REST APIs v1 and v2 say of DAGs in the same words. */

/** Fields of a DAG. */
export const dagFields = {
	dag_id: outsideId,
	is_paused: z.nullish(z.boolean()),
	description: optionalText,
	owners: z.nullish(outsideList(outsideText)),
	tags: z.nullish(outsideList(z.object({ name: outsideText }))),
	fileloc: optionalText,
	file_token: optionalId,
	last_parsed_time: optionalTime,
	has_import_errors: z.nullish(z.boolean()),
	max_active_tasks: z.nullish(z.number()),
	max_active_runs: z.nullish(z.number()),
	has_task_concurrency_limits: z.nullish(z.boolean()),
};
const dagShape = z.object(dagFields);

/** These fields as a DAG. What the generations name differently is missing. */
export function dagOf(dag: z.infer<typeof dagShape>): Omit<Dag, 'isActive' | 'schedule' | 'periodMs' | 'nextRunAt'> {
	return {
		dagId: dag.dag_id,
		isPaused: dag.is_paused ?? false,
		description: dag.description,
		owners: dag.owners ?? [],
		tags: (dag.tags ?? []).map(tag => tag.name),
		fileLocation: dag.fileloc,
		fileToken: dag.file_token,
		lastParsedAt: dag.last_parsed_time,
		hasImportErrors: dag.has_import_errors ?? false,
		maxActiveTasks: dag.max_active_tasks ?? null,
		maxActiveRuns: dag.max_active_runs ?? null,
		hasTaskConcurrencyLimits: dag.has_task_concurrency_limits ?? false,
	};
}

/** A param that is sent as an object with its schema. */
export type ParamObject = {
	readonly value?: Json | undefined;
	readonly description?: string | null | undefined;
	readonly schema?: { [name: string]: Json } | null | undefined;
};

export function paramOf(name: string, { value = null, description, schema }: ParamObject): DagParam {
	return {
		name,
		value,
		description: description || null,
		title: typeof schema?.title === 'string' ? schema.title : null,
		schema: schema ?? {},
	};
}

/** A schedule that is a duration. */
export function every(days: number, seconds: number): Pick<Dag, 'schedule' | 'periodMs'> {
	return { schedule: inWords(days, seconds), periodMs: (days * 86_400 + seconds) * 1000 || null };
}

/** The time between two runs: `daily`, `every 6h`. */
function inWords(days: number, seconds: number): string {
	const parts: string[] = [];
	if (days) parts.push(days === 1 ? 'daily' : `every ${days} days`);
	if (seconds) {
		const rest = duration(seconds * 1000);
		parts.push(days ? `and ${rest}` : `every ${rest}`);
	}
	return parts.join(' ') || 'continuous';
}

const timeDelta = z.object({ days: z.number(), seconds: z.number(), microseconds: z.optional(z.number()) });

/** A `TimeDelta` as ms; null for none, or an unknown form. */
const optionalDuration = z.pipe(
	z.optional(z.union([timeDelta, ignored])),
	z.transform((delta): number | null => {
		if (!delta) return null;
		const { days, seconds, microseconds = 0 } = delta;
		return (days * 86_400 + seconds) * 1000 + microseconds / 1000;
	}),
);

export const tasksAnswer = z.pipe(
	z.object({
		tasks: outsideList(
			z.object({
				task_id: outsideId,
				class_ref: z.nullish(z.object({ class_name: optionalText })),
				operator_name: optionalText,
				downstream_task_ids: z.nullish(outsideList(outsideId)),
				trigger_rule: optionalText,
				is_mapped: z.nullish(z.boolean()),
				depends_on_past: z.nullish(z.boolean()),
				wait_for_downstream: z.nullish(z.boolean()),
				retries: z.nullish(z.number()),
				retry_delay: optionalDuration,
				retry_exponential_backoff: z.nullish(z.union([z.boolean(), z.number()])),
			}),
		),
	}),
	z.transform((answer): DagTask[] =>
		answer.tasks.map(task => ({
			taskId: task.task_id,
			operator: task.operator_name ?? task.class_ref?.class_name ?? null,
			downstreamTaskIds: task.downstream_task_ids ?? [],
			triggerRule: task.trigger_rule ?? 'all_success',
			...(task.is_mapped ? { isMapped: true } : {}),
			dependsOnPast: task.depends_on_past ?? false,
			waitForDownstream: task.wait_for_downstream ?? false,
			...(task.retries == null ? {} : { retries: task.retries }),
			retryDelayMs: task.retry_delay ?? 0,
			hasRetryBackoff: Boolean(task.retry_exponential_backoff),
		})),
	),
);
