import { expect, test } from 'vitest';
import { importanceOf } from '../../../source/selectors/dag-runs/shown-pipeline.ts';
import { cellsOf } from '../../../source/selectors/graph-grid-gantt/run-grid.ts';
import { task } from '../../ui/screens.tsx';

/** What Airflow's grid shows of states that are all over, the first one found: airflow/www/utils.py 2.8.0, `priority`. */
const airflowsOver = ['failed', 'upstream_failed', 'success', 'skipped', 'removed'];
const open = ['up_for_retry', 'running', 'queued', 'scheduled', 'deferred', 'up_for_reschedule', null, 'newer_state'];

const shown = (...states: (string | null)[]) =>
	cellsOf(
		states.map((state, mapIndex) => task('divide', state, { mapIndex })),
		false,
	).get('divide')?.state;

test('of instances that are over, the one that Airflow shows, in whatever order they come', () => {
	for (const [index, state] of airflowsOver.entries())
		for (const other of airflowsOver.slice(index)) {
			expect(shown(state, other)).toBe(state);
			expect(shown(other, state)).toBe(state);
		}
});

test('one that is under way or waits comes before those that ended well, and after a failure', () => {
	for (const state of open) {
		for (const over of ['success', 'skipped', 'removed']) expect(shown(over, state), `${state} ${over}`).toBe(state);
		expect(shown(state, 'failed')).toBe('failed');
	}
	expect(importanceOf('none')).toBe(importanceOf(null));
});
