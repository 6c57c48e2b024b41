import { isObject, type Json, type JsonObject, parseJson } from '../../server/json.ts';
import type { Call } from '../../server/routes.ts';
import { Problem } from '../problem.ts';
import { sendInvalid } from './reply.ts';

/** `[api] fallback_page_limit` and `maximum_page_limit`. Unknown parameters are ignored. */
const PAGE = 50;
const PAGE_LIMIT = 100;

/** For a list that is paged by offset. */
export const NO_CURSORS = { next_cursor: null, previous_cursor: null, total_entries_limit: null };

export function paged<Item>(call: Call, items: readonly Item[]): Item[] {
	const limit = Number(call.query.get('limit') ?? PAGE);
	const offset = Number(call.query.get('offset') ?? 0);
	return items.slice(offset, offset + (limit === 0 ? PAGE : Math.min(limit, PAGE_LIMIT)));
}

/** The body, if it has only these fields; undefined after an error response. */
export function bodyOf(call: Call, required: readonly string[], ...others: string[]): JsonObject | undefined {
	const body: Json | undefined = parseJson(call.body.toString());
	if (!isObject(body)) {
		sendInvalid(call, 'model_attributes_type', ['body'], 'Input should be a valid dictionary', null);
		return undefined;
	}
	const missing = required.find(name => !Object.hasOwn(body, name));
	const extra = Object.keys(body).find(name => !required.includes(name) && !others.includes(name));
	if (missing !== undefined) sendInvalid(call, 'missing', ['body', missing], 'Field required', body);
	else if (extra !== undefined) {
		sendInvalid(call, 'extra_forbidden', ['body', extra], 'Extra inputs are not permitted', body[extra]);
	} else return body;
	return undefined;
}

/** A literal of an enumeration; undefined after an error response. */
export function oneOf(call: Call, body: JsonObject, name: string, ...values: string[]): string | undefined {
	const value = body[name];
	if (typeof value === 'string' && values.includes(value)) return value;
	const list = values.map(one => `'${one}'`).join(', ');
	sendInvalid(call, 'enum', ['body', name], `Input should be ${list}`, value);
	return undefined;
}

export const notFound = (detail: string): Problem => new Problem(404, detail);
