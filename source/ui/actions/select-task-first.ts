import { keyOfAction } from '../keys.ts';
import { showsManyRuns } from '../panes/pipeline/grid-window.ts';
import type { StepContext } from './action.ts';

/** Refuses what needs a selected task, and names the key that selects one: a task is a row of grid and trend. */
export function selectTaskFirst({ actions, view, say }: Pick<StepContext, 'actions' | 'view' | 'say'>): string {
	const key = keyOfAction(actions, showsManyRuns(view) ? 'down' : 'next-stage');
	return key === null
		? say(['Select a task first', '먼저 작업을 선택하세요'])
		: say(['Select a task first (key: {key})', '먼저 작업을 선택하세요(키: {key})'], { key });
}
