import { expect, test } from 'vitest';
import type { Fact } from '../../source/model/observation.ts';
import { glyphSets } from '../../source/presentation/glyphs.ts';
import type { Browse } from '../../source/ui/conversation.ts';
import { countsText, dagRows } from '../../source/ui/lists/dags/dag-rows.ts';
import { dagId, stateOf } from '../diagnosis/stack.ts';

const browse: Browse = { kind: 'dags', filter: '', sort: null, state: null, selected: null, back: null };

test('the runs of a DAG are counted by state where Airflow counts them', () => {
	const counts = { dagId, queued: 0, running: 1, success: 12, failed: 3 };
	const fetched: Fact = { type: 'run counts fetched', counts: [counts] };
	const rowsOf = (...facts: Fact[]) => dagRows(stateOf(...facts), browse);
	expect(rowsOf(fetched)[0]?.counts).toEqual(counts);
	expect(rowsOf()[0]?.counts).toBeUndefined();
	const { state } = glyphSets.unicode;
	expect(countsText(counts, { state })).toBe(`${state.running}1 ${state.success}12 ${state.failed}3`);
	expect(countsText({ ...counts, running: 0, success: 0, failed: 0 }, { state })).toBe('');
});
