import type { MlflowRun } from '../../source/model/mlflow/experiment.ts';
import { metricHistory } from '../../source/model/mlflow/metric-history.ts';
import type { ChartState } from '../../source/ui/chart-state.ts';

/** A finished training run. */
export const training = (runId: string, more: Partial<MlflowRun> = {}): MlflowRun => ({
	...{ runId, runName: `train-${runId}`, experimentId: '1', status: 'FINISHED', params: [], tags: [] },
	...{ startedAt: 0, endedAt: 100_000 },
	metrics: ['loss', 'val_loss'].map(key => ({ key, value: 0.1, step: 39, loggedAt: 0 })),
	...more,
});

/** A history of one point a second. */
export const historyOf = (
	runId: string,
	key: string,
	values: readonly number[],
	part: 'all' | 'spread' | 'first' = 'all',
	startsAt = 0,
) =>
	metricHistory(
		{ runId, key, part },
		values.map((value, step) => ({ step, at: startsAt + step * 1000, value })),
	);

/** The losses of two runs, of which one met NaN and infinity. */
export function chartState(more: Partial<ChartState> = {}, startsAt = 0): ChartState {
	const steps = Array.from({ length: 40 }, (_, step) => step);
	const odd = (step: number) =>
		step === 25 ? Number.NaN : step === 30 ? Number.POSITIVE_INFINITY : 0.3 + 1.5 / (step + 1);
	return {
		runs: [training('a', { startedAt: startsAt }), training('b', { startedAt: startsAt, status: 'RUNNING' })],
		all: [],
		keys: ['loss', 'val_loss'],
		shown: ['loss'],
		histories: [
			historyOf(
				'a',
				'loss',
				steps.map(step => 2 / (step + 1)),
				'all',
				startsAt,
			),
			historyOf('b', 'loss', steps.map(odd), 'all', startsAt),
		],
		...{ detail: null, axis: 'step', isLog: false, smoothing: 0, window: null, cursor: null },
		...{ isLoading: false, problem: null },
		ask: async chart => ({ runs: chart.runs, all: chart.all, histories: chart.histories, detail: null }),
		...more,
	};
}
