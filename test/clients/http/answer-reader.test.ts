import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { AnswerReader } from '../../../source/clients/http/answer-reader.ts';

const runs = z.object({ runs: z.array(z.string()) });
const answer = (body: object, path = '/runs') => ({ path, body: JSON.stringify(body) });
const read = (reader: AnswerReader, given: { path: string; body: string }) =>
	reader.read('http://mlflow:5000', given, ['run list', '실행 목록'], runs);

test('the same text to the same question is the same object as before', () => {
	const reader = new AnswerReader('MLflow');
	const first = read(reader, answer({ runs: ['one'] }));
	expect(first).toEqual({ runs: ['one'] });
	expect(read(reader, answer({ runs: ['one'] }))).toBe(first);
	const second = read(reader, answer({ runs: ['one', 'two'] }));
	expect(second).toEqual({ runs: ['one', 'two'] });
	// Only the last response to a request is kept.
	expect(read(reader, answer({ runs: ['one'] }))).not.toBe(first);
});

test('another question, or another schema, is read by itself', () => {
	const reader = new AnswerReader('MLflow');
	const first = read(reader, answer({ runs: ['one'] }));
	expect(read(reader, answer({ runs: ['one'] }, '/others'))).not.toBe(first);
	const counted = z.pipe(
		runs,
		z.transform(({ runs: all }) => all.length),
	);
	expect(reader.read('http://mlflow:5000', answer({ runs: ['one'] }), ['run list', '실행 목록'], counted)).toBe(1);
	expect(read(reader, answer({ runs: ['one'] }))).toEqual({ runs: ['one'] });
});

test('an invalid response is reported each time, and drops nothing', () => {
	const reader = new AnswerReader('MLflow');
	const first = read(reader, answer({ runs: ['one'] }));
	for (let time = 0; time < 2; time++)
		expect(() => read(reader, answer({ runs: 1 }))).toThrow(/Unexpected response from MLflow/);
	expect(read(reader, answer({ runs: ['one'] }))).toBe(first);
});

test('of many answers those used last are kept, and no long ones', () => {
	const reader = new AnswerReader('MLflow');
	const long = (path: string) => answer({ runs: ['x'.repeat(900_000)] }, path);
	const [first, second] = [read(reader, long('/1')), read(reader, long('/2'))];
	expect(read(reader, long('/1'))).toBe(first);
	read(reader, long('/3'));
	expect(read(reader, long('/1'))).toBe(first);
	expect(read(reader, long('/2'))).not.toBe(second);
	const huge = answer({ runs: ['x'.repeat(3_000_000)] });
	expect(read(reader, huge)).not.toBe(read(reader, huge));
});
