import { maskJson, maskParam, maskText } from '../model/secrets/secrets.ts';
import { isRecord, type Json, parsedJson } from '../model/text/json.ts';

/** A value of any size as lines that fit a page. */
export type ValueText = {
	readonly lines: readonly string[];
	/** Lines and characters that are left out. */
	readonly isCut: boolean;
};

export type ValueLimits = { readonly lines: number; readonly characters: number };

/**
 * A value that a task was given or has pushed, without secrets: JSON indented, texts as they are. Airflow 3 sends some
 * values as JSON in a text.
 * @param name its field or key: `db_password` hides all of it
 */
export function valueText(name: string, value: Json, limits: ValueLimits): ValueText {
	const inside = typeof value === 'string' && /^\s*[{[]/.test(value) ? parsedJson(value) : undefined;
	const shown = isRecord(inside) || Array.isArray(inside) ? inside : value;
	// Twice the limit is masked and then cut, so that no secret is cut before it is found.
	const whole = writtenOut(shown);
	const masked = maskParam(name, whole.slice(0, 2 * limits.characters));
	const text = masked.slice(0, limits.characters);
	const lines = text.split('\n');
	return {
		lines: lines.slice(0, limits.lines),
		isCut: whole.length > limits.characters || lines.length > limits.lines || masked.length > text.length,
	};
}

function writtenOut(value: Json): string {
	if (typeof value === 'string') return maskText(value);
	if (typeof value !== 'object' || value === null) return String(value);
	const masked = maskJson(value);
	const short = JSON.stringify(masked);
	return short.length <= oneLineLimit ? short : JSON.stringify(masked, null, 2);
}

/** Shorter JSON is easier to read on one line. */
const oneLineLimit = 60;
