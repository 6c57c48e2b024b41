import type { MlflowRun } from '../../model/mlflow/experiment.ts';
import type { MetricHistory, Range } from '../../model/mlflow/metric-history.ts';

/** What the horizontal axis of a chart shows, in the order of the key that goes through them. */
export const chartAxes = ['step', 'time', 'relative', 'runs'] as const;
export type ChartAxis = (typeof chartAxes)[number];
/** Those of the points that a run has logged; `runs` has one point a run, see `metric-over-runs.ts`. */
export type HistoryAxis = Exclude<ChartAxis, 'runs'>;

/** The colours and letters of a chart run out; MLflow's own page shows ten runs. */
export const mostSeries = 8;

export type ChartedRun = Pick<MlflowRun, 'runId' | 'runName' | 'status' | 'startedAt'>;

export type ChartSeries = {
	readonly runId: string;
	readonly key: string;
	/** Its run, its metric or both: what tells it from the other series. */
	readonly label: string;
	readonly isLive: boolean;
	readonly part: MetricHistory['part'];
	/** Ascending: steps, ms since the epoch, ms since the start of the run, or places in the list of runs, from 1. */
	readonly xs: Float64Array;
	/** Smoothed. */
	readonly ys: Float64Array;
};

export type MetricChart = {
	readonly axis: ChartAxis;
	/** Of axis `runs`: those in its places. */
	readonly runs: readonly ChartedRun[];
	readonly series: readonly ChartSeries[];
};

/** Histories of metrics as lines over one axis. `smoothing`: 0 to below 1, see `smoothed`. */
export function metricChart(
	histories: readonly MetricHistory[],
	runs: readonly ChartedRun[],
	axis: HistoryAxis,
	smoothing: number,
): MetricChart {
	const known = cached.get(histories);
	if (known?.runs === runs && known.smoothing === smoothing && known.chart.axis === axis) return known.chart;
	const series = histories.map((history): ChartSeries => {
		const run = runs.find(({ runId }) => runId === history.runId);
		return {
			runId: history.runId,
			key: history.key,
			label: labelOf(history, run, histories, runs),
			isLive: run?.status === 'RUNNING',
			part: history.part,
			...pointsOn(history, run, axis, smoothing),
		};
	});
	const chart = { axis, runs: [], series };
	cached.set(histories, { runs, smoothing, chart });
	return chart;
}

/** The last chart of each histories, for keys that only move the cursor. It goes with them: they may be large. */
const cached = new WeakMap<
	readonly MetricHistory[],
	{ readonly runs: readonly ChartedRun[]; readonly smoothing: number; readonly chart: MetricChart }
>();

function pointsOn(
	{ steps, times, values }: MetricHistory,
	run: ChartedRun | undefined,
	axis: HistoryAxis,
	smoothing: number,
): Pick<ChartSeries, 'xs' | 'ys'> {
	const ys = smoothed(values, smoothing);
	if (axis === 'step') return { xs: steps, ys };
	const start = axis === 'time' ? 0 : (run?.startedAt ?? times[0] ?? 0);
	const isSorted = times.every((at, index) => index === 0 || at >= (times[index - 1] ?? 0));
	if (isSorted) return { xs: times.map(at => at - start), ys };
	// A script may log steps in any order.
	const order = Array.from(times.keys()).sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b);
	return {
		xs: Float64Array.from(order, index => (times[index] ?? 0) - start),
		ys: Float64Array.from(order, index => ys[index] ?? Number.NaN),
	};
}

/**
 * The exponential moving average of values, without the bias of its start (Kingma and Ba, Adam, 2015, section 3): as
 * TensorBoard and MLflow smooth. What is no finite number stays as it is and does not count.
 * @param weight of the average so far, from 0 (unchanged) to below 1
 */
export function smoothed(values: Float64Array, weight: number): Float64Array {
	if (weight <= 0) return values;
	let average = 0;
	let total = 0;
	return values.map(value => {
		if (!Number.isFinite(value)) return value;
		average = average * weight + value * (1 - weight);
		total = total * weight + (1 - weight);
		return average / total;
	});
}

function labelOf(
	{ key, runId }: MetricHistory,
	run: ChartedRun | undefined,
	histories: readonly MetricHistory[],
	runs: readonly ChartedRun[],
): string {
	const isOneRun = histories.every(other => other.runId === runId);
	const isOneKey = histories.every(other => other.key === key);
	if (isOneRun && !isOneKey) return key;
	const name = run?.runName || runId.slice(0, 8);
	const shown = new Set(histories.map(other => other.runId));
	const isNamesake = runs.some(other => other.runId !== runId && other.runName === name && shown.has(other.runId));
	const own = isNamesake ? `${name} ${runId.slice(0, 8)}` : name;
	return isOneKey ? own : `${key} ${own}`;
}

/** The lowest and highest x of all series; null if there are no points. */
export function rangeOf({ series }: MetricChart): Range | null {
	const shown = series.filter(({ xs }) => xs.length > 0);
	if (shown.length === 0) return null;
	return {
		from: Math.min(...shown.map(({ xs }) => xs[0] ?? 0)),
		to: Math.max(...shown.map(({ xs }) => xs.at(-1) ?? 0)),
	};
}

/** Index of the first x that is not below a value. */
export function firstFrom(xs: Float64Array, value: number): number {
	let low = 0;
	let high = xs.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((xs[middle] ?? 0) < value) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** Index of the point nearest to an x; -1 if there are none. */
export function nearestPoint(xs: Float64Array, x: number): number {
	const above = firstFrom(xs, x);
	if (above === 0 || above === xs.length) return Math.min(above, xs.length - 1);
	return x - (xs[above - 1] ?? 0) <= (xs[above] ?? 0) - x ? above - 1 : above;
}
