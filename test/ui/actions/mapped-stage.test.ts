import { expect, test } from 'vitest';
import { reduce } from '../../../source/model/reduce.ts';
import type { ActionContext } from '../../../source/ui/actions/action.ts';
import { targetTaskIds } from '../../../source/ui/actions/targets.ts';
import { initialView } from '../../../source/ui/view-state.ts';
import { dagId, now, run, runsFetched, stateOf, task } from '../../diagnosis/stack.ts';

test('the chosen instance of a mapped stage is what clear, mark and log mean; of another stage it means nothing', () => {
	const taskInstances = [0, 1, 2].map(mapIndex => task('raw_to_bronze', 'failed', { mapIndex, dagRunId: 'newest' }));
	const state = reduce(stateOf(runsFetched(run('newest', 'failed', 5000))), {
		type: 'task instances fetched',
		dagId,
		dagRunId: 'newest',
		taskInstances: [...taskInstances, task('bronze_to_silver', null, { dagRunId: 'newest' })],
		at: now,
	});
	const meant = (taskId: string, instance: string | null) => {
		const view = { ...initialView(dagId), focus: 'pipeline' as const, taskId, instance };
		// Nothing else of the context is asked for.
		return targetTaskIds({ state, view } as ActionContext);
	};
	expect(meant('raw_to_bronze', null)).toEqual(['raw_to_bronze']);
	expect(meant('raw_to_bronze', 'raw_to_bronze[2]')).toEqual(['raw_to_bronze[2]']);
	expect(meant('bronze_to_silver', 'raw_to_bronze[2]')).toEqual(['bronze_to_silver']);
});
