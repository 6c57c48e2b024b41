import { Validator } from '@cfworker/json-schema';
import * as z from 'zod/mini';
import { jsonLosses } from './json-losses.ts';
import type { DagRun } from './pipeline.ts';

/** Any value that JSON can hold. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export const jsonSchema: z.ZodMiniType<Json> = z.json();

/**
 * A param that a DAG declares: a name that a run's conf may set, with its default and what values fit.
 * Source: airflow/models/param.py (2.8.0), which checks a new run's values with Python's jsonschema.
 */
export const dagParamSchema = z.object({
	name: z.string(),
	/** The value without a conf. Airflow tells null also where the DAG gives none. */
	value: jsonSchema,
	description: z.nullable(z.string()),
	title: z.nullable(z.string()),
	/** JSON Schema 2020-12; empty where anything fits. */
	schema: z.record(z.string(), jsonSchema),
});
export type DagParam = z.infer<typeof dagParamSchema>;

export const paramTypes = ['string', 'integer', 'number', 'boolean', 'array', 'object', 'null'] as const;
export type ParamType = (typeof paramTypes)[number];

/** A value that is offered, and how it is called. */
export type ParamChoice = { readonly value: Json; readonly label: string };

/**
 * The types that a param takes: those of its schema, else that of its default, as Airflow's own form has it.
 * Empty: any.
 */
export function typesOf({ schema, value }: DagParam): readonly ParamType[] {
	const said = schema.type === undefined ? [] : [schema.type].flat();
	const known = paramTypes.filter(type => said.includes(type));
	if (known.length > 0 || value === null) return known;
	return [typeOf(value)];
}

/** The only values that fit, where the schema lists them; empty where it does not. */
export function choicesOf({ schema }: DagParam): readonly ParamChoice[] {
	const values = Array.isArray(schema.enum) ? schema.enum : schema.const === undefined ? [] : [schema.const];
	return labelled(values, schema.values_display);
}

/** Values that the DAG's author proposes; others fit as well. */
export function examplesOf({ schema }: DagParam): readonly ParamChoice[] {
	return labelled(Array.isArray(schema.examples) ? schema.examples : [], schema.values_display);
}

/** Labels may be given by the value's text (Airflow's `values_display`). */
function labelled(values: readonly Json[], display: Json | undefined): ParamChoice[] {
	return values.map(value => {
		const text = valueText(value);
		const label = isRecord(display) && Object.hasOwn(display, text) ? display[text] : undefined;
		return { value, label: typeof label === 'string' ? label : value === null ? 'null' : text };
	});
}

/** A value as it stands in a field of a form: strings as they are, null as nothing, all else as JSON. */
export function valueText(value: Json): string {
	if (value === null) return '';
	return typeof value === 'string' ? value : JSON.stringify(value);
}

export function defaultText(param: DagParam): string {
	return valueText(param.value);
}

/** What fits, in words: `a whole number, at least 1, at most 500, or null`. */
export function wantedText(param: DagParam): string {
	const choices = choicesOf(param);
	if (choices.length > 0) return `one of ${choices.map(({ value }) => JSON.stringify(value)).join(', ')}`;
	const types = typesOf(param);
	const names = types.filter(type => type !== 'null').map(type => typeNames[type]);
	const { schema } = param;
	const bounds = [
		bound('at least', schema.minimum),
		bound('more than', schema.exclusiveMinimum),
		bound('at most', schema.maximum),
		bound('less than', schema.exclusiveMaximum),
		bound('a multiple of', schema.multipleOf),
		bound('of the format', schema.format),
		bound('matching', schema.pattern),
		bound('at least', schema.minLength, ' characters'),
		bound('at most', schema.maxLength, ' characters'),
		bound('at least', schema.minItems, ' items'),
		bound('at most', schema.maxItems, ' items'),
	].filter(one => one !== '');
	const words = [names.join(' or ') || (types.includes('null') ? '' : 'what its schema allows'), ...bounds];
	const wanted = words.filter(Boolean).join(', ');
	if (!types.includes('null')) return wanted;
	return wanted === '' ? 'null' : `${wanted}, or null`;
}

const typeNames: Readonly<Record<ParamType, string>> = {
	string: 'text',
	integer: 'a whole number',
	number: 'a number',
	boolean: 'true or false',
	array: 'a list',
	object: 'a JSON object',
	null: 'null',
};

function bound(words: string, value: Json | undefined, unit = ''): string {
	return typeof value === 'number' || typeof value === 'string' ? `${words} ${value}${unit}` : '';
}

/** What a text in a form's field means for a param, or in a sentence why it cannot be that. */
export function paramValue(param: DagParam, text: string): { value: Json } | { problem: string } {
	const value = readValue(param, text);
	const problem = value === undefined ? unfit(param, JSON.stringify(text)) : valueProblem(param, value);
	if (value === undefined || problem !== null) return { problem: problem ?? '' };
	return { value };
}

/** undefined where the text cannot be read as any of the param's types. */
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
		// 1.5 for a whole number: read as what it is, so that the schema says what is wrong with it.
		if (type === 'number' && takes('integer') && !takes('string')) return json;
	}
	if (takes('string')) return text;
	if (takes('array') && !/^[[{]/.test(trimmed)) return listOf(trimmed);
	return undefined;
}

/** `a, b` or lines: Airflow's own form takes lists one item a line. */
function listOf(text: string): Json[] {
	return text
		.split(/[,\n]/)
		.map(item => item.trim())
		.filter(item => item !== '');
}

/**
 * A conf as it was written, read; or in a sentence why it is none. Airflow takes JSON objects alone.
 * Empty text is the empty conf.
 */
export function parseConf(text: string): { conf: { [name: string]: Json } } | { problem: string } {
	if (text.trim() === '') return { conf: {} };
	let read: unknown;
	try {
		read = JSON.parse(text);
	} catch (error) {
		return { problem: `conf is no JSON: ${error instanceof Error ? error.message : String(error)}` };
	}
	const lost = jsonLosses(text);
	if (lost !== null) return { problem: `conf would not be sent as it is written: ${lost}` };
	const parsed = jsonSchema.safeParse(read);
	if (parsed.success && isRecord(parsed.data)) return { conf: parsed.data };
	return { problem: `conf must be a JSON object such as {"rows": 5000}, not ${describe(parsed.data ?? null)}` };
}

/** What is wrong with a conf, and with which param; null: with the whole. */
export type ConfProblem = { readonly param: string | null; readonly problem: string };

/**
 * What is wrong with a conf for a DAG of these params, a sentence each; empty when a run can be made with it.
 * Airflow 2.8 answers what does not fit with status 500 and a page of apology, so it is checked before it is sent. As
 * there, a param that the conf leaves out is checked by its default: one without must be given.
 */
export function confProblems(params: readonly DagParam[], conf: unknown): ConfProblem[] {
	const parsed = jsonSchema.safeParse(conf ?? {});
	if (!parsed.success || !isRecord(parsed.data))
		return [{ param: null, problem: 'conf must be a JSON object such as {"rows": 5000}' }];
	const given = parsed.data;
	return params.flatMap(param => {
		const isGiven = Object.hasOwn(given, param.name);
		const value = isGiven ? (given[param.name] ?? null) : param.value;
		const problem = valueProblem(param, value);
		if (problem === null) return [];
		const { name } = param;
		return [{ param: name, problem: isGiven ? problem : `${name} must be given: it wants ${wantedText(param)}` }];
	});
}

/** Names in a conf that the DAG does not declare: Airflow takes them silently, so most are typing errors. */
export function undeclaredNames(params: readonly DagParam[], conf: { readonly [name: string]: Json }): string[] {
	return Object.keys(conf).filter(name => !params.some(param => param.name === name));
}

/** The conf to send: what differs from the defaults, so that a default changed later is not overridden by an old one. */
export function confOf(
	params: readonly DagParam[],
	values: { readonly [name: string]: Json },
): { [name: string]: Json } {
	const isDefault = (name: string, value: Json) => {
		const param = params.find(one => one.name === name);
		return param !== undefined && canonical(param.value) === canonical(value);
	};
	return Object.fromEntries(Object.entries(values).filter(([name, value]) => !isDefault(name, value)));
}

/** The different confs of these runs as compact JSON text, that of the newest run first. */
export function distinctConfs(runs: readonly DagRun[]): string[] {
	const began = (run: DagRun) => run.startedAt ?? run.logicalDate ?? 0;
	const seen = new Map<string, string>();
	for (const { conf } of runs.toSorted((a, b) => began(b) - began(a))) {
		if (conf === null) continue;
		const read = parsedJson(conf);
		const key = read === undefined ? conf : canonical(read);
		if (!seen.has(key)) seen.set(key, conf);
	}
	return [...seen.values()];
}

function valueProblem(param: DagParam, value: Json): string | null {
	return fits(param.schema, value) ? null : unfit(param, describe(value));
}

function unfit(param: DagParam, what: string): string {
	return `${param.name} wants ${wantedText(param)}; ${what} is not that`;
}

function fits(schema: DagParam['schema'], value: Json): boolean {
	try {
		const { valid, errors } = new Validator(schema, '2020-12', false).validate(value);
		if (valid) return true;
		// Airflow takes any ISO 8601 time where the schema says `date-time` (param.py, _warn_if_not_rfc3339_dt).
		const onlyFormat = errors.every(error => error.keyword === 'format');
		return onlyFormat && schema.format === 'date-time' && typeof value === 'string' && !Number.isNaN(Date.parse(value));
	} catch {
		// A schema that cannot be read here, such as a Python pattern: Airflow judges it.
		return true;
	}
}

function describe(value: Json): string {
	const text = JSON.stringify(value);
	return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function typeOf(value: Json): ParamType {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'array';
	if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
	if (typeof value === 'boolean') return 'boolean';
	return typeof value === 'string' ? 'string' : 'object';
}

function isRecord(value: Json | undefined): value is { [name: string]: Json } {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parsedJson(text: string): Json | undefined {
	try {
		return jsonSchema.parse(JSON.parse(text));
	} catch {
		return undefined;
	}
}

/** JSON text with sorted names: the same for values that are the same. */
function canonical(value: Json): string {
	if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
	if (!isRecord(value)) return JSON.stringify(value);
	const fields = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
	return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join(',')}}`;
}
