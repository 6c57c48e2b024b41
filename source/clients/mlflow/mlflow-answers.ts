import * as z from 'zod/mini';
import type { Dataset, Experiment, Metric, MlflowRun, ModelVersion } from '../../model/mlflow/experiment.ts';
import { maskParam, maskText } from '../../model/secrets/secrets.ts';
import {
	epochTime,
	optionalId,
	optionalText,
	outsideId,
	outsideList,
	outsideText,
} from '../../model/text/outside-text.ts';

/** The responses of MLflow's REST API 2.0, parsed tolerantly: mlflow/protos/service.proto, model_registry.proto. */

/** int64 fields: JSON numbers from MLflow itself, strings from protobuf's own JSON. */
export const optionalInt64 = z.pipe(
	z.nullish(z.union([z.number(), outsideText])),
	z.transform(n => (n && Number.isFinite(Number(n)) ? Number(n) : null)),
);
const optionalTimestamp = epochTime(1);

/** Doubles as in protobuf: NaN and the infinities are strings. */
export const metricValue = z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity'])]);

const metricAnswer = z.pipe(
	z.object({ key: outsideText, value: metricValue, timestamp: optionalTimestamp, step: optionalInt64 }),
	z.transform(
		(metric): Metric => ({
			key: metric.key,
			value: metric.value,
			step: metric.step ?? 0,
			loggedAt: metric.timestamp ?? 0,
		}),
	),
);
/** A param or a tag. Training scripts log their whole environment and command line. */
const keyValueAnswer = z.pipe(
	z.object({ key: outsideText, value: optionalText }),
	z.transform(({ key, value }) => ({ key, value: maskParam(key, value ?? '') })),
);

const experimentAnswer = z.pipe(
	z.object({
		experiment_id: outsideId,
		name: outsideId,
		artifact_location: optionalText,
		lifecycle_stage: optionalText,
	}),
	z.transform(({ experiment_id, name, artifact_location, lifecycle_stage }) => {
		const artifactLocation = artifact_location === null ? null : maskText(artifact_location);
		const experiment: Experiment = { experimentId: experiment_id, name, artifactLocation };
		return { experiment, isDeleted: lifecycle_stage === 'deleted' };
	}),
);

/** MLflow's tag of an input that names what it is for (mlflow/utils/mlflow_tags.py, MLFLOW_DATASET_CONTEXT). */
const contextTag = 'mlflow.data.context';

const datasetAnswer = z.pipe(
	z.object({
		tags: z.nullish(outsideList(keyValueAnswer)),
		dataset: z.object({ name: outsideText, digest: outsideText, source_type: optionalText }),
	}),
	z.transform(
		({ tags, dataset }): Dataset => ({
			name: dataset.name,
			digest: dataset.digest,
			context: tags?.find(({ key }) => key === contextTag)?.value ?? null,
			sourceType: dataset.source_type,
		}),
	),
);

const runAnswer = z.pipe(
	z.object({
		info: z.object({
			run_id: outsideId,
			run_name: optionalText,
			experiment_id: outsideId,
			status: optionalText,
			start_time: optionalTimestamp,
			end_time: optionalTimestamp,
		}),
		// Empty lists, and data that holds nothing else, are left out.
		data: z.nullish(
			z.object({
				metrics: z.nullish(outsideList(metricAnswer)),
				params: z.nullish(outsideList(keyValueAnswer)),
				tags: z.nullish(outsideList(keyValueAnswer)),
			}),
		),
		inputs: z.nullish(z.object({ dataset_inputs: z.nullish(outsideList(datasetAnswer)) })),
	}),
	z.transform(
		({ info, data, inputs }): MlflowRun => ({
			runId: info.run_id,
			runName: info.run_name ?? '',
			experimentId: info.experiment_id,
			status: info.status ?? 'RUNNING',
			startedAt: info.start_time ?? 0,
			endedAt: info.end_time,
			metrics: data?.metrics ?? [],
			params: data?.params ?? [],
			tags: data?.tags ?? [],
			...(inputs?.dataset_inputs?.length ? { datasets: inputs.dataset_inputs } : {}),
		}),
	),
);

/** A number in text; other servers send a number. */
export const versionNumber = z.pipe(z.union([outsideText, z.number()]), z.transform(String));

const modelVersionAnswer = z.pipe(
	z.object({
		name: outsideId,
		version: versionNumber,
		status: optionalText,
		current_stage: optionalText,
		aliases: z.nullish(outsideList(outsideText)),
		run_id: optionalId,
		source: optionalText,
		tags: z.nullish(outsideList(keyValueAnswer)),
		creation_timestamp: optionalTimestamp,
	}),
	z.transform(
		(version): ModelVersion => ({
			name: version.name,
			version: version.version,
			status: version.status ?? 'READY',
			stage: version.current_stage ?? 'None',
			aliases: version.aliases ?? [],
			runId: version.run_id || null,
			modelId: /^models:\/(m-[0-9a-f]{32})$/.exec(version.source ?? '')?.[1] ?? null,
			tags: version.tags ?? [],
			createdAt: version.creation_timestamp ?? 0,
		}),
	),
);

export const experimentByName = z.object({ experiment: experimentAnswer });
export const experimentsPage = z.object({
	experiments: z.nullish(outsideList(experimentAnswer)),
	next_page_token: optionalId,
});
/** Of each run only its experiment. */
export const experimentsOfRuns = z.object({
	runs: z.nullish(outsideList(z.object({ info: z.object({ experiment_id: outsideId }) }))),
});
export const oneRun = z.object({ run: runAnswer });
export const runsPage = z.object({ runs: z.nullish(outsideList(runAnswer)), next_page_token: optionalId });
export const versionsPage = z.object({
	model_versions: z.nullish(outsideList(modelVersionAnswer)),
	next_page_token: optionalId,
});
export const oneVersion = z.object({ model_version: modelVersionAnswer });
const modelAnswer = z.object({
	name: outsideId,
	aliases: z.nullish(outsideList(z.object({ alias: outsideText, version: versionNumber }))),
});
export const modelsPage = z.object({
	registered_models: z.nullish(outsideList(modelAnswer)),
	next_page_token: optionalId,
});
export const oneModel = z.object({ registered_model: modelAnswer });
export const errorAnswer = z.object({ error_code: optionalText, message: optionalText });
