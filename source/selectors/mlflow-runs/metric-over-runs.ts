import { type Metric, type MlflowRun, metricNumber } from '../../model/mlflow/experiment.ts';
import { seriesOfRuns } from '../../model/mlflow/run-series.ts';
import { type ChartedRun, type MetricChart, smoothed } from './metric-chart.ts';

/**
 * The runs whose values of metrics make a chart over runs, the oldest first: the chosen ones, or of a single one all of
 * its series. What a try logged before it failed is no result to compare with, unless it was chosen.
 *
 * @param all newest first, as in MLflow's search
 */
export function runsOver(
	keys: readonly string[],
	chosen: readonly MlflowRun[],
	all: readonly MlflowRun[],
): readonly MlflowRun[] {
	const [only, ...others] = chosen;
	if (only === undefined) return [];
	return (
		others.length > 0 ? chosen : [...new Map([...seriesOf(only, all), only].map(one => [one.runId, one])).values()]
	)
		.filter(run => run.metrics.some(({ key }) => keys.includes(key)))
		.toSorted((a, b) => a.startedAt - b.startedAt || (a.runId < b.runId ? -1 : 1));
}

function seriesOf(run: MlflowRun, all: readonly MlflowRun[]): readonly MlflowRun[] {
	const labelOf = seriesOfRuns(all);
	const { label } = labelOf(run);
	return all.filter(one => labelOf(one).label === label && one.status !== 'FAILED' && one.status !== 'KILLED');
}

/**
 * The last value of metrics in each run, as MLflow's page draws metrics that are logged once.
 *
 * @param runs the oldest first, see `runsOver`
 * @param smoothing 0 to below 1, see `smoothed`
 */
export function chartOverRuns(
	keys: readonly string[],
	runs: readonly (ChartedRun & { readonly metrics: readonly Pick<Metric, 'key' | 'value'>[] })[],
	smoothing: number,
): MetricChart {
	return {
		axis: 'runs',
		runs,
		series: keys.flatMap(key => {
			const points = runs.flatMap((run, index) => {
				const metric = run.metrics.find(one => one.key === key);
				return metric ? [{ x: index + 1, y: metricNumber(metric.value), run }] : [];
			});
			const isLive = points.some(({ run }) => run.status === 'RUNNING');
			const xs = Float64Array.from(points, ({ x }) => x);
			const ys = smoothed(
				Float64Array.from(points, ({ y }) => y),
				smoothing,
			);
			return points.length === 0 ? [] : [{ runId: '', key, label: key, isLive, part: 'all' as const, xs, ys }];
		}),
	};
}

/** Whether histories of metrics have so few points that a chart over runs says more. */
export function isForRuns(histories: readonly { readonly steps: Float64Array }[], runs: readonly MlflowRun[]): boolean {
	return runs.length > 1 && histories.length > 0 && histories.every(({ steps }) => steps.length <= 1);
}
