import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Clock } from '../model/clock.ts';
import type { Observation } from '../model/observation.ts';
import { reduce } from '../model/reduce.ts';
import { initialState, type StackState } from '../model/state.ts';

/** Changes let through to the screen are at least so many ms apart: ten a second are as many as an eye can use. */
export const publishIntervalMs = 100;

export type StackStore = {
	/** What panes subscribe to: changes at most ten times a second. */
	readonly shown: StoreApi<StackState>;
	/** The newest state, for feeds and commands, which must not act on an old one. */
	current(): StackState;
	observe(observation: Observation): void;
	/** Lets what is pending through now: after a key press, at the end of a test. */
	flush(): void;
	/** Calls back after every observation that changed the state, at once; returns how to stop. */
	onChange(listener: (state: StackState) => void): () => void;
	close(): void;
};

/** The store: folds observations at once and publishes the result in steps. The first change after a pause goes out at once. */
export function createStackStore(clock: Clock, start: StackState = initialState): StackStore {
	const shown = createStore<StackState>(() => start);
	const listeners = new Set<(state: StackState) => void>();
	const closed = new AbortController();
	let state = start;
	let publishedAt = Number.NEGATIVE_INFINITY;
	let pending = false;

	const publish = () => {
		pending = false;
		publishedAt = clock.now();
		if (!closed.signal.aborted) shown.setState(state, true);
	};

	return {
		shown,
		current: () => state,
		observe(observation) {
			const next = reduce(state, observation);
			if (next === state) return;
			state = next;
			for (const listener of listeners) listener(state);
			if (pending) return;
			pending = true;
			const wait = publishedAt + publishIntervalMs - clock.now();
			// Even when nothing needs waiting for, facts that arrive together are published together.
			void clock.sleep(Math.max(0, wait), closed.signal).then(() => {
				if (pending) publish();
			});
		},
		flush() {
			if (pending) publish();
		},
		onChange(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		close() {
			closed.abort();
			listeners.clear();
		},
	};
}
