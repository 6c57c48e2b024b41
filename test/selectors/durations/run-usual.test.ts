import { expect, test } from 'vitest';
import { againstUsual } from '../../../source/selectors/durations/run-usual.ts';

const point = (dagRunId: string, elapsedMs: number | null, state = 'success') => ({
	...{ dagRunId, elapsedMs, state },
	slowerMs: null,
});

test('the other runs that succeeded say what is usual', () => {
	const points = [
		point('a', 10_000),
		point('b', 12_000),
		point('c', 14_000),
		point('failed', 90_000, 'failed'),
		point('absent', null),
		point('this', 20_000),
	];
	expect(againstUsual({ points }, 'this', 20_000)).toEqual({
		...{ elapsedMs: 20_000, medianMs: 12_000, runs: 3, slowerMs: 8000 },
		p90Ms: 13_600,
	});
	expect(againstUsual({ points }, 'this', 13_000).slowerMs).toBeNull();
});

test('of two runs nothing is usual, and of none nothing is known', () => {
	const points = [point('a', 10_000), point('b', 10_000), point('this', 60_000)];
	expect(againstUsual({ points }, 'this', 60_000)).toMatchObject({ medianMs: 10_000, slowerMs: null });
	expect(againstUsual({ points: [] }, 'this', null)).toEqual({
		...{ elapsedMs: null, medianMs: null, p90Ms: null, runs: 0, slowerMs: null },
	});
});
