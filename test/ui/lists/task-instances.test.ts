import { expect, test } from 'vitest';
import { targetInstance, targetTaskIds } from '../../../source/ui/actions/targets.ts';
import type { Browse, ViewState } from '../../../source/ui/conversation.ts';
import { instanceRows } from '../../../source/ui/lists/task-instances/task-instance-rows.ts';
import { dagId, now, run, runsFetched, stages, stateOf, task } from '../../diagnosis/stack.ts';
import { begun, stepContext, viewAfter } from '../../given/step-context.ts';

const [taskId = ''] = stages;
const states = ['success', 'failed', 'running', 'success'];
const state = stateOf(runsFetched(run('newest', 'running', 900_000)), {
	type: 'task instances fetched',
	dagId,
	dagRunId: 'newest',
	taskInstances: states.map((one, mapIndex) =>
		task(taskId, one, {
			...{ mapIndex, startedAt: now - 60_000, endedAt: one === 'running' ? null : now - mapIndex * 1000 },
			durationSeconds: one === 'running' ? null : 60 - mapIndex,
		}),
	),
});
const browse: Browse = { kind: 'task-instances', filter: '', sort: null, state: null, selected: null, back: null };
const view: Partial<ViewState> = { dagId, taskId, focus: 'pipeline', browse };
const shown = (change: Partial<Browse> = {}) =>
	instanceRows(state, { ...stepContext().view, ...view }, { ...browse, ...change }).map(({ mapIndex }) => mapIndex);

test('what needs attention comes first; sorted by duration, what runs does; filtered by words and state', () => {
	expect(shown()).toEqual([1, 2, 0, 3]);
	expect(shown({ sort: 'duration' })).toEqual([2, 0, 1, 3]);
	expect(shown({ sort: '-duration' })).toEqual([3, 1, 0, 2]);
	expect(shown({ sort: 'index' })).toEqual([0, 1, 2, 3]);
	expect(shown({ filter: '[3]' })).toEqual([3]);
	expect(shown({ filter: '실패' })).toEqual([1]);
	expect(shown({ state: 'success' })).toEqual([0, 3]);
});

test('actions apply to the selected instance, or to the marked ones', () => {
	const context = (more: Partial<ViewState> = {}) => stepContext({ state, view: { ...view, ...more } });
	expect(targetInstance(context())?.mapIndex).toBe(1);
	expect(targetTaskIds(context({ browse: { ...browse, selected: `${taskId}[3]` } }))).toEqual([`${taskId}[3]`]);
	const marks = [`instance ${taskId}[0]`, `instance ${taskId}[2]`, 'instance other[1]'];
	expect(targetTaskIds(context({ marks }))).toEqual([`${taskId}[0]`, `${taskId}[2]`]);
});

test('Enter on a mapped task opens the list, and comes back to the same view of the pipeline', () => {
	const zoomed = { dagId, taskId, focus: 'pipeline' as const, zoomed: true, browse: null };
	for (const id of ['fold-group', 'task'])
		expect(viewAfter(begun(id, { state, view: zoomed }), zoomed)).toMatchObject({
			...{ zoomed: true, taskId, browse: { kind: 'task-instances', back: null } },
		});
});
