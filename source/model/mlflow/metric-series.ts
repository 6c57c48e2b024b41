import { byName } from '../text/by-name.ts';
import { type MlflowRun, metricNumber } from './experiment.ts';
import { isChild, type SeriesBasis, seriesOfRuns } from './run-series.ts';

/** One metric over the runs of one series, oldest first: others measure other values by the same key. */
export type MetricSeries = {
	readonly key: string;
	/** Name of the run that logged it last. */
	readonly runName: string;
	readonly basis: SeriesBasis;
	readonly values: readonly number[];
	readonly latest: number;
	/** Difference from the previous run; null if there is none. */
	readonly change: number | null;
	/** ms since the epoch. */
	readonly loggedAt: number;
	readonly runId: string;
	/** The runs of the series, newest first, whether they logged this metric or not. */
	readonly runs: readonly MlflowRun[];
	/** Whether the run that logged it is still active. */
	readonly isLive: boolean;
};

/**
 * The latest value of each metric of an experiment and its history over runs.
 * @param allRuns newest first, as in MLflow's search
 */
export function metricSeries(allRuns: readonly MlflowRun[]): readonly MetricSeries[] {
	const known = cached.get(allRuns) ?? seriesOf(allRuns);
	cached.set(allRuns, known);
	return known;
}

/** A cache: screen and diagnosis need it once a second, and the list rarely changes. */
const cached = new WeakMap<readonly MlflowRun[], readonly MetricSeries[]>();

function seriesOf(allRuns: readonly MlflowRun[]): readonly MetricSeries[] {
	// What a try logged before it failed is no result to compare with.
	const runs = allRuns.filter(run => run.status !== 'FAILED' && run.status !== 'KILLED');
	const newest = new Map<string, MlflowRun>();
	// A nested run measures a part, so it counts only where no other run has the metric.
	for (const run of [...runs.filter(one => !isChild(one)), ...runs.filter(isChild)]) {
		for (const { key } of run.metrics) if (!newest.has(key)) newest.set(key, run);
	}
	const seriesOfRun = seriesOfRuns(allRuns);
	const byLabel = Map.groupBy(runs, run => seriesOfRun(run).label);
	return [...newest]
		.map(([key, run]): MetricSeries => {
			const { basis, label } = seriesOfRun(run);
			const ofSeries = byLabel.get(label) ?? [];
			const values = ofSeries
				.flatMap(one => one.metrics.filter(metric => metric.key === key).map(metric => metricNumber(metric.value)))
				.toReversed();
			const latest = values.at(-1) ?? Number.NaN;
			const previous = values.at(-2);
			return {
				key,
				runName: run.runName,
				basis,
				values,
				latest,
				change: previous === undefined ? null : difference(latest, previous),
				loggedAt: run.metrics.find(metric => metric.key === key)?.loggedAt ?? run.startedAt,
				runId: run.runId,
				runs: ofSeries,
				isLive: run.status === 'RUNNING',
			};
		})
		.toSorted((a, b) => metricRank(a.key) - metricRank(b.key) || byName(a.key, b.key));
}

/** A difference in the last digits of a double comes from another order of the same computation, and counts as none. */
function difference(latest: number, previous: number): number {
	const change = latest - previous;
	return Number.isFinite(change) &&
		Math.abs(change) <= 8 * Number.EPSILON * Math.max(Math.abs(latest), Math.abs(previous))
		? 0
		: change;
}

/** The guide's metrics first, scores before counts. */
export const guideMetrics = ['accuracy', 'f1_score', 'quality_score', 'rows_ingested', 'loss'];

function metricRank(key: string): number {
	const index = guideMetrics.indexOf(key);
	return index === -1 ? guideMetrics.length : index;
}
