import type { TaskTryTimes } from '../../model/airflow/airflow-watch.ts';
import type { TaskInstance } from '../../model/airflow/pipeline.ts';
import { type Message, phrase } from '../../words/message.ts';
import type { AirflowClient } from './airflow.ts';

/** Tasks of a DAG run whose earlier tries are asked for: one request each. */
const tasksAsked = 50;

/**
 * The tries of a task that have started, the first first.
 * @param areKept whether the server keeps the earlier ones, see `keepsTries`; else the last try only
 * Throws ClientError.
 */
export async function fetchTries(
	client: Pick<AirflowClient, 'taskRequests'>,
	areKept: boolean,
	task: TaskInstance,
	signal: AbortSignal,
): Promise<readonly TaskTryTimes[]> {
	if (task.tryNumber <= 1 || !areKept) return lastTry(task);
	return (await client.taskRequests(signal)).tries(task, signal);
}

/** The tries of these tasks, by `triesKey`. Throws ClientError. */
export async function fetchAllTries(
	client: Pick<AirflowClient, 'taskRequests'>,
	areKept: boolean,
	tasks: readonly TaskInstance[],
	signal: AbortSignal,
): Promise<Tries> {
	const again = tasks.filter(({ tryNumber }) => tryNumber > 1).slice(0, tasksAsked);
	const tries = new Map(tasks.map(task => [triesKey(task), lastTry(task)]));
	for (const task of again) tries.set(triesKey(task), await fetchTries(client, areKept, task, signal));
	return tries;
}

export type Tries = ReadonlyMap<string, readonly TaskTryTimes[]>;

export function triesKey({ taskId, mapIndex }: Pick<TaskInstance, 'taskId' | 'mapIndex'>): string {
	return `${taskId}\n${mapIndex}`;
}

/** Why an older server has the last try only. */
export function needsKeptTries(version: string | null): Message {
	return version === null
		? phrase([
				'Times of earlier tries need Airflow 2.10 or newer',
				'이전 시도의 시각은 Airflow 2.10 이상에서만 볼 수 있습니다',
			])
		: phrase(
				[
					'Times of earlier tries need Airflow 2.10 or newer; this is {version}',
					'이전 시도의 시각은 Airflow 2.10 이상에서만 볼 수 있습니다. 이 서버는 {version}입니다',
				],
				{ version },
			);
}

function lastTry({ tryNumber, state, queuedAt, startedAt, endedAt, hostname }: TaskInstance): readonly TaskTryTimes[] {
	return tryNumber > 0 && startedAt !== null ? [{ tryNumber, state, queuedAt, startedAt, endedAt, hostname }] : [];
}
