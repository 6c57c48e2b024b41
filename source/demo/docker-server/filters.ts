import { isObject, parseJson } from '../server/json.ts';
import { EngineError } from './reply.ts';

/** Name → values. Both spellings of the API: `{"label": ["a=b"]}` and the older `{"label": {"a=b": true}}`. */
export type Filters = ReadonlyMap<string, readonly string[]>;

export function readFilters(text: string | null, known: readonly string[]): Filters {
	const filters = new Map<string, readonly string[]>();
	if (text === null || text === '') return filters;
	const parsed = parseJson(text);
	if (!isObject(parsed)) throw new EngineError(400, `invalid character '${text[0]}' looking for beginning of value`);
	for (const [name, value] of Object.entries(parsed)) {
		if (!known.includes(name)) throw new EngineError(400, `Invalid filter '${name}'`);
		const values = Array.isArray(value)
			? value.filter(item => typeof item === 'string')
			: isObject(value)
				? Object.keys(value)
				: [];
		filters.set(name, values);
	}
	return filters;
}

export function matchesLabels(
	labels: Readonly<Record<string, string>>,
	wanted: readonly string[] | undefined,
): boolean {
	return (wanted ?? []).every(text => {
		const split = text.indexOf('=');
		return split === -1 ? Object.hasOwn(labels, text) : labels[text.slice(0, split)] === text.slice(split + 1);
	});
}

/** Whether there is no such filter, or one of its values matches. */
export function matchesAny(wanted: readonly string[] | undefined, fits: (value: string) => boolean): boolean {
	return wanted === undefined || wanted.length === 0 || wanted.some(fits);
}
