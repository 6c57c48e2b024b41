import * as z from 'zod/mini';
import type { Asset, AssetEvent } from '../../../model/airflow/asset.ts';
import type { Backfill } from '../../../model/airflow/backfill.ts';
import type { DagParam } from '../../../model/airflow/dag-params.ts';
import type { DagVersion } from '../../../model/airflow/dag-version.ts';
import { awaitingInput, type Question } from '../../../model/airflow/question.ts';
import { total } from '../../../model/text/outside-number.ts';
import {
	maskedText,
	optionalText,
	optionalTime,
	outsideId,
	outsideJson,
	outsideLines,
	outsideList,
	outsideText,
} from '../../../model/text/outside-text.ts';
import { paramOf } from '../dag-answers.ts';

/**
 * Responses of Airflow's REST API v2 that Airflow 2 has no counterpart of, parsed tolerantly: responses of Airflow 3.3.2
 * and airflow-core/src/airflow/api_fastapi/core_api/datamodels (backfills, hitl, dag_versions, assets).
 */

export const backfillAnswer = z.pipe(
	z.object({
		id: z.number(),
		dag_id: outsideId,
		from_date: optionalTime,
		to_date: optionalTime,
		is_paused: z.nullish(z.boolean()),
		reprocess_behavior: optionalText,
		max_active_runs: z.nullish(z.number()),
		created_at: optionalTime,
		completed_at: optionalTime,
	}),
	z.transform(
		(backfill): Backfill => ({
			id: backfill.id,
			dagId: backfill.dag_id,
			from: backfill.from_date ?? 0,
			to: backfill.to_date ?? 0,
			isPaused: backfill.is_paused ?? false,
			reprocess: backfill.reprocess_behavior ?? 'none',
			maxActiveRuns: backfill.max_active_runs ?? 0,
			createdAt: backfill.created_at ?? 0,
			completedAt: backfill.completed_at,
		}),
	),
);
export const backfillsAnswer = z.object({ backfills: outsideList(backfillAnswer), total_entries: total });

/** The logical dates that a backfill would run; one of partitions has none. */
export const plannedDatesAnswer = z.pipe(
	z.object({ backfills: outsideList(z.object({ logical_date: optionalTime })) }),
	z.transform(({ backfills }) => backfills.flatMap(({ logical_date }) => logical_date ?? [])),
);

const paramsAnswer = z.pipe(
	z.nullish(z.record(outsideText, outsideJson)),
	z.transform((params): DagParam[] =>
		Object.entries(params ?? {}).map(([name, param]) => {
			// Each is `{value, description, schema, source}`.
			if (typeof param !== 'object' || param === null || Array.isArray(param)) return paramOf(name, { value: param });
			const { value = null, description, schema } = param;
			const isSchema = typeof schema === 'object' && schema !== null && !Array.isArray(schema);
			return paramOf(name, {
				value,
				description: typeof description === 'string' ? description : null,
				schema: isSchema ? schema : null,
			});
		}),
	),
);

const questionAnswer = z.pipe(
	z.object({
		subject: outsideText,
		body: z.nullish(outsideLines),
		options: outsideList(outsideId),
		defaults: z.nullish(outsideList(outsideId)),
		multiple: z.nullish(z.boolean()),
		params: paramsAnswer,
		assigned_users: z.nullish(outsideList(z.object({ name: outsideText }))),
		created_at: optionalTime,
		task_instance: z.object({
			dag_id: outsideId,
			dag_run_id: outsideId,
			task_id: outsideId,
			map_index: z.nullish(z.number()),
			state: optionalText,
		}),
	}),
	z.transform(({ task_instance: task, ...asked }) => ({
		state: task.state,
		question: {
			dagId: task.dag_id,
			dagRunId: task.dag_run_id,
			taskId: task.task_id,
			mapIndex: task.map_index ?? -1,
			subject: asked.subject,
			body: asked.body ?? '',
			options: asked.options,
			defaults: asked.defaults ?? [],
			multiple: asked.multiple ?? false,
			params: asked.params,
			assigned: (asked.assigned_users ?? []).map(({ name }) => name),
			askedAt: asked.created_at,
		} satisfies Question,
	})),
);
export const questionsAnswer = z.object({ hitl_details: outsideList(questionAnswer), total_entries: total });

/** Whether its task still waits: Airflow 3.0 and 3.1 defer it instead, and a stopped run leaves it unanswered. */
export const stillWaits = ({ state }: { readonly state: string | null }): boolean =>
	state === awaitingInput || state === 'deferred';

export const answeredAnswer = z.pipe(
	z.object({ response_received: z.nullish(z.boolean()), chosen_options: z.nullish(outsideList(outsideId)) }),
	z.transform(({ response_received, chosen_options }) => (response_received ? (chosen_options ?? []) : null)),
);

export const dagVersionsAnswer = z.object({
	dag_versions: outsideList(
		z.pipe(
			z.object({ version_number: z.number(), created_at: optionalTime, bundle_version: optionalText }),
			z.transform(
				(version): DagVersion => ({
					number: version.version_number,
					createdAt: version.created_at,
					bundleVersion: version.bundle_version,
				}),
			),
		),
	),
	total_entries: total,
});

const taskOfAsset = z.pipe(
	z.object({ dag_id: outsideId, task_id: outsideId }),
	z.transform(({ dag_id, task_id }) => ({ dagId: dag_id, taskId: task_id })),
);
const assetAnswer = z.pipe(
	z.object({
		id: z.number(),
		name: outsideText,
		uri: maskedText,
		group: optionalText,
		last_asset_event: z.nullish(z.object({ timestamp: optionalTime })),
		producing_tasks: z.nullish(outsideList(taskOfAsset)),
		consuming_tasks: z.nullish(outsideList(taskOfAsset)),
		scheduled_dags: z.nullish(outsideList(z.object({ dag_id: outsideId }))),
	}),
	z.transform(
		(asset): Asset => ({
			id: asset.id,
			name: asset.name,
			uri: asset.uri,
			group: asset.group ?? '',
			lastEventAt: asset.last_asset_event?.timestamp ?? null,
			producers: asset.producing_tasks ?? [],
			consumers: asset.consuming_tasks ?? [],
			scheduledDags: (asset.scheduled_dags ?? []).map(dag => dag.dag_id),
		}),
	),
);
export const assetsAnswer = z.object({ assets: outsideList(assetAnswer), total_entries: total });

export const assetEventsAnswer = z.object({
	asset_events: outsideList(
		z.pipe(
			z.object({
				id: z.number(),
				asset_id: z.number(),
				name: optionalText,
				uri: optionalText,
				timestamp: optionalTime,
				source_dag_id: z.nullish(outsideId),
				source_run_id: z.nullish(outsideId),
				source_task_id: z.nullish(outsideId),
				created_dagruns: z.nullish(
					outsideList(z.object({ dag_id: outsideId, run_id: outsideId, state: optionalText })),
				),
			}),
			z.transform(
				(event): AssetEvent => ({
					id: event.id,
					assetId: event.asset_id,
					name: event.name ?? event.uri ?? '',
					at: event.timestamp,
					source: event.source_dag_id
						? {
								dagId: event.source_dag_id,
								dagRunId: event.source_run_id ?? '',
								taskId: event.source_task_id ?? '',
							}
						: null,
					started: (event.created_dagruns ?? []).map(run => ({
						dagId: run.dag_id,
						dagRunId: run.run_id,
						state: run.state ?? '',
					})),
				}),
			),
		),
	),
	total_entries: total,
});
