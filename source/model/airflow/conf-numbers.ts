import { isRecord, type Json, parsedJson } from '../text/json.ts';
import type { DagParam } from './dag-params.ts';

/** Values of a conf that a duration can depend on, by name. */
export type ConfNumbers = Readonly<Record<string, number>>;

/** Most values that are compared: a conf has no limit of its own. */
const mostNumbers = 30;

/**
 * The numbers of a conf, and of the params that it does not set; true is 1, false 0.
 * @param conf JSON text of an object; null if it is empty
 */
export function confNumbers(conf: string | null, defaults: ConfNumbers = {}): ConfNumbers {
	const value = conf === null ? {} : parsedJson(conf);
	if (!isRecord(value)) return defaults;
	// A value of another type is no default any more.
	const rest = Object.entries(defaults).filter(([name]) => !Object.hasOwn(value, name));
	return numbersOf([...rest, ...Object.entries(value)]);
}

/** The numbers among the defaults of a DAG's params. */
export function defaultNumbers(params: readonly Pick<DagParam, 'name' | 'value'>[]): ConfNumbers {
	return numbersOf(params.map(({ name, value }) => [name, value]));
}

function numbersOf(values: readonly (readonly [name: string, value: Json])[]): ConfNumbers {
	const numbers = values.flatMap(([name, value]): [string, number][] => {
		if (typeof value === 'boolean') return [[name, value ? 1 : 0]];
		return typeof value === 'number' && Number.isFinite(value) ? [[name, value]] : [];
	});
	return Object.fromEntries(numbers.slice(0, mostNumbers));
}
