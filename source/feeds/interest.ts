import { createStore, type StoreApi } from 'zustand/vanilla';
import type { LogWatch } from '../model/logs/log-watch.ts';
import type { WantedRuns } from '../model/mlflow/run-search.ts';

/** What the user looks at: feeds fetch only this if it costs anything. */
export type Interest = {
	readonly dagId: string;
	/** The selected run; null follows the newest. */
	readonly dagRunId: string | null;
	/** The open list. runState null: any state. count: number of runs wanted; absent: the newest page. */
	readonly list: null | {
		readonly kind: 'dags' | 'runs';
		readonly runState: string | null;
		readonly count?: number;
	};
	/** The part of the DAG's runs whose tasks are shown side by side; null: no view shows many runs. */
	readonly history: ShownRuns | null;
	/** The selected experiment; null: the configured one. */
	readonly experiment: string | null;
	/** Skips the newest runs: the command names its run or searches. */
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
