import { expect, test } from 'vitest';
import type { ModelVersion } from '../../../../source/model/mlflow/experiment.ts';
import { glyphSets } from '../../../../source/presentation/glyphs.ts';
import { modelRows } from '../../../../source/ui/panes/mlflow/model-rows.ts';
import { writer } from '../../../../source/words/write.ts';
import { stateOf } from '../../../diagnosis/stack.ts';

const now = new Date(2027, 0, 1, 0, 10).getTime();

function rowOf(createdAt: number, width: number): string {
	const versions = Array.from(
		{ length: 11 },
		(_, index): ModelVersion => ({
			name: 'lakehouse_model',
			version: String(11 - index),
			stage: 'None',
			status: 'READY',
			aliases: [],
			runId: null,
			createdAt: createdAt - index,
		}),
	);
	const [row = []] = modelRows({
		state: stateOf({ type: 'model versions fetched', versions }),
		now,
		glyphs: glyphSets.unicode,
		width,
		height: 10,
		focused: false,
		zoomed: false,
		language: 'en',
		say: writer('en'),
		keyOf: () => null,
	});
	return row.map(span => span.text).join('');
}

test.each([
	[new Date(2027, 0, 1, 0, 5), 50, / v11 00:05 · v10/],
	[new Date(2026, 11, 31, 16, 1), 60, / v11 2026-12-31 16:01 · v10 · v9 · \+8 more$/],
	// Without room for both, the number of versions tells more than the time of day.
	[new Date(2026, 11, 31, 16, 1), 44, / v11 2026-12-31 · \+10 more$/],
])('created on %s, in %s cells', (createdAt, width, row) => {
	expect(rowOf(createdAt.getTime(), width)).toMatch(row);
});
