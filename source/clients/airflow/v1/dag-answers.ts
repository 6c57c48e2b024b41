import * as z from 'zod/mini';
import type { DagParam } from '../../../model/airflow/dag-params.ts';
import type { Dag } from '../../../model/airflow/pipeline.ts';
import { total } from '../../../model/text/outside-number.ts';
import {
	maskedLines,
	optionalTime,
	outsideId,
	outsideJson,
	outsideList,
	outsideText,
} from '../../../model/text/outside-text.ts';
import { dagFields, dagOf, every, type ParamObject, paramOf } from '../dag-answers.ts';

/** Responses of Airflow's REST API v1 about DAGs, parsed tolerantly: airflow/api_connexion/openapi/v1.yaml (2.8.0). */
export { tasksAnswer } from '../dag-answers.ts';

const scheduleInterval = z.pipe(
	z.nullish(
		z.union([
			outsideText,
			z.object({ value: outsideText }),
			z.object({ days: z.number(), seconds: z.number(), microseconds: z.optional(z.number()) }),
			z.object({}),
		]),
	),
	z.transform((interval): Pick<Dag, 'schedule' | 'periodMs'> => {
		if (interval === null || interval === undefined) return { schedule: null };
		if (typeof interval === 'string') return { schedule: interval };
		if ('value' in interval && typeof interval.value === 'string') return { schedule: interval.value };
		if ('days' in interval && typeof interval.days === 'number' && typeof interval.seconds === 'number') {
			return every(interval.days, interval.seconds);
		}
		return { schedule: 'other' };
	}),
);

export const dagAnswer = z.pipe(
	z.object({
		...dagFields,
		is_active: z.nullish(z.boolean()),
		schedule_interval: scheduleInterval,
		next_dagrun_create_after: optionalTime,
	}),
	z.transform(
		(dag): Dag => ({
			...dagOf(dag),
			isActive: dag.is_active ?? true,
			...dag.schedule_interval,
			nextRunAt: dag.next_dagrun_create_after,
		}),
	),
);
export const dagsAnswer = z.object({ dags: outsideList(dagAnswer), total_entries: total });

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
			return paramOf(name, param);
		}),
	})),
);

function isParam(param: z.infer<typeof paramAnswer>): param is ParamObject & { __class: string } {
	return typeof param === 'object' && param !== null && '__class' in param;
}
