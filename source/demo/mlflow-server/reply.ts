import { asciiJson, isObject, type JsonObject, parseJson, pythonJson } from '../server/json.ts';
import type { Call } from '../server/routes.ts';

export class MlflowError extends Error {
	readonly code: string;
	readonly status: number;
	constructor(
		code: 'RESOURCE_DOES_NOT_EXIST' | 'INVALID_PARAMETER_VALUE' | 'RESOURCE_ALREADY_EXISTS',
		message: string,
	) {
		super(message);
		this.code = code;
		this.status = code === 'RESOURCE_DOES_NOT_EXIST' ? 404 : 400;
	}
}

export const missing = (message: string): MlflowError => new MlflowError('RESOURCE_DOES_NOT_EXIST', message);
export const invalid = (message: string): MlflowError => new MlflowError('INVALID_PARAMETER_VALUE', message);

export function sendText(call: Call, body: string, contentType: string, status = 200): void {
	call.response.writeHead(status, {
		'Content-Type': contentType,
		'Content-Length': Buffer.byteLength(body),
	});
	call.response.end(body);
}

/**
 * A protobuf message as MLflow prints it (mlflow/utils/proto_json_utils.py): without unset fields and empty lists,
 * indented by two.
 */
export function sendMessage(call: Call, message: Record<string, unknown>): void {
	sendText(call, asciiJson(JSON.stringify(pruned(message), null, 2)), 'application/json');
}

/** @param isClassified as in MLflow 3 (mlflow/error_classification.py) */
export function sendError(call: Call, { code, message, status }: MlflowError, isClassified: boolean): void {
	const error_class = code === 'RESOURCE_DOES_NOT_EXIST' ? 'RESOURCE_NOT_FOUND' : code;
	const more = isClassified ? { sqlstate: 'KAM00', error_class } : {};
	sendText(call, pythonJson({ error_code: code, message, ...more }), 'application/json', status);
}

function pruned(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(pruned);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value)
			.filter(([, item]) => item !== undefined && !(Array.isArray(item) && item.length === 0))
			.map(([key, item]) => [key, pruned(item)]),
	);
}

/**
 * Doubles that JSON does not support are strings in protobuf's JSON; the SQL store keeps infinity as the greatest
 * double.
 */
export function doubleJson(value: number): number | string {
	if (Number.isNaN(value)) return 'NaN';
	if (value === Number.POSITIVE_INFINITY) return Number.MAX_VALUE;
	return value === Number.NEGATIVE_INFINITY ? -Number.MAX_VALUE : value;
}

export const tagsJson = (tags: ReadonlyMap<string, string>) => [...tags].map(([key, value]) => ({ key, value }));

/** The input of a request: the query of a GET, else the body. */
export type Input = {
	text(name: string): string | undefined;
	number(name: string): number | undefined;
	texts(name: string): string[];
};

export function inputOf(call: Call): Input {
	if (call.method === 'GET') {
		const { query } = call;
		return {
			text: name => query.get(name) ?? undefined,
			number(name) {
				const text = query.get(name);
				if (text === null) return undefined;
				if (!/^-?\d+$/.test(text)) throw invalid(`Invalid value '${text}' for parameter '${name}' supplied`);
				return Number(text);
			},
			texts: name => query.getAll(name),
		};
	}
	if (!(call.request.headers['content-type'] ?? '').startsWith('application/json')) {
		throw invalid("Bad Request. Content-Type must be one of ['application/json'].");
	}
	const parsed = call.body.length === 0 ? {} : parseJson(call.body.toString());
	// Some clients send the JSON as a string in JSON, which the server accepts.
	const body: JsonObject = isObject(parsed) ? parsed : typeof parsed === 'string' ? objectOr(parsed) : {};
	return {
		text(name) {
			const value = body[name];
			if (value === undefined || value === null) return undefined;
			if (typeof value !== 'string')
				throw invalid(`Invalid value ${pythonJson(value)} for parameter '${name}' supplied`);
			return value;
		},
		number(name) {
			const value = body[name];
			if (value === undefined || value === null) return undefined;
			const number = Number(value);
			if (!Number.isInteger(number))
				throw invalid(`Invalid value ${pythonJson(value)} for parameter '${name}' supplied`);
			return number;
		},
		texts(name) {
			const value = body[name];
			return Array.isArray(value) ? value.map(String) : [];
		},
	};
}

function objectOr(text: string): JsonObject {
	const parsed = parseJson(text);
	return isObject(parsed) ? parsed : {};
}

/** Pages by a token for the start of the next page (mlflow/utils/search_utils.py). */
export function page<T>(
	items: readonly T[],
	maxResults: number,
	token: string | undefined,
): { items: T[]; next?: string } {
	const offset = token === undefined || token === '' ? 0 : offsetOf(token);
	const end = offset + maxResults;
	const next = end < items.length ? Buffer.from(pythonJson({ offset: end })).toString('base64') : undefined;
	return { items: items.slice(offset, end), next };
}

function offsetOf(token: string): number {
	const parsed = parseJson(Buffer.from(token, 'base64').toString());
	if (!isObject(parsed) || typeof parsed.offset !== 'number')
		throw invalid('Invalid page token, could not base64-decode');
	return parsed.offset;
}

export function maxResultsOf(input: Input, otherwise: number, most: number): number {
	const asked = input.number('max_results') ?? otherwise;
	if (asked < 1) throw invalid(`Invalid value for max_results. It must be a positive integer, but got ${asked}`);
	if (asked > most)
		throw invalid(
			`Invalid value for request parameter max_results. It must be at most ${most}, but got value ${asked}`,
		);
	return asked;
}

/** As Flask's `jsonify` writes what `doubleJson` has made: NaN as it is in Python, which is no JSON. */
export function bareNumbersJson(value: unknown): string {
	return `${asciiJson(JSON.stringify(value).replaceAll('"value":"NaN"', '"value":NaN'))}\n`;
}
