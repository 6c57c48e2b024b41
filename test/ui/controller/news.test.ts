import { expect, test } from 'vitest';
import type { Fact } from '../../../source/model/observation.ts';
import { reduce } from '../../../source/model/reduce.ts';
import { initialState, type StackState } from '../../../source/model/state.ts';
import { isNews, isOnlyFigures } from '../../../source/ui/controller/news.ts';
import { quoted } from '../../../source/words/message.ts';

const after = (state: StackState, ...facts: Fact[]) =>
	facts.reduce((now, fact, index) => reduce(now, { ...fact, at: 1000 + index }), state);

const page = (ok: boolean, answerMs = 20): Fact => ({
	type: 'endpoint checked',
	id: 'mlflow',
	ok,
	httpStatus: ok ? 200 : 500,
	answerMs,
	problem: ok ? null : quoted('answers 500'),
});
const start: StackState = {
	...initialState,
	endpoints: [
		{
			id: 'mlflow',
			title: 'MLflow',
			pageUrl: 'http://mlflow:5000',
			healthUrl: 'http://mlflow:5000/health',
			containerId: null,
			check: null,
		},
	],
};

test('a page that answers, and one that no longer does, is news; how fast it answered is not', () => {
	const answered = after(start, page(true));
	expect(isNews(start, answered)).toBe(true);
	expect(isNews(answered, after(answered, page(true, 40)))).toBe(false);
	expect(isNews(answered, after(answered, page(false)))).toBe(true);
});

test('response times are only figures; a page that no longer answers and a run have an age', () => {
	const answered = after(start, page(true));
	expect(isOnlyFigures(answered, after(answered, page(true, 40)))).toBe(true);
	expect(isOnlyFigures(answered, after(answered, page(false)))).toBe(false);
	expect(isOnlyFigures(answered, { ...answered, stack: { ...answered.stack } as StackState['stack'] })).toBe(false);
});

test('CPU and memory are only figures, another state of the container is not', () => {
	const id = 'c1';
	const known = { ...start, containers: { [id]: { container: { id }, stats: null } } } as unknown as StackState;
	const entry = known.containers[id];
	if (!entry) throw new Error('no container');
	const measured = { ...known, containers: { [id]: { ...entry } } };
	expect(isOnlyFigures(known, measured)).toBe(true);
	const restarted = { ...known, containers: { [id]: { ...entry, container: { ...entry.container } } } };
	expect(isOnlyFigures(known, restarted)).toBe(false);
	expect(isOnlyFigures(known, { ...known, containers: {} })).toBe(false);
});

test('that the same was heard again is no news, another state of a run is', () => {
	const none: Fact = { type: 'dag runs fetched', dagId: 'ml', runs: [] };
	const heard = after(start, none);
	const again = reduce(heard, { ...none, at: 9000 });
	expect(again).not.toBe(heard);
	expect(isNews(heard, again)).toBe(false);
	expect(isNews(start, heard)).toBe(true);
	expect(isNews(heard, after(heard, { type: 'feed live', feed: 'pipeline' }))).toBe(true);
});

test('the first round of checks is waited for, the next ones are not', () => {
	const checked = after(start, { type: 'checks complete', deep: false });
	expect(isNews(start, checked)).toBe(true);
	const again = reduce(checked, { type: 'checks complete', deep: false, at: 9000 });
	expect(again).not.toBe(checked);
	expect(isNews(checked, again)).toBe(false);
});
