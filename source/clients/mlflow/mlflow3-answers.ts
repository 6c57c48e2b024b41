import * as z from 'zod/mini';
import type { LoggedModel, Prompt } from '../../model/mlflow/logged-model.ts';
import {
	epochTime,
	optionalId,
	optionalText,
	outsideId,
	outsideList,
	outsideText,
} from '../../model/text/outside-text.ts';
import { versionNumber } from './mlflow-answers.ts';

/** Answers that only MLflow 3 gives: mlflow/protos/service.proto (LoggedModel), and its registry's prompts. */

const loggedModelAnswer = z.pipe(
	z.object({
		info: z.object({
			model_id: outsideId,
			name: optionalText,
			status: optionalText,
			model_type: optionalText,
			source_run_id: optionalId,
			creation_timestamp_ms: epochTime(1),
		}),
	}),
	z.transform(
		({ info }): LoggedModel => ({
			modelId: info.model_id,
			name: info.name ?? '',
			status: (info.status ?? 'READY').replace(/^LOGGED_MODEL_/, ''),
			modelType: info.model_type || null,
			runId: info.source_run_id || null,
			createdAt: info.creation_timestamp_ms ?? 0,
		}),
	),
);

export const loggedModelsPage = z.object({
	models: z.nullish(outsideList(loggedModelAnswer)),
	next_page_token: optionalId,
});

const promptAnswer = z.pipe(
	z.object({
		name: outsideText,
		last_updated_timestamp: epochTime(1),
		latest_versions: z.nullish(outsideList(z.object({ version: versionNumber }))),
		aliases: z.nullish(outsideList(z.object({ alias: outsideText, version: versionNumber }))),
	}),
	z.transform(
		(prompt): Prompt => ({
			name: prompt.name,
			version: prompt.latest_versions?.[0]?.version ?? null,
			aliases: prompt.aliases ?? [],
			updatedAt: prompt.last_updated_timestamp ?? 0,
		}),
	),
);

export const promptsPage = z.object({
	registered_models: z.nullish(outsideList(promptAnswer)),
	next_page_token: optionalId,
});

/** Figures that MLflow counts over traces, one for each value of the dimensions (mlflow/protos/service.proto). */
export const traceMetrics = z.object({
	data_points: z.nullish(
		outsideList(
			z.object({
				dimensions: z.nullish(z.record(outsideText, outsideText)),
				values: z.record(outsideText, z.number()),
			}),
		),
	),
});
