import { lowestExpected } from './lowest-expected.ts';

/** Values that the next one of a series stays between, if nothing has changed: see `lowestExpected`. */
export type UsualRange = { readonly low: number; readonly high: number };

export function usualRange(values: readonly number[]): UsualRange {
	return { low: lowestExpected(values), high: -lowestExpected(values.map(value => -value)) };
}
