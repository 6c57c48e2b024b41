import { type Contest, contests } from '../../model/mlflow/champion.ts';
import { type MlflowRun, type ModelVersion, metricNumber } from '../../model/mlflow/experiment.ts';
import { metricDirection } from '../../model/mlflow/metric-direction.ts';

export type MetricComparison = {
	readonly key: string;
	readonly champion: number;
	readonly newest: number;
	/** null: the name of the metric does not say which direction is better. */
	readonly verdict: 'better' | 'worse' | 'equal' | null;
};

/** The newest version of a model against the one that serves. */
export type ChampionComparison = Contest & {
	/** Metrics that both have; those whose better direction is known come first. */
	readonly metrics: readonly MetricComparison[];
};

/**
 * Each model whose newest version does not serve, compared with the version that does, by the metrics of the MLflow runs
 * that made them, else by numbers in the versions' tags.
 * @param versions newest first
 * @param runs the runs that are known
 */
export function championComparisons(
	versions: readonly ModelVersion[],
	runs: readonly MlflowRun[],
): readonly ChampionComparison[] {
	const runById = new Map(runs.map(run => [run.runId, run]));
	return contests(versions).map(({ model, champion, mark, newest }) => {
		const before = versionFigures(champion, runById);
		const after = versionFigures(newest, runById);
		const metrics = [...after].flatMap(([key, value]): MetricComparison[] => {
			const other = before.get(key);
			if (other === undefined || Number.isNaN(other) || Number.isNaN(value)) return [];
			return [{ key, champion: other, newest: value, verdict: verdictOf(key, other, value) }];
		});
		const known = metrics.filter(({ verdict }) => verdict !== null);
		const others = metrics.filter(({ verdict }) => verdict === null);
		return { model, champion, mark, newest, metrics: [...known, ...others] };
	});
}

/** A value against the one before it, by the direction that the metric's name says. */
export function verdictOf(key: string, champion: number, newest: number): MetricComparison['verdict'] {
	if (champion === newest) return 'equal';
	const direction = metricDirection(key);
	if (direction === null) return null;
	return newest > champion === (direction === 'higher') ? 'better' : 'worse';
}

/** Metrics of the run that made the version. Of tags only those that are named as metrics are: others count rows. */
export function versionFigures(
	version: ModelVersion,
	runs: ReadonlyMap<string, MlflowRun>,
): ReadonlyMap<string, number> {
	const figures = new Map<string, number>();
	for (const { key, value } of version.tags ?? []) {
		const number = value.trim() === '' ? Number.NaN : Number(value);
		if (metricDirection(key) !== null && !Number.isNaN(number)) figures.set(key, number);
	}
	const run = version.runId === null ? undefined : runs.get(version.runId);
	for (const { key, value } of run?.metrics ?? []) figures.set(key, metricNumber(value));
	return figures;
}
