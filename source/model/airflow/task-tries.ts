import type { TaskInstance } from './pipeline.ts';

/** The API's report of a task instance, with the try number of the database. */
export type StoredTry = Pick<TaskInstance, 'state' | 'tryNumber' | 'startedAt' | 'endedAt'> &
	Partial<Pick<TaskInstance, 'durationSeconds'>>;

/** States without a run: Airflow sets start and end to the time of the decision. */
const neverRan: ReadonlySet<string | null> = new Set(['upstream_failed', 'skipped', 'removed']);

/**
 * The number of the last try that has started, which is the number of its log; 0 before the first.
 *
 * Before 2.10 the number grows when a try starts to run, and shrinks by one when that try is rescheduled or deferred,
 * because it continues later under the same number (airflow/models/taskinstance.py 2.8.0: `_try_number -= 1` in
 * `_defer_task` and `_handle_reschedule`). While such a task is scheduled or queued again it looks the same as one that
 * waits for its next try; only the start of the first try is certain, as the task has a start.
 *
 * From 2.10 on the number grows when a try is scheduled, and a rescheduled or deferred task keeps it
 * (airflow/models/dagrun.py 2.10.0, `schedule_tis`).
 * @param version of the server, `2.8.0`
 */
export function lastTryBegun(task: StoredTry, version: string): number {
	const { state, tryNumber, startedAt } = task;
	const isAhead = (state === 'scheduled' || state === 'queued') && startedAt === null;
	if (growsWhenScheduled(version)) return isAhead ? Math.max(0, tryNumber - 1) : tryNumber;
	if (state === 'up_for_reschedule' || state === 'deferred') return tryNumber + 1;
	return tryNumber === 0 && hasRun(task) ? 1 : tryNumber;
}

/**
 * Whether the server keeps the earlier tries of a task with their times: from 2.10.0 on, in a table of their own
 * (airflow/models/taskinstancehistory.py; `…/tries` in airflow/api_connexion/openapi/v1.yaml).
 * @param version of the server, `2.8.0`
 */
export const keepsTries = (version: string): boolean => isFrom210(version);

const growsWhenScheduled = isFrom210;

function isFrom210(version: string): boolean {
	const [major = 0, minor = 0] = version.split('.').map(Number);
	return major > 2 || (major === 2 && minor >= 10);
}

/**
 * A task that was marked, or decided without a run, starts and ends at the same moment. The scheduler decides an empty one
 * by two looks at its clock, with a ms between them at times, and a duration of 0 (airflow/models/dagrun.py 2.8.0,
 * `schedule_tis`).
 */
function hasRun({ state, startedAt, endedAt, durationSeconds }: StoredTry): boolean {
	return startedAt !== null && startedAt !== endedAt && durationSeconds !== 0 && !neverRan.has(state);
}

/** Earlier tries of a task that a report looks at: nobody reads more, and a broken server counts to 2,147,483,647. */
const earlierTriesListed = 100;

/** The numbers of the tries before the last one, the first first, `earlierTriesListed` at most. */
export function earlierTryNumbers({ tryNumber }: Pick<TaskInstance, 'tryNumber'>): number[] {
	const count = Math.min(earlierTriesListed, Math.max(0, tryNumber - 1));
	return Array.from({ length: count }, (_, index) => index + 1);
}
