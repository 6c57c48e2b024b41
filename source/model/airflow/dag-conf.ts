import { type Message, phrase } from '../../words/message.ts';
import { canonicalJson, describeJson, isRecord, type Json, jsonSchema, parsedJson } from '../text/json.ts';
import { jsonLosses } from '../text/json-losses.ts';
import { type DagParam, valueProblem, wantedText } from './dag-params.ts';
import type { DagRun } from './pipeline.ts';

/** Reads a conf as it was typed. Airflow accepts only JSON objects; empty text is the empty conf. */
export function parseConf(text: string): { conf: { [name: string]: Json } } | { problem: Message } {
	if (text.trim() === '') return { conf: {} };
	let read: unknown;
	try {
		read = JSON.parse(text);
	} catch (error) {
		return {
			problem: phrase(['conf is not JSON: {why}', 'conf가 JSON이 아닙니다: {why}'], {
				why: error instanceof Error ? error.message : String(error),
			}),
		};
	}
	const lost = jsonLosses(text);
	if (lost !== null) {
		const problem = phrase(
			['conf cannot be sent exactly as written: {lost}', 'conf를 쓴 그대로 보낼 수 없습니다: {lost}'],
			{ lost },
		);
		return { problem };
	}
	const parsed = jsonSchema.safeParse(read);
	if (parsed.success && isRecord(parsed.data)) return { conf: parsed.data };
	return {
		problem: phrase(
			[
				'conf must be a JSON object such as {example}, not {value}',
				'conf는 {value}이(가) 아니라 {example} 같은 JSON 객체여야 합니다',
			],
			{
				example,
				value: describeJson(parsed.data ?? null),
			},
		),
	};
}

const example = '{"rows": 5000}';

/** A problem of a conf. `param`: null if it concerns the whole conf. */
export type ConfProblem = { readonly param: string | null; readonly problem: Message };

/**
 * Problems of a conf for a DAG with these params; empty if a run can be started with it. Airflow 2.8 answers an invalid
 * conf with status 500 and an HTML page, so it is checked before it is sent. As in Airflow, a missing param is checked by
 * its default: a param without a valid default is required.
 */
export function confProblems(params: readonly DagParam[], conf: unknown): ConfProblem[] {
	const parsed = jsonSchema.safeParse(conf ?? {});
	if (!parsed.success || !isRecord(parsed.data)) {
		const problem = phrase(
			['conf must be a JSON object such as {example}', 'conf는 {example} 같은 JSON 객체여야 합니다'],
			{
				example,
			},
		);
		return [{ param: null, problem }];
	}
	const given = parsed.data;
	return params.flatMap(param => {
		const isGiven = Object.hasOwn(given, param.name);
		const value = isGiven ? (given[param.name] ?? null) : param.value;
		const problem = valueProblem(param, value);
		if (problem === null) return [];
		const { name } = param;
		const missing = phrase(['{name} is required: {wanted}', '{name}은(는) 필수입니다: {wanted}'], {
			name,
			wanted: wantedText(param),
		});
		return [{ param: name, problem: isGiven ? problem : missing }];
	});
}

/** Names in a conf that the DAG does not declare. Airflow accepts them silently; most are typing errors. */
export function undeclaredNames(params: readonly DagParam[], conf: { readonly [name: string]: Json }): string[] {
	return Object.keys(conf).filter(name => !params.some(param => param.name === name));
}

/** The conf to send: only values that differ from the defaults, so that it does not override a default changed later. */
export function confOf(
	params: readonly DagParam[],
	values: { readonly [name: string]: Json },
): { [name: string]: Json } {
	const isDefault = (name: string, value: Json) => {
		const param = params.find(one => one.name === name);
		return param !== undefined && canonicalJson(param.value) === canonicalJson(value);
	};
	return Object.fromEntries(Object.entries(values).filter(([name, value]) => !isDefault(name, value)));
}

/** The distinct confs of these runs as compact JSON text, newest run first. */
export function distinctConfs(runs: readonly DagRun[]): string[] {
	const began = (run: DagRun) => run.startedAt ?? run.logicalDate ?? 0;
	const seen = new Map<string, string>();
	for (const { conf } of runs.toSorted((a, b) => began(b) - began(a))) {
		if (conf === null) continue;
		const read = parsedJson(conf);
		const key = read === undefined ? conf : canonicalJson(read);
		if (!seen.has(key)) seen.set(key, conf);
	}
	return [...seen.values()];
}
