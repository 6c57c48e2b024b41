import * as z from 'zod/mini';
import type { AirflowHealth, ImportError } from '../../../model/airflow/pipeline.ts';
import type { Pool } from '../../../model/check.ts';
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
import { parseOutsideJson } from '../../outside-json.ts';

/**
 * Responses of Airflow's REST API v1 about the server itself, parsed tolerantly: airflow/api_connexion/openapi/v1.yaml
 * (2.8.0).
 */

export const versionAnswer = z.object({ version: outsideText });

/** `/health`: a component without a status (no triggerer, no standalone processor) is null. */
export const healthAnswer = z.pipe(
	z.object({
		metadatabase: z.nullish(z.object({ status: optionalText })),
		scheduler: z.nullish(z.object({ status: optionalText, latest_scheduler_heartbeat: optionalTime })),
		triggerer: z.nullish(z.object({ status: optionalText, latest_triggerer_heartbeat: optionalTime })),
		dag_processor: z.nullish(z.object({ status: optionalText, latest_dag_processor_heartbeat: optionalTime })),
	}),
	z.transform(
		(answer): AirflowHealth => ({
			metadatabase: answer.metadatabase?.status ?? null,
			scheduler: answer.scheduler?.status ?? null,
			schedulerHeartbeatAt: answer.scheduler?.latest_scheduler_heartbeat ?? null,
			triggerer: answer.triggerer?.status ?? null,
			triggererHeartbeatAt: answer.triggerer?.latest_triggerer_heartbeat ?? null,
			dagProcessor: answer.dag_processor?.status ?? null,
			dagProcessorHeartbeatAt: answer.dag_processor?.latest_dag_processor_heartbeat ?? null,
		}),
	),
);

/** The parsed body of `/health`; null if it is anything else. */
export function readHealth(body: string): AirflowHealth | null {
	try {
		return healthAnswer.parse(parseOutsideJson(body));
	} catch {
		return null;
	}
}

export const importErrorsAnswer = z.pipe(
	z.object({
		import_errors: outsideList(
			z.object({ filename: optionalText, stack_trace: z.nullish(maskedLines), timestamp: optionalTime }),
		),
		total_entries: total,
	}),
	z.transform(answer => ({
		total_entries: answer.total_entries,
		errors: answer.import_errors.map(
			(error): ImportError => ({
				fileName: error.filename ?? '',
				stackTrace: error.stack_trace ?? '',
				happenedAt: error.timestamp,
			}),
		),
	})),
);

const count = z.pipe(
	z.nullish(z.number()),
	z.transform(number => number ?? 0),
);
export const poolAnswer = z.pipe(
	z.object({
		name: outsideId,
		slots: z.number(),
		occupied_slots: count,
		running_slots: count,
		queued_slots: count,
		scheduled_slots: count,
		open_slots: count,
	}),
	z.transform(
		(pool): Pool => ({
			name: pool.name,
			slots: pool.slots,
			occupied: pool.occupied_slots,
			running: pool.running_slots,
			queued: pool.queued_slots,
			scheduled: pool.scheduled_slots,
			open: pool.open_slots,
		}),
	),
);
export const poolsAnswer = z.object({ pools: outsideList(poolAnswer), total_entries: total });

/** RFC 7807 problem details, as sent by connexion. */
export const problemAnswer = z.object({ title: optionalText, detail: outsideJson });
