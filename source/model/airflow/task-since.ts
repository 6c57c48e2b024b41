import { isFinishedTask } from './pipeline.ts';
import type { TaskDetail } from './task-detail.ts';

/**
 * Since when a task instance is in its state, ms since the epoch by the server's clock; null if Airflow does not say.
 */
export function inStateSince(
	task: Pick<TaskDetail, 'state' | 'queuedAt' | 'startedAt' | 'endedAt' | 'trigger'> & {
		readonly scheduledAt?: number | null;
	},
): number | null {
	const { state, queuedAt, startedAt, endedAt, trigger } = task;
	if (isFinishedTask(task) || state === 'up_for_retry' || state === 'up_for_reschedule') return endedAt;
	if (state === 'running' || state === 'restarting') return startedAt;
	if (state === 'queued') return queuedAt;
	if (state === 'scheduled') return task.scheduledAt ?? null;
	if (state === 'deferred') return trigger?.createdAt ?? null;
	return null;
}
