import * as z from 'zod/mini';
import type { DagParam } from '../../../model/dag-params.ts';
import type { Json } from '../../../model/json.ts';
import {
	ignored,
	maskedLines,
	optionalId,
	optionalText,
	optionalTime,
	outsideId,
	outsideJson,
	outsideList,
	outsideText,
} from '../../../model/outside-text.ts';
import type { Dag, DagTask } from '../../../model/pipeline.ts';

/** Responses of Airflow's REST API v1 about DAGs, parsed tolerantly: airflow/api_connexion/openapi/v1.yaml (2.8.0). */

const scheduleInterval = z.pipe(
	z.nullish(
		z.union([
			outsideText,
			z.object({ value: outsideText }),
			z.object({ days: z.number(), seconds: z.number(), microseconds: z.optional(z.number()) }),
			z.object({}),
		]),
	),
	z.transform((interval): string | null => {
		if (interval === null || interval === undefined) return null;
		if (typeof interval === 'string') return interval;
		if ('value' in interval && typeof interval.value === 'string') return interval.value;
		if ('days' in interval && typeof interval.days === 'number' && typeof interval.seconds === 'number') {
			return inWords(interval.days, interval.seconds);
		}
		return 'other';
	}),
);

/** The time between two runs: `daily`, `every 6 h`. */
export function inWords(days: number, seconds: number): string {
	const parts: string[] = [];
	if (days) parts.push(days === 1 ? 'daily' : `every ${days} days`);
	if (seconds) {
		const hours = seconds / 3600;
		const rest = Number.isInteger(hours)
			? `${hours} h`
			: Number.isInteger(seconds / 60)
				? `${seconds / 60} min`
				: `${seconds} s`;
		parts.push(days ? `and ${rest}` : `every ${rest}`);
	}
	return parts.join(' ') || 'continuous';
}

export const dagAnswer = z.pipe(
	z.object({
		dag_id: outsideId,
		is_paused: z.nullish(z.boolean()),
		is_active: z.nullish(z.boolean()),
		description: optionalText,
		schedule_interval: scheduleInterval,
		timetable_description: optionalText,
		next_dagrun_create_after: optionalTime,
		owners: z.nullish(outsideList(outsideText)),
		tags: z.nullish(outsideList(z.object({ name: outsideText }))),
		fileloc: optionalText,
		file_token: optionalId,
		last_parsed_time: optionalTime,
		has_import_errors: z.nullish(z.boolean()),
		max_active_tasks: z.nullish(z.number()),
		max_active_runs: z.nullish(z.number()),
		has_task_concurrency_limits: z.nullish(z.boolean()),
	}),
	z.transform(
		(dag): Dag => ({
			dagId: dag.dag_id,
			isPaused: dag.is_paused ?? false,
			isActive: dag.is_active ?? true,
			description: dag.description,
			schedule: dag.schedule_interval,
			nextRunAt: dag.next_dagrun_create_after,
			owners: dag.owners ?? [],
			tags: (dag.tags ?? []).map(tag => tag.name),
			fileLocation: dag.fileloc,
			fileToken: dag.file_token,
			lastParsedAt: dag.last_parsed_time,
			hasImportErrors: dag.has_import_errors ?? false,
			maxActiveTasks: dag.max_active_tasks ?? null,
			maxActiveRuns: dag.max_active_runs ?? null,
			hasTaskConcurrencyLimits: dag.has_task_concurrency_limits ?? false,
		}),
	),
);
export const dagsAnswer = z.object({ dags: outsideList(dagAnswer), total_entries: z.number() });

/** A param is `{__class, value, description, schema}` (airflow/models/param.py, Param.dump); a bare value in old versions. */
const paramAnswer = z.union([
	z.object({
		__class: outsideText,
		value: z.optional(outsideJson),
		description: z.nullish(maskedLines),
		schema: z.nullish(z.record(outsideText, outsideJson)),
	}),
	outsideJson,
]);

export const dagDetailsAnswer = z.pipe(
	z.object({ params: z.nullish(z.record(outsideId, paramAnswer)) }),
	z.transform((answer): { params: DagParam[] } => ({
		params: Object.entries(answer.params ?? {}).map(([name, param]) => {
			if (!isParam(param)) return { name, value: param, description: null, title: null, schema: {} };
			const schema = param.schema ?? {};
			return {
				name,
				value: param.value ?? null,
				description: param.description || null,
				title: typeof schema.title === 'string' ? schema.title : null,
				schema,
			};
		}),
	})),
);

type ParamObject = { __class: string; value?: Json | undefined; description?: string | null | undefined };
function isParam(param: z.infer<typeof paramAnswer>): param is ParamObject & { schema?: { [name: string]: Json } } {
	return typeof param === 'object' && param !== null && '__class' in param;
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
			dependsOnPast: task.depends_on_past ?? false,
			waitForDownstream: task.wait_for_downstream ?? false,
			...(task.retries == null ? {} : { retries: task.retries }),
			retryDelayMs: task.retry_delay ?? 0,
			hasRetryBackoff: Boolean(task.retry_exponential_backoff),
		})),
	),
);
