import { expect, test } from 'vitest';
import { channel } from '../../../source/presentation/graph/channel.ts';

// It took more than a minute, in which no key was answered.
test('100 tasks before each of 100 others are led through in a moment', { timeout: 20_000 }, () => {
	const rows = Array.from({ length: 100 }, (_, index) => 2 * index);
	const links = rows.flatMap(from => rows.map(to => ({ from, to })));
	const { tracks, bends } = channel(links);
	expect(tracks).toBeLessThanOrEqual(200);
	for (const [index, { from, to }] of links.entries()) {
		const way = bends[index] ?? [];
		expect([way[0]?.[1], way.at(-1)?.[1]]).toEqual([from, to]);
		expect(way.map(([track]) => track)).toEqual(way.map(([track]) => track).toSorted((a, b) => a - b));
	}
	// A row is left before others arrive on it.
	const left = new Map(links.map(({ from }, index) => [from, bends[index]?.[0]?.[0] ?? 0]));
	for (const [index, { from, to }] of links.entries())
		if (from !== to) expect(bends[index]?.at(-1)?.[0]).toBeGreaterThan(left.get(to) ?? 0);
});
