import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import { dagDetailsAnswer } from '../../../source/clients/airflow/v1/dag-answers.ts';
import {
	confOf,
	confProblems,
	distinctConfs,
	parseConf,
	undeclaredNames,
} from '../../../source/model/airflow/dag-conf.ts';
import {
	choicesOf,
	type DagParam,
	defaultText,
	examplesOf,
	paramValue,
	typesOf,
	wantedText,
} from '../../../source/model/airflow/dag-params.ts';
import type { DagRun } from '../../../source/model/airflow/pipeline.ts';
import { expect } from '../../english.ts';

const details = join(import.meta.dirname, '../../fixtures/recorded/airflow-2.8.0/dag-details.json');
const { params } = dagDetailsAnswer.parse(JSON.parse(readFileSync(details, 'utf8')));
const param = (name: string): DagParam => {
	const found = params.find(one => one.name === name);
	if (!found) throw new Error(`no param ${name}`);
	return found;
};
const made = (given: Partial<DagParam>): DagParam => ({
	name: 'made',
	value: null,
	description: null,
	title: null,
	schema: {},
	...given,
});

test('the params of the real DAG: types, defaults, choices, what they want', () => {
	expect(params.map(({ name }) => name)).toEqual(['epochs', 'fail_at', 'fail_times', 'pace', 'rows', 'seed']);
	expect(typesOf(param('rows'))).toEqual(['integer']);
	expect(defaultText(param('rows'))).toBe('10000');
	expect(defaultText(param('seed'))).toBe('');
	expect(choicesOf(param('fail_at')).map(choice => choice.label)).toEqual(
		expect.arrayContaining(['null', 'raw_to_bronze', 'model_registry']),
	);
	expect(wantedText(param('fail_times'))).toBe('a whole number, at least 1, at most 100, or null');
	expect(wantedText(param('pace'))).toBe('a number, at least 0, at most 600');
});

const sentences = (...given: Parameters<typeof confProblems>) => confProblems(...given).map(({ problem }) => problem);

test('a conf is checked as Airflow would', () => {
	expect(confProblems(params, {})).toEqual([]);
	expect(confProblems(params, { rows: 1000, pace: 0.5, fail_at: null, seed: 3 })).toEqual([]);
	expect(confProblems(params, { rows: '1000' })).toEqual([
		{ param: 'rows', problem: 'rows must be a whole number, at least 1000, at most 500000; got "1000"' },
	]);
	expect(confProblems(params, { rows: 1, epochs: 2.5, fail_at: 'nowhere' })).toHaveLength(3);
	expect(confProblems(params, [1])).toEqual([{ param: null, problem: expect.stringMatching(/JSON object/) }]);
	expect(confProblems(params, null)).toEqual([]);
	// Undeclared names are accepted silently, so they are reported separately.
	expect(confProblems(params, { row: 5 })).toEqual([]);
	expect(undeclaredNames(params, { row: 5, rows: 5000 })).toEqual(['row']);
});

test('a param without a default must be given', () => {
	const required = made({ name: 'table', schema: { type: 'string', minLength: 1 } });
	expect(sentences([required], {})).toEqual(['table is required: text, at least 1 characters']);
	expect(confProblems([required], { table: 'orders' })).toEqual([]);
});

test('formats: any ISO 8601 time is a date-time to Airflow; what only Python can judge is left to it', () => {
	const time = made({ schema: { type: 'string', format: 'date-time' }, value: '2026-01-01T00:00:00+00:00' });
	expect(confProblems([time], { made: '2026-01-01 10:00' })).toEqual([]);
	expect(confProblems([time], { made: 'yesterday' })).toHaveLength(1);
	const python = made({ schema: { type: 'string', pattern: '(?P<year>\\d+)\\Z' }, value: '1' });
	expect(confProblems([python], { made: 'x' })).toEqual([]);
});

test.each([
	['rows', '5000', { value: 5000 }],
	['rows', ' 5000 ', { value: 5000 }],
	['rows', '5', { problem: 'rows must be a whole number, at least 1000, at most 500000; got 5' }],
	['rows', 'many', { problem: 'rows must be a whole number, at least 1000, at most 500000; got "many"' }],
	['rows', '', { problem: 'rows must be a whole number, at least 1000, at most 500000; got ""' }],
	['rows', '2000.5', { problem: 'rows must be a whole number, at least 1000, at most 500000; got 2000.5' }],
	['pace', '0.25', { value: 0.25 }],
	['seed', '', { value: null }],
	['seed', 'null', { value: null }],
	['fail_at', 'model_training', { value: 'model_training' }],
	['fail_at', '', { value: null }],
])('%s from the text %j', (name, text, expected) => {
	expect(paramValue(param(name), text)).toEqual(expected);
});

test('texts of other types: yes and no, lists, objects, text that looks like a number', () => {
	expect(paramValue(made({ schema: { type: 'boolean' }, value: false }), 'yes')).toEqual({ value: true });
	expect(paramValue(made({ schema: { type: 'boolean' }, value: false }), 'maybe')).toHaveProperty('problem');
	expect(paramValue(made({ schema: { type: 'array' }, value: [] }), 'a, b')).toEqual({ value: ['a', 'b'] });
	expect(paramValue(made({ schema: { type: 'array' }, value: [] }), '[1, 2]')).toEqual({ value: [1, 2] });
	expect(paramValue(made({ schema: { type: 'object' }, value: {} }), '{"a": 1}')).toEqual({ value: { a: 1 } });
	expect(paramValue(made({ schema: { type: 'object' }, value: {} }), '{"a": ')).toHaveProperty('problem');
	expect(paramValue(made({ schema: { type: 'string' }, value: '' }), '5000')).toEqual({ value: '5000' });
	// No schema: the default's type, as Airflow's own form has it.
	expect(paramValue(made({ value: 'text' }), '12')).toEqual({ value: '12' });
	expect(paramValue(made({ value: 1 }), '12')).toEqual({ value: 12 });
	expect(paramValue(made({}), '{"a": [true]}')).toEqual({ value: { a: [true] } });
	expect(paramValue(made({}), 'word')).toEqual({ value: 'word' });
});

test('examples are offered under the names that their author gave them', () => {
	const colour = made({
		value: 'r',
		schema: { type: 'string', examples: ['r', 'g'], values_display: { r: 'Red' } },
	});
	expect(examplesOf(colour)).toEqual([
		{ value: 'r', label: 'Red' },
		{ value: 'g', label: 'g' },
	]);
	expect(choicesOf(colour)).toEqual([]);
	expect(paramValue(colour, 'blue')).toEqual({ value: 'blue' });
});

test('a conf is read from JSON text, and nothing but an object', () => {
	expect(parseConf('')).toEqual({ conf: {} });
	expect(parseConf('{"rows": 5000}')).toEqual({ conf: { rows: 5000 } });
	expect(parseConf('{rows: 5000}')).toHaveProperty('problem', expect.stringMatching(/not JSON/));
	expect(parseConf('[1]')).toHaveProperty('problem', expect.stringMatching(/JSON object/));
});

test('what equals its default is not sent', () => {
	expect(confOf(params, { rows: 10_000, pace: 1, seed: null, other: 1 })).toEqual({ pace: 1, other: 1 });
});

test('the different confs of the runs, newest first', () => {
	const run = (startedAt: number, conf: string | null): DagRun => ({
		dagId: 'd',
		dagRunId: String(startedAt),
		state: 'success',
		runType: 'manual',
		logicalDate: startedAt,
		queuedAt: null,
		startedAt,
		endedAt: null,
		conf,
		note: null,
	});
	const runs = [
		run(1, '{"rows":1000}'),
		run(4, '{"pace":1,"rows":2000}'),
		run(3, null),
		run(2, '{"rows":2000,"pace":1}'),
	];
	expect(distinctConfs(runs)).toEqual(['{"pace":1,"rows":2000}', '{"rows":1000}']);
});

test('hostile text in params is harmless on a screen', () => {
	const answer = {
		params: {
			evil: {
				__class: 'airflow.models.param.Param',
				value: '\u001b[2Jboo',
				description: '\u001b]0;title\u0007words',
				schema: { enum: ['\u001b[31mred'], title: '\u202eright' },
			},
			bare: 5,
		},
	};
	const [evil, bare] = dagDetailsAnswer.parse(answer).params;
	expect(evil).toMatchObject({ value: 'boo', description: 'words', title: 'right', schema: { enum: ['red'] } });
	expect(bare).toMatchObject({ name: 'bare', value: 5, schema: {} });
});
