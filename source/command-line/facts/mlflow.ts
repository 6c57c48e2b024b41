import { type MlflowRun, type ModelVersion, metricNumber } from '../../model/mlflow/experiment.ts';
import type { LoggedModel, Prompt, TraceFigures } from '../../model/mlflow/logged-model.ts';
import type { MetricSeries } from '../../model/mlflow/metric-series.ts';
import { parentOf } from '../../model/mlflow/run-series.ts';
import type {
	LoggedModelPart,
	MetricPart,
	MetricValuePart,
	MlflowRunPart,
	ModelVersionPart,
	PromptPart,
	TracesPart,
} from '../json/mlflow.ts';
import { optionalTime, rfc3339 } from './figures.ts';

export function metricPart(series: MetricSeries): MetricPart {
	return {
		key: series.key,
		value: metricValuePart(series.latest),
		change: series.change === null ? null : metricValuePart(series.change),
		series: series.basis,
		run_name: series.runName,
		run_id: series.runId,
		logged_at: rfc3339(series.loggedAt),
		is_live: series.isLive,
		history: series.values.map(metricValuePart),
	};
}

export function mlflowRunPart(run: MlflowRun): MlflowRunPart {
	return {
		run_id: run.runId,
		run_name: run.runName,
		parent_run_id: parentOf(run),
		status: run.status,
		started_at: rfc3339(run.startedAt),
		ended_at: optionalTime(run.endedAt),
		metrics: Object.fromEntries(run.metrics.map(({ key, value }) => [key, metricValuePart(metricNumber(value))])),
		params: Object.fromEntries(run.params.map(({ key, value }) => [key, value])),
		tags: Object.fromEntries(run.tags.map(({ key, value }) => [key, value])),
		datasets: (run.datasets ?? []).map(({ name, digest, context, sourceType }) => ({
			name,
			digest,
			context,
			source_type: sourceType,
		})),
	};
}

export function modelVersionPart(version: ModelVersion): ModelVersionPart {
	return {
		name: version.name,
		version: version.version,
		status: version.status,
		stage: version.stage,
		aliases: [...version.aliases],
		run_id: version.runId,
		model_id: version.modelId ?? null,
		tags: Object.fromEntries((version.tags ?? []).map(({ key, value }) => [key, value])),
		created_at: rfc3339(version.createdAt),
	};
}

export function loggedModelPart(model: LoggedModel, versions: readonly ModelVersion[]): LoggedModelPart {
	return {
		model_id: model.modelId,
		name: model.name,
		status: model.status,
		type: model.modelType,
		run_id: model.runId,
		versions: versions
			.filter(({ modelId }) => modelId === model.modelId)
			.map(({ name, version }) => `${name}/${version}`),
		created_at: rfc3339(model.createdAt),
	};
}

export function tracesPart({ windowMs, count, failed, p95Ms }: TraceFigures): TracesPart {
	return { window_s: windowMs / 1000, count, failed, p95_ms: p95Ms };
}

export function promptPart({ name, version, aliases, updatedAt }: Prompt): PromptPart {
	return {
		name,
		version,
		aliases: Object.fromEntries(aliases.map(one => [one.alias, one.version])),
		updated_at: rfc3339(updatedAt),
	};
}

/** JSON has no NaN and no infinities: strings stand for them, as in MLflow's own JSON. */
export function metricValuePart(value: number): MetricValuePart {
	if (Number.isNaN(value)) return 'NaN';
	if (value === Number.POSITIVE_INFINITY) return 'Infinity';
	return value === Number.NEGATIVE_INFINITY ? '-Infinity' : value;
}
