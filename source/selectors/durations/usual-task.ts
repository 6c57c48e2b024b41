import type { TaskInstance } from '../../model/airflow/pipeline.ts';
import { checkKey } from '../../model/check.ts';
import type { StackState } from '../../model/state.ts';
import { expectations } from './left-of-tasks.ts';

/**
 * The usual duration of a task, ms: of a run with such a conf, where durations have followed it; else the median of the
 * last successful runs. null if unknown.
 */
export function usualTaskMs(
	state: Pick<StackState, 'checks' | 'dagRuns'>,
	{ dagId, dagRunId, taskId }: Pick<TaskInstance, 'dagId' | 'dagRunId' | 'taskId'>,
): number | null {
	const result = state.checks[checkKey('task history', dagId)]?.result;
	if (result?.check !== 'task history') return null;
	const { earlier = [], defaults = none, tasks } = result.history;
	const usualMs = tasks.find(task => task.taskId === taskId)?.usualMs;
	if (usualMs === undefined) return null;
	const conf = state.dagRuns[dagId]?.find(run => run.dagRunId === dagRunId)?.conf ?? null;
	return expectations(earlier, defaults, conf).get(taskId)?.tookMs ?? usualMs;
}

const none = {};
