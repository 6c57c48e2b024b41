import { createStore, type StoreApi } from 'zustand/vanilla';
import type { LogWatch } from '../model/logs/log-watch.ts';
import type { WantedRuns } from '../model/mlflow/run-search.ts';

/** What the user looks at: feeds fetch only this if it costs anything. */
export type Interest = {
	readonly dagId: string;
	/** The selected run; null follows the newest. */
	readonly dagRunId: string | null;
	/** The open list: all DAGs, or the runs of the DAG in a state (null: any), as many as `count`, or the newest. */
	readonly list: null | {
		readonly kind: 'dags' | 'runs';
		readonly runState: string | null;
		readonly count?: number;
	};
	/** The part of the DAG's runs whose tasks are shown side by side; null: no view shows many runs. */
	readonly history: ShownRuns | null;
	/** The selected experiment; null: the configured one. */
	readonly experiment: string | null;
	/** Whether the newest runs of the experiment are not needed: a command names the one that it is about, or searches. */
	readonly withoutNewestRuns?: boolean;
	/** What the open list of MLflow runs shows; null: it is closed. */
	readonly mlflowRuns: WantedRuns | null;
	/** The logs on the screen. */
	readonly logs: readonly LogWatch[];
	/** The container with open details: its health probes are kept fresh. */
	readonly inspectedId: string | null;
	/** Whether the terminal has the focus; without it all polling slows down. */
	readonly focused: boolean;
};

/** Positions of runs from the newest on: from, inclusive, to, exclusive. */
export type ShownRuns = {
	readonly from: number;
	readonly to: number;
	/** The selected run, whose neighbours are fetched first; null: the newest. */
	readonly dagRunId: string | null;
};

export type InterestStore = StoreApi<Interest>;

export function createInterest(dagId: string): InterestStore {
	return createStore<Interest>(() => ({
		dagId,
		dagRunId: null,
		list: null,
		history: null,
		experiment: null,
		mlflowRuns: null,
		logs: [],
		inspectedId: null,
		focused: true,
	}));
}
