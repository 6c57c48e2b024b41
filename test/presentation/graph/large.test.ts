import { expect, test } from 'vitest';
import { glyphSets } from '../../../source/presentation/glyphs.ts';
import { partAround } from '../../../source/presentation/graph/cursor.ts';
import { drawGraph } from '../../../source/presentation/graph/draw.ts';
import { fitted, fittedSoon, layoutWork } from '../../../source/presentation/graph/sizes.ts';
import { writer } from '../../../source/words/write.ts';
import { type Edges, graphOf, shapeWith } from './graphs.ts';

const count = 300;
/** Each task is followed by two of the next forty, at random: many lines cross. */
function tangled(name: (index: number) => string): Edges {
	let seed = 7;
	const random = (most: number) => {
		seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
		return seed % most;
	};
	return Object.fromEntries(
		Array.from({ length: count }, (_, index) => {
			const next = [index + 1 + random(40), index + 1 + random(40)].filter(to => to < count);
			return [name(index), [...new Set(next)].map(name)];
		}),
	);
}
const dags: Readonly<Record<string, Edges>> = {
	tangled: tangled(index => `task_${index}`),
	'in groups': tangled(index => `group_${Math.floor(index / 15)}.task_${index}`),
	'a chain': Object.fromEntries(
		Array.from({ length: count }, (_, index) => [`t${index}`, index + 1 < count ? [`t${index + 1}`] : []]),
	),
	'a fan': {
		start: Array.from({ length: count - 2 }, (_, index) => `t${index}`),
		...Object.fromEntries(Array.from({ length: count - 2 }, (_, index) => [`t${index}`, ['end']])),
		end: [],
	},
};

/** Least CPU time of some tries, ms: other processes only add to it. */
function leastCpu(tries: number, work: () => void): number {
	return Math.min(
		...Array.from({ length: tries }, () => {
			const before = process.cpuUsage();
			work();
			const { user, system } = process.cpuUsage(before);
			return (user + system) / 1000;
		}),
	);
}

test.each(Object.entries(dags))(
	'300 tasks, %s: laid out in slices, and panned, without 50 ms for a frame',
	(_, edges) => {
		const { unicode } = glyphSets;
		const folded: readonly string[] = [];
		const shape = shapeWith(edges);
		expect(fittedSoon(shape, folded, 116, 34, unicode)).toBeNull();
		const slices: number[] = [];
		while (!layoutWork.isDone) {
			slices.push(leastCpu(1, () => layoutWork.advance(0.001)));
			expect(slices.length).toBeLessThan(5000);
		}
		const median = slices.toSorted((a, b) => a - b)[Math.floor(slices.length / 2)];
		expect(median).toBeLessThan(20);
		// A pause of the garbage collector, or of the compiler, may fall into any slice.
		expect(slices.filter(ms => ms >= 50).length).toBeLessThanOrEqual(1);
		const shown = fittedSoon(shape, folded, 116, 34, unicode);
		expect(shown).toBe(fitted(shape, folded, 116, 34, unicode));
		if (!shown) throw new Error('not laid out');
		const { run } = graphOf(edges, { width: 116, height: 34 });
		const look = { glyphs: unicode, say: writer('en'), language: 'en' as const, marked: [] };
		for (const selected of Object.keys(edges).filter((_id, index) => index % 60 === 30)) {
			const part = partAround(shown.graph, selected, { width: 116, height: 34 });
			expect(leastCpu(5, () => drawGraph(run, shown, part, { ...look, selected }))).toBeLessThan(50);
		}
	},
);
