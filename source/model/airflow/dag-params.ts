import { Validator } from '@cfworker/json-schema';
import * as z from 'zod/mini';
import type { Text } from '../../words/language.ts';
import { filled, joined, type Message, phrase, quoted } from '../../words/message.ts';
import { describeJson, isRecord, type Json, jsonSchema, parsedJson } from '../text/json.ts';

/**
 * A param of a DAG: a name that a run's conf may set, with its default and valid values. Source:
 * airflow/models/param.py (2.8.0), which checks a new run's values with Python's jsonschema.
 */
export const dagParamSchema = z.object({
	name: z.string(),
	/** The value without a conf. Airflow reports null if the DAG has no default, too. */
	value: jsonSchema,
	description: z.nullable(z.string()),
	title: z.nullable(z.string()),
	/** JSON Schema 2020-12; empty if any value is valid. */
	schema: z.record(z.string(), jsonSchema),
});
export type DagParam = z.infer<typeof dagParamSchema>;

export const paramTypes = ['string', 'integer', 'number', 'boolean', 'array', 'object', 'null'] as const;
export type ParamType = (typeof paramTypes)[number];

/** A proposed value, and its label. */
export type ParamChoice = { readonly value: Json; readonly label: string };

/** The types of a param: those of its schema, else that of its default, as in Airflow's own form. Empty: any. */
export function typesOf({ schema, value }: DagParam): readonly ParamType[] {
	const declared = schema.type === undefined ? [] : [schema.type].flat();
	const known = paramTypes.filter(type => declared.includes(type));
	if (known.length > 0 || value === null) return known;
	return [typeOf(value)];
}

/** The only valid values, if the schema lists them; empty otherwise. */
export function choicesOf({ schema }: DagParam): readonly ParamChoice[] {
	const values = Array.isArray(schema.enum) ? schema.enum : schema.const === undefined ? [] : [schema.const];
	return labelled(values, schema.values_display);
}

/** Values that the DAG's author proposes; others are valid too. */
export function examplesOf({ schema }: DagParam): readonly ParamChoice[] {
	return labelled(Array.isArray(schema.examples) ? schema.examples : [], schema.values_display);
}

/** Labels by the value's text (Airflow's `values_display`). */
function labelled(values: readonly Json[], display: Json | undefined): ParamChoice[] {
	return values.map(value => {
		const text = valueText(value);
		const label = isRecord(display) && Object.hasOwn(display, text) ? display[text] : undefined;
		return { value, label: typeof label === 'string' ? label : value === null ? 'null' : text };
	});
}

/** The text of a value in a form's field: strings unchanged, null as empty, anything else as JSON. */
export function valueText(value: Json): string {
	if (value === null) return '';
	return typeof value === 'string' ? value : JSON.stringify(value);
}

export function defaultText(param: DagParam): string {
	return valueText(param.value);
}

/** The valid values in words: `a whole number, at least 1, at most 500, or null`. */
export function wantedText(param: DagParam): Message {
	const choices = choicesOf(param);
	if (choices.length > 0) {
		return phrase(['one of {choices}', '{choices} 중 하나'], {
			choices: choices.map(({ value }) => JSON.stringify(value)).join(', '),
		});
	}
	const types = typesOf(param);
	const names = types.filter(type => type !== 'null').map(type => phrase(typeNames[type]));
	const { schema } = param;
	const bounds = [
		bound(['at least {value}', '{value} 이상'], schema.minimum),
		bound(['more than {value}', '{value} 초과'], schema.exclusiveMinimum),
		bound(['at most {value}', '{value} 이하'], schema.maximum),
		bound(['less than {value}', '{value} 미만'], schema.exclusiveMaximum),
		bound(['a multiple of {value}', '{value}의 배수'], schema.multipleOf),
		bound(['in format {value}', '{value} 형식'], schema.format),
		bound(['matching {value}', '{value} 패턴과 일치'], schema.pattern),
		bound(['at least {value} characters', '{value}자 이상'], schema.minLength),
		bound(['at most {value} characters', '{value}자 이하'], schema.maxLength),
		bound(['at least {value} items', '항목 {value}개 이상'], schema.minItems),
		bound(['at most {value} items', '항목 {value}개 이하'], schema.maxItems),
	].flat();
	const takesNull = types.includes('null');
	if (names.length === 0 && !takesNull) names.push(phrase(['a value that its schema allows', '스키마가 허용하는 값']));
	const type = names.reduce<Message | null>(
		(before, name) =>
			before === null ? name : phrase(['{before} or {name}', '{before} 또는 {name}'], { before, name }),
		null,
	);
	const wanted = [...(type === null ? [] : [type]), ...bounds];
	if (!takesNull) return joined(wanted, ', ');
	if (wanted.length === 0) return quoted('null');
	return phrase(['{wanted}, or null', '{wanted} 또는 null'], { wanted: joined(wanted, ', ') });
}

const typeNames: Readonly<Record<ParamType, Text>> = {
	string: ['text', '텍스트'],
	integer: ['a whole number', '정수'],
	number: ['a number', '숫자'],
	boolean: ['true or false', 'true 또는 false'],
	array: ['a list', '목록'],
	object: ['a JSON object', 'JSON 객체'],
	null: ['null', 'null'],
};

function bound(text: Text, value: Json | undefined): Message[] {
	return typeof value === 'number' || typeof value === 'string' ? [filled(text, { value })] : [];
}

/** The value of a text in a form's field, or a sentence that says why it is invalid. */
export function paramValue(param: DagParam, text: string): { value: Json } | { problem: Message } {
	const value = readValue(param, text);
	const problem = value === undefined ? unfit(param, JSON.stringify(text)) : valueProblem(param, value);
	if (value === undefined || problem !== null) return { problem: problem ?? quoted('') };
	return { value };
}

/** undefined if the text has none of the param's types. */
function readValue(param: DagParam, text: string): Json | undefined {
	const choice = choicesOf(param).find(({ value, label }) => valueText(value) === text || label === text);
	if (choice) return choice.value;
	const types = typesOf(param);
	const takes = (type: ParamType) => types.length === 0 || types.includes(type);
	const trimmed = text.trim();
	if (trimmed === '') return takes('null') ? null : takes('string') ? text : undefined;
	if (takes('boolean') && /^(true|yes|on)$/i.test(trimmed)) return true;
	if (takes('boolean') && /^(false|no|off)$/i.test(trimmed)) return false;
	const json = parsedJson(trimmed);
	if (json !== undefined && typeof json !== 'string') {
		const type = typeOf(json);
		if (type === 'null' ? takes('null') && !types.includes('string') : takes(type)) return json;
		if (type === 'integer' && takes('number')) return json;
		// 1.5 for a whole number: read as a number, so that the schema reports the problem.
		if (type === 'number' && takes('integer') && !takes('string')) return json;
	}
	if (takes('string')) return text;
	if (takes('array') && !/^[[{]/.test(trimmed)) return listOf(trimmed);
	return undefined;
}

/** `a, b` or lines: Airflow's own form reads lists with one item a line. */
function listOf(text: string): Json[] {
	return text
		.split(/[,\n]/)
		.map(item => item.trim())
		.filter(item => item !== '');
}

/** Why the value does not fit the param; null if it fits. */
export function valueProblem(param: DagParam, value: Json): Message | null {
	return fits(param.schema, value) ? null : unfit(param, describeJson(value));
}

function unfit({ name, ...param }: DagParam, value: string): Message {
	return phrase(['{name} must be {wanted}; got {value}', '{name}의 형식: {wanted}. 입력한 값: {value}'], {
		name,
		wanted: wantedText({ name, ...param }),
		value,
	});
}

function fits(schema: DagParam['schema'], value: Json): boolean {
	try {
		const { valid, errors } = new Validator(schema, '2020-12', false).validate(value);
		if (valid) return true;
		// Airflow accepts any ISO 8601 time for `date-time` (param.py, _warn_if_not_rfc3339_dt).
		const onlyFormat = errors.every(error => error.keyword === 'format');
		return onlyFormat && schema.format === 'date-time' && typeof value === 'string' && !Number.isNaN(Date.parse(value));
	} catch {
		// A schema that cannot be compiled here, such as a Python pattern: Airflow checks it.
		return true;
	}
}

function typeOf(value: Json): ParamType {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'array';
	if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
	if (typeof value === 'boolean') return 'boolean';
	return typeof value === 'string' ? 'string' : 'object';
}
