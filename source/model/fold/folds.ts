import { isDeepStrictEqual } from 'node:util';
import type { Observation } from '../observation.ts';
import type { StackState } from '../state.ts';

export type ObservationType = Observation['type'];

/** The observation of one type. */
export type Seen<Type extends ObservationType> = Extract<Observation, { type: Type }>;

/**
 * The state after an observation, by its type. Pure. Unchanged parts keep their identity, down to single containers and
 * runs, so that a pane which selects them need not be drawn again.
 */
export type Folds<Type extends ObservationType> = {
	readonly [One in Type]: (state: StackState, seen: Seen<One>) => StackState;
};

/** Sets one field, but keeps the old value (and the old state) if the new one is equal. */
export function replace<Key extends keyof StackState>(state: StackState, key: Key, value: StackState[Key]): StackState {
	return isDeepStrictEqual(state[key], value) ? state : { ...state, [key]: value };
}

export function withKey<Value>(record: Readonly<Record<string, Value>>, key: string, value: Value) {
	return isDeepStrictEqual(record[key], value) ? record : { ...record, [key]: value };
}
