import { byName } from './by-name.ts';
import { type MlflowRun, metricNumber } from './experiment.ts';

/** One metric over the runs of one name, oldest first: runs of other names measure other values by the same key. */
export type MetricSeries = {
	readonly key: string;
	readonly runName: string;
	readonly values: readonly number[];
	readonly latest: number;
	/** Difference from the previous run; null if there is none. */
	readonly change: number | null;
	/** ms since the epoch. */
	readonly loggedAt: number;
	readonly runId: string;
	/** Whether the run that logged it is still active. */
	readonly isLive: boolean;
};

/**
 * The latest value of each metric of an experiment and its history over runs.
 * @param allRuns newest first, as in MLflow's search
 */
export function metricSeries(allRuns: readonly MlflowRun[]): readonly MetricSeries[] {
	const known = reckoned.get(allRuns) ?? seriesOf(allRuns);
	reckoned.set(allRuns, known);
	return known;
}

/** A cache: screen and diagnosis need it once a second, and the list rarely changes. */
const reckoned = new WeakMap<readonly MlflowRun[], readonly MetricSeries[]>();

function seriesOf(allRuns: readonly MlflowRun[]): readonly MetricSeries[] {
	// What a try logged before it failed is no result to compare with.
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
