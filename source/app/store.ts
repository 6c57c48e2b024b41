import type { Observation } from '../model/observation.ts';
import { reduce } from '../model/reduce.ts';
import { initialState, type StackState } from '../model/state.ts';

export type StackStore = {
	/** The newest state. */
	current(): StackState;
	observe(observation: Observation): void;
	/**
	 * Calls back synchronously after every observation that changed the state; returns a function that unsubscribes.
	 */
	onChange(listener: (state: StackState) => void): () => void;
	close(): void;
};

/** The store: folds each observation at once and notifies its listeners. Drawing has its own pace. */
export function createStackStore(start: StackState = initialState): StackStore {
	const listeners = new Set<(state: StackState) => void>();
	let state = start;
	return {
		current: () => state,
		observe(observation) {
			const next = reduce(state, observation);
			if (next === state) return;
			state = next;
			for (const listener of listeners) listener(state);
		},
		onChange(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		close() {
			listeners.clear();
		},
	};
}
