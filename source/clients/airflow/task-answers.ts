import * as z from 'zod/mini';
import {
	optionalId,
	optionalText,
	optionalTime,
	outsideId,
	outsideJson,
	outsideList,
} from '../../model/outside-text.ts';
import type { RenderedField, TaskDetail, XComKey } from '../../model/task-detail.ts';
import { taskInstanceAnswer } from './run-answers.ts';

/**
 * Responses about one task instance and what it has pushed, of API v1 and v2: airflow/api_connexion/schemas/
 * {task_instance,xcom}_schema.py (2.8.0), airflow-core/src/airflow/api_fastapi/core_api/datamodels (3.3.2).
 */

const detailFields = z.object({
	operator: optionalText,
	/** Airflow 3: `@task` for a decorated function. */
	operator_name: optionalText,
	scheduled_when: optionalTime,
	priority_weight: z.nullish(z.number()),
	pid: z.nullish(z.number()),
	executor: optionalText,
	rendered_map_index: optionalText,
	rendered_fields: outsideJson,
});

const detailAnswer = z.pipe(
	detailFields,
	z.transform(answer => ({
		operator: answer.operator_name ?? answer.operator,
		scheduledAt: answer.scheduled_when,
		priorityWeight: answer.priority_weight ?? null,
		pid: answer.pid ?? null,
		executor: answer.executor,
		label: answer.rendered_map_index,
		fields: fieldsOf(answer.rendered_fields),
	})),
);

/** The fields of the lists, and those that only a page about one task shows. */
export const taskDetailAnswer: z.ZodMiniType<TaskDetail> = z.intersection(taskInstanceAnswer, detailAnswer);

/** Fields without a value say nothing: most operators have several. */
function fieldsOf(rendered: z.infer<typeof outsideJson>): RenderedField[] {
	if (typeof rendered !== 'object' || rendered === null || Array.isArray(rendered)) return [];
	return Object.entries(rendered).flatMap(([name, value]) => (isEmpty(value) ? [] : [{ name, value }]));
}

function isEmpty(value: RenderedField['value']): boolean {
	if (value === null || value === '') return true;
	return typeof value === 'object' && Object.keys(value).length === 0;
}

export const xcomKeysAnswer = z.object({
	xcom_entries: outsideList(
		z.pipe(
			z.object({ key: outsideId, timestamp: optionalTime, map_index: z.nullish(z.number()) }),
			z.transform((entry): XComKey & { readonly mapIndex: number } => ({
				key: entry.key,
				pushedAt: entry.timestamp,
				mapIndex: entry.map_index ?? -1,
			})),
		),
	),
	total_entries: z.number(),
});

/** Airflow 2 sends the text of a Python value, Airflow 3 the value itself. */
export const xcomAnswer = z.object({ key: optionalId, value: outsideJson });
