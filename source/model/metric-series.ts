import { byName } from './by-name.ts';
import { type MlflowRun, metricNumber } from './experiment.ts';

/** One metric over the runs of one name, oldest first: runs of other names measure other things by the same key. */
export type MetricSeries = {
	readonly key: string;
	readonly runName: string;
	readonly values: readonly number[];
	readonly latest: number;
	/** Difference to the run before; null when there is none. */
	readonly change: number | null;
	/** ms since the epoch. */
	readonly loggedAt: number;
	readonly runId: string;
	/** Whether the run that logged it is still under way. */
	readonly isLive: boolean;
};

/**
 * The latest value of each metric of an experiment and its history over runs.
 * @param allRuns newest first, as MLflow's search gives them
 */
export function metricSeries(allRuns: readonly MlflowRun[]): readonly MetricSeries[] {
	const known = reckoned.get(allRuns) ?? seriesOf(allRuns);
	reckoned.set(allRuns, known);
	return known;
}

/** A memo: screen and diagnosis ask once a second of a list that does not change; MLflow has news much more seldom. */
const reckoned = new WeakMap<readonly MlflowRun[], readonly MetricSeries[]>();

function seriesOf(allRuns: readonly MlflowRun[]): readonly MetricSeries[] {
	// What a failed try had logged before it failed is no result to compare with.
	const runs = allRuns.filter(run => run.status !== 'FAILED' && run.status !== 'KILLED');
	const newest = new Map<string, MlflowRun>();
	for (const run of runs) {
		for (const { key } of run.metrics) if (!newest.has(key)) newest.set(key, run);
	}
	return [...newest]
		.map(([key, run]): MetricSeries => {
			const values = runs
				.filter(one => one.runName === run.runName)
				.flatMap(one => one.metrics.filter(metric => metric.key === key).map(metric => metricNumber(metric.value)))
				.toReversed();
			const latest = values.at(-1) ?? Number.NaN;
			const previous = values.at(-2);
			return {
				key,
				runName: run.runName,
				values,
				latest,
				change: previous === undefined ? null : difference(latest, previous),
				loggedAt: run.metrics.find(metric => metric.key === key)?.loggedAt ?? run.startedAt,
				runId: run.runId,
				isLive: run.status === 'RUNNING',
			};
		})
		.toSorted((a, b) => metricRank(a.key) - metricRank(b.key) || byName(a.key, b.key));
}

/** What is but the rounding of the last digits of a double, when the same is reckoned in another order, is no difference. */
function difference(latest: number, previous: number): number {
	const change = latest - previous;
	return Number.isFinite(change) &&
		Math.abs(change) <= 8 * Number.EPSILON * Math.max(Math.abs(latest), Math.abs(previous))
		? 0
		: change;
}

/** The guide's metrics first, the scores before the counts. */
export const guideMetrics = ['accuracy', 'f1_score', 'quality_score', 'rows_ingested', 'loss'];

function metricRank(key: string): number {
	const index = guideMetrics.indexOf(key);
	return index === -1 ? guideMetrics.length : index;
}
