import { championOf } from '../../model/mlflow/champion.ts';
import type { MlflowRun, ModelVersion } from '../../model/mlflow/experiment.ts';
import { type Direction, metricDirection } from '../../model/mlflow/metric-direction.ts';
import { dagRunInTags, type NamedTask, taskInTags } from '../links/task-links.ts';
import { type MetricComparison, verdictOf, versionFigures } from './champion.ts';

/** A metric of a model version, against the champion and over the versions. */
export type VersionMetric = {
	readonly key: string;
	readonly direction: Direction | null;
	readonly value: number;
	/** null: the version is the champion, there is none, or it lacks the metric. */
	readonly champion: number | null;
	readonly verdict: MetricComparison['verdict'];
	/** Of the known versions, oldest first; NaN where a version lacks it. */
	readonly values: readonly number[];
};

export type VersionHistory = {
	readonly champion: { readonly version: ModelVersion; readonly mark: string } | null;
	/** Those whose better direction is known come first. */
	readonly metrics: readonly VersionMetric[];
};

/**
 * The metrics of a version of a model against those of the version that serves, with their values over the versions.
 * Pure.
 * @param versions of this model, newest first
 * @param runs that made them
 */
export function versionHistory(
	version: ModelVersion,
	versions: readonly ModelVersion[],
	runs: readonly MlflowRun[],
): VersionHistory {
	const runById = new Map(runs.map(run => [run.runId, run]));
	const champion = championOf(versions);
	const serving = champion === null || champion.version.version === version.version ? null : champion.version;
	const before = serving === null ? null : versionFigures(serving, runById);
	const all = versions.toReversed().map(one => versionFigures(one, runById));
	const metrics = [...versionFigures(version, runById)].map(([key, value]): VersionMetric => {
		const other = before?.get(key) ?? null;
		const isComparable = other !== null && !Number.isNaN(other) && !Number.isNaN(value);
		return {
			key,
			direction: metricDirection(key),
			value,
			champion: other,
			verdict: isComparable ? verdictOf(key, other, value) : null,
			values: all.map(figures => figures.get(key) ?? Number.NaN),
		};
	});
	return {
		champion,
		metrics: [
			...metrics.filter(({ direction }) => direction !== null),
			...metrics.filter(({ direction }) => direction === null),
		],
	};
}

/** What made a model version, as far as tags say. */
export type VersionOrigin = {
	readonly dagId: string;
	readonly dagRunId: string;
	/** null: no tag names the task. */
	readonly task: NamedTask | null;
};

/** The DAG run and the task that made a version, by its own tags or those of its MLflow run; null: they do not say. */
export function versionOrigin(
	{ tags, runId }: Pick<ModelVersion, 'tags' | 'runId'>,
	runs: readonly MlflowRun[],
): VersionOrigin | null {
	for (const item of [{ tags }, runs.find(one => one.runId === runId)]) {
		const task = item && taskInTags(item);
		if (task) return { dagId: task.dagId, dagRunId: task.dagRunId, task };
		const dagRun = item && dagRunInTags(item);
		if (dagRun) return { ...dagRun, task: null };
	}
	return null;
}
