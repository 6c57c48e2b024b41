import { failureOf } from '../../model/failures/failure.ts';
import type { MlflowRun } from '../../model/mlflow/experiment.ts';
import type { Clock } from '../../model/time/clock.ts';
import { type ChartState, chartDialog, isLive } from '../chart-state.ts';
import type { Stage } from './stage.ts';

/** Between two requests for the metrics of an active run, ms; as for its experiment. */
const everyMs = 2000;
/** At most a twentieth of the time of MLflow, which reads the points from its database. */
const leastPause = 20;

/** Shows charts, fetches what they lack, and keeps those of active runs up to date while they are open. */
export class ChartKeeper {
	readonly #stage: Pick<Stage, 'dialog' | 'show'>;
	readonly #clock: Pick<Clock, 'now' | 'sleep'>;
	readonly #signal: AbortSignal;
	/** The newest runs of the experiment. */
	readonly #runs: () => readonly MlflowRun[];
	/** Aborts the last request; its late answer is dropped. */
	#asking = new AbortController();

	constructor(
		stage: Pick<Stage, 'dialog' | 'show'>,
		clock: Pick<Clock, 'now' | 'sleep'>,
		signal: AbortSignal,
		runs: () => readonly MlflowRun[],
	) {
		this.#stage = stage;
		this.#clock = clock;
		this.#signal = signal;
		this.#runs = runs;
	}

	open(chart: ChartState): void {
		this.closed();
		this.#asking = new AbortController();
		this.#stage.show({ dialog: chartDialog(chart) });
		void this.#keepFresh(AbortSignal.any([this.#signal, this.#asking.signal]), chart.isLoading);
	}

	/** The chart was closed. */
	closed(): void {
		this.#asking.abort();
	}

	async #keepFresh(asking: AbortSignal, isLacking: boolean): Promise<void> {
		let pauseMs = isLacking ? 0 : everyMs;
		for (;;) {
			if (pauseMs > 0) await this.#clock.sleep(pauseMs, asking);
			const before = this.#chart(asking);
			if (before === null || (pauseMs > 0 && !isLive(before) && before.axis !== 'runs' && before.problem === null))
				return;
			const askedAt = this.#clock.now();
			const change = await this.#ask(before, asking);
			const chart = this.#chart(asking);
			if (chart === null) return;
			this.#stage.show({ dialog: chartDialog({ ...chart, ...change, isLoading: false }) });
			pauseMs = Math.max(everyMs, (this.#clock.now() - askedAt) * leastPause);
		}
	}

	async #ask(chart: ChartState, asking: AbortSignal): Promise<Partial<ChartState>> {
		try {
			return { ...(await chart.ask(chart, this.#runs(), asking)), problem: null };
		} catch (error) {
			return { problem: failureOf(error).message };
		}
	}

	/** null if it is no longer open, or another request was made since. */
	#chart(asking: AbortSignal): ChartState | null {
		const { dialog } = this.#stage;
		return !asking.aborted && dialog?.kind === 'chart' ? dialog.chart : null;
	}
}
