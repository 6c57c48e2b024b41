import type { Observation } from '../model/observation.ts';
import { reduce } from '../model/reduce.ts';
import { initialState, type StackState } from '../model/state.ts';

export type StackStore = {
	/** The newest state. */
	current(): StackState;
	observe(observation: Observation): void;
	/** Calls back after every observation that changed the state, at once; returns how to stop. */
	onChange(listener: (state: StackState) => void): () => void;
	close(): void;
};

/** The store: folds observations at once, and tells those who listen. How often a screen is drawn is its own matter. */
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
