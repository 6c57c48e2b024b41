import type { MlflowClient } from '../../clients/mlflow/mlflow.ts';
import type { MlflowRun } from '../../model/mlflow/experiment.ts';
import type { MetricHistory, Range } from '../../model/mlflow/metric-history.ts';
import { guideMetrics } from '../../model/mlflow/metric-series.ts';
import { byName } from '../../model/text/by-name.ts';
import { knownMlflowRuns } from '../../selectors/mlflow-runs/known-runs.ts';
import { firstFrom, mostSeries } from '../../selectors/mlflow-runs/metric-chart.ts';
import { isForRuns, runsOver } from '../../selectors/mlflow-runs/metric-over-runs.ts';
import type { ChartState } from '../chart-state.ts';
import type { Effect } from '../conversation.ts';
import { loadCharts } from '../dialogs/chart.ts';
import type { StepContext } from './action.ts';
import { cannot } from './step.ts';

/** Opens the chart of MLflow runs. `key`: the metric; by default the first that has a history. */
export async function openChart(
	{ clients, signal, say, state }: StepContext,
	chosen: readonly MlflowRun[],
	key?: string,
): Promise<Effect> {
	const { mlflow } = clients;
	const runs = chosen.slice(0, mostSeries);
	const keys = keysOf(runs);
	const [first] = keys;
	if (mlflow === null || first === undefined)
		return cannot(say(['No metrics logged yet', '아직 기록된 메트릭이 없습니다']));
	await loadCharts();
	const chart: ChartState = {
		runs,
		all: knownMlflowRuns(state),
		keys,
		shown: [key ?? first],
		histories: [],
		detail: null,
		axis: 'step',
		isLog: false,
		smoothing: 0,
		window: null,
		cursor: null,
		isLoading: false,
		problem: null,
		ask: (now, newest, asking) => fetched(mlflow, now, newest, asking),
	};
	const asked = { ...chart, ...(await chart.ask(chart, chart.all, signal)) };
	// One dot says nothing; its run is one of many.
	const isOverRuns = isForRuns(asked.histories, runsOver(asked.shown, asked.runs, asked.all));
	return { kind: 'chart', chart: { ...asked, axis: isOverRuns ? 'runs' : 'step' } };
}

/** The metrics of runs: those that have a history, then the guide's, then by name. */
function keysOf(runs: readonly MlflowRun[]): string[] {
	const metrics = runs.flatMap(run => run.metrics);
	const hasHistory = new Set(metrics.filter(({ step }) => step > 0).map(({ key }) => key));
	const rank = (key: string) => {
		const guides = guideMetrics.indexOf(key);
		return (hasHistory.has(key) ? 0 : 100) + (guides === -1 ? guideMetrics.length : guides);
	};
	return [...new Set(metrics.map(({ key }) => key))].toSorted((a, b) => rank(a) - rank(b) || byName(a, b));
}

/** What a finished run has logged stays as it is; of an active one MLflow is asked again. */
async function fetched(
	mlflow: MlflowClient,
	chart: ChartState,
	newest: readonly MlflowRun[],
	signal: AbortSignal,
): Promise<Pick<ChartState, 'runs' | 'all' | 'histories' | 'detail'>> {
	const runs = chart.runs.map(run => newest.find(({ runId }) => runId === run.runId) ?? run);
	const histories: MetricHistory[] = [];
	for (const run of runs)
		for (const key of chart.shown) {
			const known = chart.histories.find(one => one.runId === run.runId && one.key === key);
			// What it logged last may have come after the last answer about it.
			const wasLive = chart.runs.some(one => one.runId === run.runId && one.status === 'RUNNING');
			if (known && !wasLive) histories.push(known);
			else if (run.metrics.some(metric => metric.key === key))
				histories.push(await mlflow.metricHistory({ runId: run.runId, key }, signal));
		}
	return { runs, all: newest, histories, detail: await detailOf(mlflow, { ...chart, runs, histories }, signal) };
}

/** More points of the shown part, with as many again on both sides, so that the next move finds them. */
async function detailOf(mlflow: MlflowClient, chart: ChartState, signal: AbortSignal): Promise<ChartState['detail']> {
	const { window, histories } = chart;
	if (window === null || chart.axis === 'runs' || !histories.some(({ part }) => part === 'spread')) return null;
	const margin = (window.to - window.from) / 2;
	const wide = { from: window.from - margin, to: window.to + margin };
	const detailed: MetricHistory[] = [];
	for (const history of histories) {
		const steps = history.part === 'spread' ? stepsIn(wide, history, chart) : null;
		detailed.push(steps === null ? history : await mlflow.metricHistory({ ...idOf(history), steps }, signal));
	}
	return { window: wide, histories: detailed };
}

const idOf = ({ runId, key }: MetricHistory) => ({ runId, key });

/** The steps of a part of the axis: MLflow selects by step only. null: none. */
function stepsIn(window: Range, { steps, times, runId }: MetricHistory, { axis, runs }: ChartState): Range | null {
	if (axis === 'step') return window;
	const start = axis === 'time' ? 0 : (runs.find(run => run.runId === runId)?.startedAt ?? times[0] ?? 0);
	const from = steps[Math.max(0, firstFrom(times, window.from + start) - 1)];
	const to = steps[Math.min(steps.length - 1, firstFrom(times, window.to + start))];
	return from === undefined || to === undefined || from > to ? null : { from, to };
}
