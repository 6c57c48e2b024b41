import type { TaskTryTimes } from '../../model/airflow-watch.ts';
import type { TaskInstance } from '../../model/pipeline.ts';
import type { AirflowClient } from './airflow.ts';

/** Tasks of a DAG run whose earlier tries are asked for: one request each. */
const tasksAsked = 50;

/**
 * The tries of a task that have started, the first first. Airflow 2 has no request for the earlier ones: the last try
 * only. Throws ClientError.
 */
export async function fetchTries(
	client: Pick<AirflowClient, 'airflow3'>,
	isAirflow3: boolean,
	task: TaskInstance,
	signal: AbortSignal,
): Promise<readonly TaskTryTimes[]> {
	if (task.tryNumber <= 1 || !isAirflow3) return lastTry(task);
	return (await client.airflow3('tries', signal)).tries(task, signal);
}

/** The tries of these tasks, by `triesKey`. Throws ClientError. */
export async function fetchAllTries(
	client: Pick<AirflowClient, 'airflow3'>,
	isAirflow3: boolean,
	tasks: readonly TaskInstance[],
	signal: AbortSignal,
): Promise<Tries> {
	const again = tasks.filter(({ tryNumber }) => tryNumber > 1).slice(0, tasksAsked);
	const tries = new Map(tasks.map(task => [triesKey(task), lastTry(task)]));
	for (const task of again) tries.set(triesKey(task), await fetchTries(client, isAirflow3, task, signal));
	return tries;
}

export type Tries = ReadonlyMap<string, readonly TaskTryTimes[]>;

export function triesKey({ taskId, mapIndex }: Pick<TaskInstance, 'taskId' | 'mapIndex'>): string {
	return `${taskId}\n${mapIndex}`;
}

function lastTry({ tryNumber, state, queuedAt, startedAt, endedAt, hostname }: TaskInstance): readonly TaskTryTimes[] {
	return tryNumber > 0 && startedAt !== null ? [{ tryNumber, state, queuedAt, startedAt, endedAt, hostname }] : [];
}
