import { expect, test } from 'vitest';
import { SlowQuery } from '../../../source/model/text/slow-query.ts';

test('a query that used much time beyond its slice is slow, also in several slices', () => {
	expect(new SlowQuery().isSlow(80)).toBe(true);
	const query = new SlowQuery();
	expect([query.isSlow(40), query.isSlow(40)]).toEqual([false, true]);
});

test('a slice that was stopped while it waited for a processor says nothing about the query', () => {
	const query = new SlowQuery();
	// Less than the time after which it would have ended by itself.
	for (let stop = 0; stop < 4; stop++) expect(query.isSlow(-90)).toBe(false);
	query.forget();
	expect(query.isSlow(-90)).toBe(false);
});

test('a query that is stopped five times in a row is slow, whatever it used', () => {
	const query = new SlowQuery();
	expect(Array.from({ length: 5 }, () => query.isSlow(0))).toEqual([false, false, false, false, true]);
});
