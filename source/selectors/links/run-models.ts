import type { DagRun } from '../../model/airflow/pipeline.ts';
import { championOf } from '../../model/mlflow/champion.ts';
import { type MlflowRun, type ModelVersion, metricNumber } from '../../model/mlflow/experiment.ts';
import { type ChampionComparison, championComparisons, type MetricComparison, verdictOf } from '../models/champion.ts';

/** The MLflow runs of a DAG run. */
export type RunsOfDagRun = {
	/** Oldest first. */
	readonly runs: readonly MlflowRun[];
	/** No run has a tag with the id of the DAG run: these began while it was active. */
	readonly isGuess: boolean;
};

/**
 * The MLflow runs that a DAG run made: by the tag that the pipeline sets, else those that began while it was active.
 * @param all newest first
 */
export function mlflowRunsOf(run: DagRun, all: readonly MlflowRun[]): RunsOfDagRun {
	const tag = (one: MlflowRun) => one.tags.find(({ key }) => key === 'dag_run_id')?.value;
	const tagged = all.filter(one => tag(one) === run.dagRunId);
	if (tagged.length > 0) return { runs: tagged.toReversed(), isGuess: false };
	const { startedAt, endedAt } = run;
	if (startedAt === null) return { runs: [], isGuess: false };
	// One with the tag belongs to another DAG run.
	const within = all.filter(
		one =>
			tag(one) === undefined && one.startedAt >= startedAt && one.startedAt <= (endedAt ?? Number.POSITIVE_INFINITY),
	);
	return { runs: within.toReversed(), isGuess: within.length > 0 };
}

export type MetricAgainstBefore = {
	readonly key: string;
	readonly value: number;
	/** Of the MLflow run of the same name that began before; null: there is none, or it lacks the metric. */
	readonly before: number | null;
	readonly verdict: MetricComparison['verdict'];
};

/** The metrics of an MLflow run, each against the run of the same name before it, of another DAG run. */
export function metricsAgainstBefore(
	run: MlflowRun,
	{ of, all }: { readonly of: readonly MlflowRun[]; readonly all: readonly MlflowRun[] },
): readonly MetricAgainstBefore[] {
	const before = all.find(one => one.runName === run.runName && one.startedAt < run.startedAt && !of.includes(one));
	const values = new Map(before?.metrics.map(metric => [metric.key, metricNumber(metric.value)]));
	return run.metrics.map(({ key, value }) => {
		const [now, then] = [metricNumber(value), values.get(key) ?? null];
		const isComparable = then !== null && !Number.isNaN(now) && !Number.isNaN(then);
		return { key, value: now, before: then, verdict: isComparable ? verdictOf(key, then, now) : null };
	});
}

/** The model versions that MLflow runs made, newest first. */
export function versionsOf(runs: readonly MlflowRun[], versions: readonly ModelVersion[]): readonly ModelVersion[] {
	const ids = new Set(runs.map(({ runId }) => runId));
	return versions.filter(({ runId }) => runId !== null && ids.has(runId));
}

/** These versions against the champion of their model, as far as that is another one. */
export function againstChampion(
	made: readonly ModelVersion[],
	versions: readonly ModelVersion[],
	runs: readonly MlflowRun[],
): readonly ChampionComparison[] {
	return made.flatMap(version => {
		const champion = championOf(versions.filter(({ name }) => name === version.name))?.version;
		return champion === undefined || champion === version ? [] : championComparisons([version, champion], runs);
	});
}
