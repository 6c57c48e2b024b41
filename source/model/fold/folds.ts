import { isDeepStrictEqual } from 'node:util';
import type { Observation } from '../observation.ts';
import type { StackState } from '../state.ts';

export type ObservationType = Observation['type'];

/** The observation of one type. */
export type Seen<Type extends ObservationType> = Extract<Observation, { type: Type }>;

/**
 * The state after an observation, by its type. Pure. What did not change keeps its identity, down to single containers
 * and runs, so that a pane which selects it need not draw again.
 */
export type Folds<Type extends ObservationType> = {
	readonly [One in Type]: (state: StackState, seen: Seen<One>) => StackState;
};

/** Sets one field, keeping the old value (and the old state) where the new one equals it. */
export function replace<Key extends keyof StackState>(state: StackState, key: Key, value: StackState[Key]): StackState {
	return isDeepStrictEqual(state[key], value) ? state : { ...state, [key]: value };
}

export function withKey<Value>(record: Readonly<Record<string, Value>>, key: string, value: Value) {
	return isDeepStrictEqual(record[key], value) ? record : { ...record, [key]: value };
}
