import * as z from 'zod/mini';

/** Any value that JSON can hold. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export const jsonSchema: z.ZodMiniType<Json> = z.json();

/** The value as JSON for a message, at most 60 characters. */
export function describeJson(value: Json): string {
	const text = JSON.stringify(value);
	return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** Whether the value is an object, not a list. */
export function isRecord(value: Json | undefined): value is { [name: string]: Json } {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** undefined if the text is not JSON. */
export function parsedJson(text: string): Json | undefined {
	try {
		return jsonSchema.parse(JSON.parse(text));
	} catch {
		return undefined;
	}
}

/** JSON text with sorted names, equal for equal values. */
export function canonicalJson(value: Json): string {
	if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
	if (!isRecord(value)) return JSON.stringify(value);
	const fields = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
	return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonicalJson(field)}`).join(',')}}`;
}
