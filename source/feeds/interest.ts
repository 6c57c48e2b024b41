import { createStore, type StoreApi } from 'zustand/vanilla';
import type { LogWatch } from '../model/log-watch.ts';

/** What somebody looks at: feeds fetch that, and nothing else that costs. */
export type Interest = {
	readonly dagId: string;
	/** A run picked by hand; null follows the newest. */
	readonly dagRunId: string | null;
	/** The list that is open: all DAGs, or the runs of the DAG with the state wanted (null: any). */
	readonly list: null | { readonly kind: 'dags' | 'runs'; readonly runState: string | null };
	/** The experiment chosen by hand; null: the configured one. */
	readonly experiment: string | null;
	/** The logs that are on screen. */
	readonly logs: readonly LogWatch[];
	/** The container whose detail is open: its health probes are kept fresh. */
	readonly inspectedId: string | null;
	/** Whether the terminal has the focus; without it everything slows down. */
	readonly focused: boolean;
};

export type InterestStore = StoreApi<Interest>;

export function createInterest(dagId: string): InterestStore {
	return createStore<Interest>(() => ({
		dagId,
		dagRunId: null,
		list: null,
		experiment: null,
		logs: [],
		inspectedId: null,
		focused: true,
	}));
}
