import { expect, test } from 'vitest';
import type { MlflowRun } from '../../../source/model/mlflow/experiment.ts';
import type { ChartState } from '../../../source/ui/chart-state.ts';
import { ChartKeeper } from '../../../source/ui/controller/chart-keeper.ts';
import type { Dialog } from '../../../source/ui/dialogs/dialogs.ts';
import { helpDialog } from '../../../source/ui/dialogs/help.ts';
import { chartState, historyOf, training } from '../../given/charts.ts';
import { HandClock } from '../../given/hand-clock.ts';

function keeper(newest: readonly MlflowRun[] = []) {
	const clock = new HandClock();
	const closed = new AbortController();
	let dialog: Dialog | null = null;
	const stage = {
		get dialog() {
			return dialog;
		},
		show(next: { dialog?: Dialog | null }) {
			if (next.dialog !== undefined) dialog = next.dialog;
		},
	};
	const charts = new ChartKeeper(stage, clock, closed.signal, () => newest);
	const chart = () => (dialog?.kind === 'chart' ? dialog.chart : null);
	return { clock, stage, charts, chart, close: () => closed.abort() };
}

/** One more point at each request. */
function growing(asked: { times: number }, more: Partial<ChartState> = {}): ChartState {
	return chartState({
		ask: async chart => {
			asked.times++;
			return {
				runs: chart.runs,
				all: chart.all,
				histories: [historyOf('a', 'loss', Array(asked.times).fill(1))],
				detail: null,
			};
		},
		...more,
	});
}

test('while a run is active its chart is asked for again, and keeps what keys have changed', async () => {
	const { clock, charts, chart, stage } = keeper();
	const asked = { times: 0 };
	charts.open(growing(asked));
	await clock.advance(1999);
	expect(asked.times).toBe(0);
	const open = chart();
	if (open) stage.show({ dialog: { kind: 'chart', chart: { ...open, isLog: true, cursor: 3 } } });
	await clock.advance(4001);
	expect(chart()).toMatchObject({ isLog: true, cursor: 3, histories: [{ steps: { length: 3 } }] });
	stage.show({ dialog: null });
	await clock.advance(10_000);
	expect(asked.times).toBe(3);
});

test('finished runs are not asked for again; points that lack are, once and at once', async () => {
	const { clock, charts, chart } = keeper();
	const asked = { times: 0 };
	const runs = [training('a')];
	charts.open(growing(asked, { runs }));
	await clock.advance(60_000);
	expect(asked.times).toBe(0);
	charts.open(growing(asked, { runs, isLoading: true }));
	await clock.advance(60_000);
	expect(asked.times).toBe(1);
	expect(chart()?.isLoading).toBe(false);
});

test('a slow server is asked a twentieth of the time', async () => {
	const { clock, charts } = keeper();
	let asked = 0;
	charts.open(
		chartState({
			ask: async chart => {
				asked++;
				await clock.sleep(3000);
				return chart;
			},
		}),
	);
	await clock.advance(5000);
	expect(asked).toBe(1);
	await clock.advance(59_999);
	expect(asked).toBe(1);
	await clock.advance(2);
	expect(asked).toBe(2);
});

test('a failure is shown and does not end it; the answer to an older request is dropped', async () => {
	const { clock, charts, chart, stage } = keeper();
	let fails = true;
	const runs = [training('a')];
	charts.open(
		chartState({
			runs,
			isLoading: true,
			ask: async now => {
				if (fails) throw new Error('no road');
				return { ...now, histories: [] };
			},
		}),
	);
	await clock.advance(1);
	expect(chart()).toMatchObject({ isLoading: false, problem: expect.anything(), histories: { length: 2 } });
	fails = false;
	await clock.advance(2000);
	expect(chart()).toMatchObject({ problem: null, histories: [] });

	let answer: () => void = () => {};
	const late = chartState({ runs, isLoading: true, ask: now => new Promise(resolve => (answer = () => resolve(now))) });
	charts.open(late);
	const other = chartState({ runs, smoothing: 50 });
	charts.open(other);
	answer();
	await clock.advance(1);
	expect(chart()).toBe(other);
	stage.show({ dialog: helpDialog });
	await clock.advance(10_000);
	expect(stage.dialog).toBe(helpDialog);
});

test('over runs it follows the experiment, although none of its runs is active', async () => {
	const { clock, charts, close } = keeper();
	const asked = { times: 0 };
	const runs = growing(asked).runs.map(run => ({ ...run, status: 'FINISHED' }));
	charts.open(growing(asked, { runs, axis: 'runs' }));
	await clock.advance(6001);
	expect(asked.times).toBe(3);
	close();
});

test('a request for a chart ends with the chart, and with the next request', async () => {
	const { clock, charts } = keeper();
	const signals: AbortSignal[] = [];
	const slow = chartState({
		isLoading: true,
		ask(_chart, _newest, signal) {
			signals.push(signal);
			return new Promise(() => {});
		},
	});
	charts.open(slow);
	await clock.advance(1);
	charts.open(slow);
	await clock.advance(1);
	expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
	charts.closed();
	expect(signals[1]?.aborted).toBe(true);
});
