/** Any JSON value: a request body before it is checked. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** `undefined` for invalid JSON. */
export function parseJson(text: string): Json | undefined {
	try {
		const value: Json = JSON.parse(text);
		return value;
	} catch {
		return undefined;
	}
}

/**
 * As `JSON.stringify`, with bigints as numbers. Go's servers count in 64 bits, but JavaScript numbers have 53: throws
 * RangeError for an integer that may be inexact, so that none is sent rounded.
 */
export function exactJson(value: unknown): string {
	return JSON.stringify(value, (key, item: unknown) => {
		if (typeof item === 'bigint') return JSON.rawJSON(item.toString());
		if (typeof item === 'number' && Number.isInteger(item) && !Number.isSafeInteger(item)) {
			throw new RangeError(`${key || 'value'}: ${item} is not exact, use a bigint`);
		}
		return item;
	});
}

export function isObject(value: Json | undefined): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function textOf(value: Json | undefined): string | undefined {
	return typeof value === 'string' ? value : undefined;
}

/** The strings of an array; `undefined` for anything else. */
export function textsOf(value: Json | undefined): string[] | undefined {
	return Array.isArray(value) ? value.filter(item => typeof item === 'string') : undefined;
}

/** Python's json.dumps writes only ASCII. */
export function asciiJson(text: string): string {
	return text.replace(/[\u0080-\uffff]/g, c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Flask's JSON in Airflow 2.8: indented, keys sorted, a newline at the end. */
export function flaskJson(value: unknown): string {
	return `${asciiJson(JSON.stringify(sorted(value), null, 2))}\n`;
}

function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value)
			.sort(([a], [b]) => (a < b ? -1 : 1))
			.map(([key, item]) => [key, sorted(item)]),
	);
}

/** Python's json.dumps with its defaults: one line, a space after each comma and colon. */
export function pythonJson(value: unknown): string {
	const write = (item: unknown): string => {
		if (Array.isArray(item)) return `[${item.map(write).join(', ')}]`;
		if (typeof item !== 'object' || item === null) return asciiJson(JSON.stringify(item));
		const fields = Object.entries(item).map(([key, field]) => `${asciiJson(JSON.stringify(key))}: ${write(field)}`);
		return `{${fields.join(', ')}}`;
	};
	return write(value);
}
