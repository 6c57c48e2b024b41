import * as z from 'zod/mini';
import type { DagParam } from '../../../model/airflow/dag-params.ts';
import type { Dag } from '../../../model/airflow/pipeline.ts';
import { total } from '../../../model/text/outside-number.ts';
import {
	maskedLines,
	optionalText,
	optionalTime,
	outsideId,
	outsideJson,
	outsideList,
	outsideText,
} from '../../../model/text/outside-text.ts';
import { dagFields, dagOf, every, paramOf } from '../dag-answers.ts';

/**
 * Responses of Airflow's REST API v2 about DAGs, parsed tolerantly: responses of Airflow 3.3.2. Tasks are as in API v1.
 */
export { tasksAnswer } from '../dag-answers.ts';

/** A DAG and the bundle of its file, which locates files with import errors. */
export type BundledDag = { readonly dag: Dag; readonly bundle: string | null; readonly root: string | null };

export const dagAnswer = z.pipe(
	z.object({
		...dagFields,
		is_stale: z.nullish(z.boolean()),
		timetable_summary: optionalText,
		next_dagrun_run_after: optionalTime,
		relative_fileloc: optionalText,
		bundle_name: optionalText,
	}),
	z.transform(
		(answer): BundledDag => ({
			dag: {
				...dagOf(answer),
				isActive: !(answer.is_stale ?? false),
				...scheduleOf(answer.timetable_summary),
				nextRunAt: answer.next_dagrun_run_after,
			},
			bundle: answer.bundle_name,
			root: rootOf(answer.fileloc, answer.relative_fileloc),
		}),
	),
);
export const dagsAnswer = z.object({ dags: outsideList(dagAnswer), total_entries: total });

/** A timedelta is in the format of Python's str(), `1 day, 6:00:00`. */
function scheduleOf(summary: string | null): Pick<Dag, 'schedule' | 'periodMs'> {
	const [, days = '0', hours, minutes, seconds] = /^(?:(\d+) days?, )?(\d+):(\d\d):(\d\d)$/.exec(summary ?? '') ?? [];
	if (hours === undefined) return { schedule: summary };
	return every(Number(days), Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds));
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
		params: Object.entries(answer.params ?? {}).map(([name, param]) => paramOf(name, param)),
	})),
);
