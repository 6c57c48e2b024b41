import { expect, test } from 'vitest';
import { reduce } from '../../source/model/reduce.ts';
import { initialState } from '../../source/model/state.ts';
import { glyphSets } from '../../source/presentation/glyphs.ts';
import { gridLines, gridShape, rowName } from '../../source/presentation/grid.ts';
import { trendLines } from '../../source/presentation/trend.ts';
import { runTrend } from '../../source/selectors/durations/run-trend.ts';
import { writer } from '../../source/words/write.ts';
import { dagId, now } from '../diagnosis/stack.ts';
import { historySeen, manyRuns } from '../given/many-runs.ts';

test('of 300 tasks only the rows that a screen shows are drawn', () => {
	const many = manyRuns({ runs: 10, tasks: Array.from({ length: 300 }, (_, index) => `task_${index}`) });
	const state = historySeen(many, now).reduce(reduce, initialState);
	const choice = { dagRunId: null, folded: [] };
	const trend = runTrend(state, dagId, { from: 0, to: 10 }, choice, now);
	const { grid } = trend;
	const shape = gridShape(
		grid.rows.map(row => rowName(row, glyphSets.unicode)),
		120,
	);
	let folded = 0;
	const glyphs = {
		...glyphSets.unicode,
		fold: (text: string) => {
			folded++;
			return glyphSets.unicode.fold(text);
		},
	};
	const style = { glyphs, say: writer('en'), language: 'en', width: 120, now, dagRunId: null, rowId: null } as const;
	const drawn = gridLines(grid, shape, { ...style, barRows: 3 });
	folded = 0;
	expect(drawn.tasks).toHaveLength(300);
	expect(drawn.tasks.slice(40, 60).map(({ line }) => line)).toHaveLength(20);
	expect(folded).toBe(20);
	const lines = trendLines(trend, style);
	folded = 0;
	expect(lines.tasks.slice(40, 60).map(({ line }) => line)).toHaveLength(20);
	expect(folded).toBe(20);
});
