import { isObject, type JsonObject, parseJson } from '../server/json.ts';
import type { Call } from '../server/routes.ts';
import { badRequest, Problem } from './problem.ts';

/** Airflow's `[api] maximum_page_limit`; longer pages are cut silently (airflow/api_connexion/parameters.py). */
const PAGE_LIMIT = 100;

/** connexion with strict validation rejects parameters that its specification does not contain. */
export function allowQuery(call: Call, ...names: string[]): void {
	const extra = [...new Set(call.query.keys())].filter(name => !names.includes(name));
	if (extra.length > 0) throw new Problem(400, null, `Extra query parameter(s) ${extra.join(', ')} not in spec`);
}

export const PAGING = ['limit', 'offset'] as const;

function integerOf(call: Call, name: string, otherwise: number): number {
	const text = call.query.get(name);
	if (text === null) return otherwise;
	if (!/^-?\d+$/.test(text)) throw badRequest(`Wrong type, expected 'integer' for query parameter '${name}'`);
	return Number(text);
}

export function paged<T>(call: Call, items: readonly T[]): T[] {
	const asked = integerOf(call, 'limit', PAGE_LIMIT);
	const offset = integerOf(call, 'offset', 0);
	if (offset < 0) throw badRequest(`${offset} is less than the minimum of 0`);
	if (asked < 0) throw badRequest('Page limit must be a positive integer');
	const limit = asked === 0 ? PAGE_LIMIT : Math.min(asked, PAGE_LIMIT);
	return items.slice(offset, offset + limit);
}

export function booleanOf(call: Call, name: string, otherwise: boolean): boolean {
	const text = call.query.get(name);
	if (text === null) return otherwise;
	if (!/^(true|false)$/i.test(text)) throw badRequest(`Wrong type, expected 'boolean' for query parameter '${name}'`);
	return text.toLowerCase() === 'true';
}

type Value = string | number | boolean | null | undefined;

/** `name` or `-name`; only what the endpoint allows. */
export function sortBy<T>(items: readonly T[], order: string, keys: Readonly<Record<string, (item: T) => Value>>): T[] {
	const name = order.replace(/^-/, '');
	const key = Object.hasOwn(keys, name) ? keys[name] : undefined;
	if (key === undefined)
		throw badRequest(`Ordering with '${name}' is disallowed or the attribute does not exist on the model`);
	const sign = order.startsWith('-') ? -1 : 1;
	// Postgres: nulls are the greatest.
	const compare = (a: Value, b: Value): number => {
		if (a === b) return 0;
		if (a === null || a === undefined) return 1;
		if (b === null || b === undefined) return -1;
		return a < b ? -1 : 1;
	};
	return [...items].sort((a, b) => sign * compare(key(a), key(b)));
}

export function jsonBody(call: Call): JsonObject {
	if (!(call.request.headers['content-type'] ?? '').startsWith('application/json')) {
		throw new Problem(
			415,
			'Unsupported Media Type',
			`Invalid Content-type (${call.request.headers['content-type'] ?? ''}), expected JSON data`,
			'about:blank',
		);
	}
	const body = parseJson(call.body.toString());
	if (!isObject(body)) throw badRequest('Request body must not be empty');
	return body;
}

/** marshmallow rejects fields that a schema does not have. */
export function allowFields(body: JsonObject, ...names: string[]): void {
	const unknown = Object.keys(body).filter(name => !names.includes(name));
	if (unknown.length > 0) {
		throw badRequest(`{${unknown.map(name => `'${name}': ['Unknown field.']`).join(', ')}}`);
	}
}

export function dateOf(value: string | null | undefined, name: string): number | undefined {
	if (value === null || value === undefined) return undefined;
	const ms = Date.parse(value);
	if (Number.isNaN(ms)) throw badRequest(`'${value}' is not a 'date-time' - '${name}'`);
	// Date has only milliseconds; Airflow's dates have three digits more.
	const micros = /\.\d{3}(\d{1,3})/.exec(value)?.[1];
	return micros === undefined ? ms : ms + Number(micros.padEnd(3, '0')) / 1000;
}
