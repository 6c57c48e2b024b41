import type { MlflowRun } from '../model/mlflow/experiment.ts';
import type { MetricHistory, Range } from '../model/mlflow/metric-history.ts';
import type { ChartAxis } from '../selectors/mlflow-runs/metric-chart.ts';
import type { Message } from '../words/message.ts';

/** A chart of metrics over the panes: what it shows and how it is looked at. */
export type ChartState = {
	readonly runs: readonly MlflowRun[];
	/** The newest of the experiment, among which a chart over runs finds those of the series. */
	readonly all: readonly MlflowRun[];
	/** All metrics of these runs, those with a history first. */
	readonly keys: readonly string[];
	/** Those of the chart. */
	readonly shown: readonly string[];
	readonly histories: readonly MetricHistory[];
	/** More points of a part of the axis, where MLflow sent only a sample of all. */
	readonly detail: { readonly window: Range; readonly histories: readonly MetricHistory[] } | null;
	readonly axis: ChartAxis;
	readonly isLog: boolean;
	/** Percent, 0 to 90. */
	readonly smoothing: number;
	/** The shown part of the axis; null: all of it, also what comes. */
	readonly window: Range | null;
	/** Position on the axis; null: no cursor. */
	readonly cursor: number | null;
	readonly isLoading: boolean;
	/** Why the last request failed. */
	readonly problem: Message | null;
	/**
	 * Fetches what the chart lacks, and what is new.
	 * @param newest the newest runs of the experiment, with their present state
	 */
	readonly ask: (
		chart: ChartState,
		newest: readonly MlflowRun[],
		signal: AbortSignal,
	) => Promise<Pick<ChartState, 'runs' | 'all' | 'histories' | 'detail'>>;
};

/** Whether a run of the chart still logs. */
export const isLive = ({ runs }: Pick<ChartState, 'runs'>): boolean => runs.some(({ status }) => status === 'RUNNING');

/** The dialog that shows it. */
export type ChartDialog = { readonly kind: 'chart'; readonly chart: ChartState };

export const chartDialog = (chart: ChartState): ChartDialog => ({ kind: 'chart', chart });
