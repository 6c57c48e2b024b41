import * as z from 'zod/mini';
import type { TaskTryTimes } from '../../model/airflow/airflow-watch.ts';
import type { RenderedField, TaskDetail, XComKey } from '../../model/airflow/task-detail.ts';
import {
	optionalId,
	optionalText,
	optionalTime,
	outsideId,
	outsideJson,
	outsideList,
} from '../../model/text/outside-text.ts';
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

/**
 * `…/tries`, which sends the history of an instance and then the instance itself: from 2.10.0 on
 * (airflow/api_connexion/endpoints/task_instance_endpoint.py, `get_task_instance_tries`).
 */
export const triesAnswer = z.pipe(
	z.object({
		task_instances: outsideList(
			z.object({
				try_number: z.nullish(z.number()),
				state: optionalText,
				queued_when: optionalTime,
				start_date: optionalTime,
				end_date: optionalTime,
				hostname: optionalText,
			}),
		),
	}),
	z.transform((answer): TaskTryTimes[] =>
		answer.task_instances
			// A task that was decided without a try is listed with the number 0.
			.filter(({ try_number, start_date }) => (try_number ?? 0) > 0 && start_date !== null)
			.map(one => ({
				tryNumber: one.try_number ?? 0,
				state: one.state,
				queuedAt: one.queued_when,
				startedAt: one.start_date,
				endedAt: one.end_date,
				hostname: one.hostname ?? '',
			}))
			.toSorted((a, b) => a.tryNumber - b.tryNumber)
			.flatMap(begunTry),
	),
);

/** States of a try that has not begun. */
const ahead: ReadonlySet<string | null> = new Set([null, 'scheduled', 'queued']);

/**
 * An instance that waits for its retry (before 2.10.5) or was cleared is listed beside its own history. One that is
 * scheduled or queued again has the next number, and still the start of the try before; so has one that failed before it
 * began (seen with 2.10.5).
 */
function begunTry(one: TaskTryTimes, index: number, all: readonly TaskTryTimes[]): TaskTryTimes[] {
	const before = all.slice(0, index);
	if (before.some(({ tryNumber }) => tryNumber === one.tryNumber)) return [];
	if (!before.some(({ startedAt }) => startedAt === one.startedAt)) return [one];
	return ahead.has(one.state) ? [] : [{ ...one, startedAt: null }];
}

/** Airflow 2 sends the text of a Python value, Airflow 3 the value itself. */
export const xcomAnswer = z.object({ key: optionalId, value: outsideJson });
