import { checkKey } from '../model/check.ts';
import type { StackState } from '../model/state.ts';

/** The usual duration of a task of a DAG, ms; null if unknown. */
export function usualTaskMs(state: Pick<StackState, 'checks'>, dagId: string, taskId: string): number | null {
	const result = state.checks[checkKey('task history', dagId)]?.result;
	if (result?.check !== 'task history') return null;
	return result.history.tasks.find(task => task.taskId === taskId)?.usualMs ?? null;
}
