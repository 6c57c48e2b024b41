import * as z from 'zod/mini';
import type { AirflowEvent, AirflowJob, JobType, RunCounts } from '../../../model/airflow/airflow-watch.ts';
import { maskText } from '../../../model/secrets/secrets.ts';
import { cleanText } from '../../../model/text/clean-text.ts';
import {
	maskedText,
	optionalId,
	optionalText,
	optionalTime,
	outsideId,
	outsideList,
	outsideText,
} from '../../../model/text/outside-text.ts';

/**
 * Responses of Airflow's REST API v2 that v1 has no counterpart for, parsed tolerantly: responses of Airflow 3.3.2 and
 * airflow-core/src/airflow/api_fastapi/core_api/datamodels (3.3.2).
 */

export const dependenciesAnswer = z.object({
	dependencies: outsideList(z.object({ name: outsideText, reason: maskedText })),
});

export const runCountsAnswer = z.pipe(
	z.object({
		dags: outsideList(
			z.object({ dag_id: outsideId, stats: outsideList(z.object({ state: outsideText, count: z.number() })) }),
		),
	}),
	z.transform((answer): RunCounts[] =>
		answer.dags.map(({ dag_id: dagId, stats }) => {
			const count = (state: string) => stats.find(one => one.state === state)?.count ?? 0;
			const [queued, running, success, failed] = ['queued', 'running', 'success', 'failed'].map(count);
			return { dagId, queued: queued ?? 0, running: running ?? 0, success: success ?? 0, failed: failed ?? 0 };
		}),
	),
);

/** airflow/jobs/*_job_runner.py; a worker's job (`LocalTaskJob`) exists in Airflow 2 only. */
const jobTypes: ReadonlyMap<string | null, JobType> = new Map([
	['SchedulerJob', 'scheduler'],
	['TriggererJob', 'triggerer'],
	['DagProcessorJob', 'processor'],
]);

export const jobsAnswer = z.pipe(
	z.object({
		jobs: outsideList(
			z.object({
				id: z.number(),
				job_type: optionalText,
				state: optionalText,
				hostname: optionalText,
				start_date: optionalTime,
				latest_heartbeat: optionalTime,
			}),
		),
	}),
	z.transform((answer): Omit<AirflowJob, 'isAlive'>[] =>
		answer.jobs.flatMap(job => {
			const type = jobTypes.get(job.job_type);
			if (type === undefined) return [];
			return {
				id: job.id,
				type,
				state: job.state ?? '',
				hostname: job.hostname ?? '',
				startedAt: job.start_date,
				heartbeatAt: job.latest_heartbeat,
			};
		}),
	),
);

/** Fields that other fields of the event repeat, or that only say how the request was made. */
const repeated: ReadonlySet<string> = new Set(['method', 'update_mask', 'dag_id', 'dag_run_id', 'task_id']);

/** The fields of a request: Airflow masks passwords by name, laketop what looks like a secret. */
function extraText(text: string): string {
	try {
		const fields: unknown = JSON.parse(text);
		if (typeof fields !== 'object' || fields === null) return text;
		const shown = Object.entries(fields).filter(
			([name, value]) => !repeated.has(name) && !/^(?:null|\{\}|"")$/.test(JSON.stringify(value) ?? 'null'),
		);
		const words = shown.map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
		// Escapes in the JSON may have hidden what is cleaned and masked.
		return maskText(cleanText(words.join(' ')));
	} catch {
		// A sentence of the scheduler, or cut.
		return text;
	}
}

export const eventsAnswer = z.pipe(
	z.object({
		event_logs: outsideList(
			z.object({
				event_log_id: z.number(),
				when: optionalTime,
				event: outsideText,
				owner: optionalText,
				dag_id: optionalId,
				run_id: optionalId,
				task_id: optionalId,
				extra: z.nullish(maskedText),
			}),
		),
	}),
	z.transform((answer): AirflowEvent[] =>
		answer.event_logs.flatMap(one =>
			one.when === null
				? []
				: {
						id: one.event_log_id,
						at: one.when,
						event: one.event,
						owner: one.owner,
						dagId: one.dag_id,
						dagRunId: one.run_id,
						taskId: one.task_id,
						extra: extraText(one.extra ?? ''),
					},
		),
	),
);

/** A line of `…/wait`. */
export const runStateAnswer = z.object({ state: outsideText });
