import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { filterProblem, filterProblemText } from '../../../source/model/mlflow/run-filter.ts';
import { orderBy, orderProblem } from '../../../source/model/mlflow/run-order-by.ts';
import { render } from '../../../source/words/message.ts';

/** Which texts MLflow's own parser reads, by version: `record-mlflow-filters.py` made it. */
type Verdicts = Readonly<Record<string, Readonly<Record<'2.9.2' | '3.17.2', boolean>>>>;
const recorded: { filters: Verdicts; orders: Verdicts } = JSON.parse(
	readFileSync(join(import.meta.dirname, '../../fixtures/recorded/mlflow-filters.json'), 'utf8'),
);

/** What MLflow reads by accident, not as it was meant, or in one version only. */
const refusedHere = [
	'metrics.1st < 1',
	'metrics.`` < 1',
	"params.layer = 'it''s'",
	"params.layer = 'it\\'s'",
	"tags.a = 'b' tags.c = 'd'",
	"tags.a = 'b' and",
	"and tags.a = 'b'",
	'run_id IN ("a", "b")',
	"run_id IN ('a',)",
];

describe.each(['2.9.2', '3.17.2'] as const)('what MLflow %s reads', version => {
	const hasNull = version === '3.17.2';

	test.each(Object.entries(recorded.filters))('filter %s', (filter, verdict) => {
		if (filter.trim() === '') return;
		const isRead = filterProblem(filter, hasNull) === null;
		if (refusedHere.includes(filter)) expect(isRead).toBe(false);
		else expect(isRead).toBe(verdict[version]);
	});

	test.each(Object.entries(recorded.orders))('order %s', (order, verdict) => {
		// MLflow reads it, and then fails to find such a column.
		const expected = order !== 'dataset.name' && verdict[version];
		expect(orderProblem(order) === null).toBe(expected);
	});
});

const said = (filter: string, language: 'en' | 'ko' = 'en') => {
	const problem = filterProblem(filter, false);
	return problem === null ? null : render(filterProblemText(filter, problem), language);
};

test('a mistake is shown at its place, with what is allowed there', () => {
	expect(said('')).toBeNull();
	expect(said('metrics.accuracy > high')).toBe(
		'character 20 ("high"): a metric is compared with a number, such as 0.9',
	);
	expect(said('metrics.accuracy >')).toBe('at the end: a metric is compared with a number, such as 0.9');
	expect(said('metrics.a > 1 or metrics.b > 1')).toMatch(/^character 15 \("or metrics/);
	expect(said('accuracy > 1')).toMatch(/metrics\.accuracy, params\.accuracy or tags\.accuracy/);
	expect(said("params.layer > 'a'")).toMatch(/params are compared with = != LIKE ILIKE$/);
	expect(said('tags.a IS NULL')).toMatch(/tags are compared with = != LIKE ILIKE$/);
	expect(said('metrics.val-loss < 1')).toMatch(/between backticks/);
	expect(said("params.a = 'b")).toMatch(/the quote is not closed/);
	expect(said('metrics.accuracy > high', 'ko')).toMatch(/^20번째 문자\("high"\)/);
});

test('every text is read to its end, whatever it is, in linear time', () => {
	fc.assert(
		fc.property(fc.string({ maxLength: 60 }), text => {
			const problem = filterProblem(text);
			expect(problem === null || (problem.at >= 0 && problem.at <= text.length)).toBe(true);
		}),
	);
	const long = `${"params.a = 'b' and ".repeat(20_000)}x`;
	expect(filterProblem(long)?.at).toBe(long.length - 1);
});

test('an order of any key that MLflow can read', () => {
	expect(orderBy('metrics', 'val loss', true)).toBe('metrics.`val loss` DESC');
	expect(orderBy('params', 'a"b', false)).toBeNull();
	expect(orderProblem(orderBy('tags', 'mlflow.user', false) ?? '')).toBeNull();
});
