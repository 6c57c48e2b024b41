/** Airflow that knows the tasks of the guide's DAG, for the page of a task. */
import type { AirflowClient } from '../../source/clients/airflow/airflow.ts';
import type { TaskRequests } from '../../source/clients/airflow/task-requests.ts';
import type { TaskInstance } from '../../source/model/airflow/pipeline.ts';
import { now } from '../diagnosis/stack.ts';
import { stubOf } from './stub.ts';

const never = (what: string) => {
	throw new Error(`${what} is not part of the run`);
};

/** The end of a log that has a secret in it. */
const log = [
	'[2026-11-24T14:00:00.000+0000] {taskinstance.py:1} ERROR - token=abcdef123456 refused',
	'Traceback (most recent call last):',
	'  File "x.py", line 1, in <module>',
	'ConnectionError: source closed',
].join('\n');

export type GivenAirflow = {
	readonly requests?: Partial<TaskRequests>;
	readonly more?: Partial<AirflowClient>;
};

/** Requests about these tasks, as far as a test does not give its own. */
export function airflowWith(
	tasks: readonly TaskInstance[],
	{ requests = {}, more = {} }: GivenAirflow = {},
): AirflowClient {
	return stubOf<AirflowClient>({
		taskRequests: async () =>
			stubOf<TaskRequests>({
				detail: async task => ({
					...(tasks.find(one => one.taskId === task.taskId && one.mapIndex === task.mapIndex) ?? never(task.taskId)),
					...{ operator: '@task', scheduledAt: null, priorityWeight: 3, pid: 507, executor: null, label: null },
					fields: [{ name: 'bash_command', value: 'load --password=hunter2' }],
				}),
				xcomKeys: async () => [{ key: 'return_value', pushedAt: now - 1000 }],
				inRuns: async () => [],
				tries: async ({ taskId }) =>
					[1, 2, 3].map(tryNumber => ({
						...{ tryNumber, hostname: `worker-${tryNumber} of ${taskId}` },
						...{ queuedAt: now - 300_000 * (4 - tryNumber), state: tryNumber < 3 ? 'failed' : 'running' },
						startedAt: now - 300_000 * (4 - tryNumber) + 1000,
						endedAt: tryNumber < 3 ? now - 300_000 * (4 - tryNumber) + 62_000 : null,
					})),
				...requests,
			}),
		taskLog: async () => log,
		...more,
	});
}
