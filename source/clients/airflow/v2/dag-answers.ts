import * as z from 'zod/mini';
import type { DagParam } from '../../../model/dag-params.ts';
import {
	maskedLines,
	optionalId,
	optionalText,
	optionalTime,
	outsideId,
	outsideJson,
	outsideList,
	outsideText,
} from '../../../model/outside-text.ts';
import type { Dag } from '../../../model/pipeline.ts';
import { inWords } from '../v1/dag-answers.ts';

/**
 * Responses of Airflow's REST API v2 about DAGs, parsed tolerantly: responses of Airflow 3.3.2. Tasks are as in API v1.
 */
export { tasksAnswer } from '../v1/dag-answers.ts';

/** A DAG and the bundle of its file, which locates files with import errors. */
export type BundledDag = { readonly dag: Dag; readonly bundle: string | null; readonly root: string | null };

export const dagAnswer = z.pipe(
	z.object({
		dag_id: outsideId,
		is_paused: z.nullish(z.boolean()),
		is_stale: z.nullish(z.boolean()),
		description: optionalText,
		timetable_summary: optionalText,
		next_dagrun_run_after: optionalTime,
		owners: z.nullish(outsideList(outsideText)),
		tags: z.nullish(outsideList(z.object({ name: outsideText }))),
		fileloc: optionalText,
		relative_fileloc: optionalText,
		bundle_name: optionalText,
		file_token: optionalId,
		last_parsed_time: optionalTime,
		has_import_errors: z.nullish(z.boolean()),
		max_active_tasks: z.nullish(z.number()),
		max_active_runs: z.nullish(z.number()),
		has_task_concurrency_limits: z.nullish(z.boolean()),
	}),
	z.transform(
		(answer): BundledDag => ({
			dag: {
				dagId: answer.dag_id,
				isPaused: answer.is_paused ?? false,
				isActive: !(answer.is_stale ?? false),
				description: answer.description,
				schedule: answer.timetable_summary && scheduleOf(answer.timetable_summary),
				nextRunAt: answer.next_dagrun_run_after,
				owners: answer.owners ?? [],
				tags: (answer.tags ?? []).map(tag => tag.name),
				fileLocation: answer.fileloc,
				fileToken: answer.file_token,
				lastParsedAt: answer.last_parsed_time,
				hasImportErrors: answer.has_import_errors ?? false,
				maxActiveTasks: answer.max_active_tasks ?? null,
				maxActiveRuns: answer.max_active_runs ?? null,
				hasTaskConcurrencyLimits: answer.has_task_concurrency_limits ?? false,
			},
			bundle: answer.bundle_name,
			root: rootOf(answer.fileloc, answer.relative_fileloc),
		}),
	),
);
export const dagsAnswer = z.object({ dags: outsideList(dagAnswer), total_entries: z.number() });

/** A timedelta is in the format of Python's str(), `1 day, 6:00:00`. */
function scheduleOf(summary: string): string {
	const [, days = '0', hours, minutes, seconds] = /^(?:(\d+) days?, )?(\d+):(\d\d):(\d\d)$/.exec(summary) ?? [];
	if (hours === undefined) return summary;
	return inWords(Number(days), Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds));
}

/** `/opt/airflow/dags/` of `/opt/airflow/dags/team/etl.py`, whose path in the bundle is `team/etl.py`. */
function rootOf(file: string | null, inBundle: string | null): string | null {
	return file !== null && inBundle !== null && inBundle !== '' && file.endsWith(`/${inBundle}`)
		? file.slice(0, -inBundle.length)
		: null;
}

/** A param is `{value, description, schema, source}` (airflow-core/src/airflow/serialization, 3.3.2). */
const paramAnswer = z.object({
	value: z.optional(outsideJson),
	description: z.nullish(maskedLines),
	schema: z.nullish(z.record(outsideText, outsideJson)),
});

export const dagDetailsAnswer = z.pipe(
	z.object({ params: z.nullish(z.record(outsideId, paramAnswer)) }),
	z.transform((answer): { params: DagParam[] } => ({
		params: Object.entries(answer.params ?? {}).map(([name, param]) => {
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
