import type { AirflowClient } from '../../clients/airflow/airflow.ts';
import type { DiagnosisFacts } from '../../diagnosis/facts.ts';
import { type Waiter, waitersOf } from '../../diagnosis/waiting/waiters.ts';
import { isActiveRun } from '../../model/airflow/pipeline.ts';
import type { CheckOf } from '../../model/check.ts';
import { runKey } from '../../model/state.ts';
import { isAirflow3 } from '../../selectors/printed-commands/airflow-command.ts';

/** Tasks of a DAG run that are asked about: one request each. */
const tasksAsked = 5;
const runsAsked = 3;

/** Airflow lists dependencies of tasks in these states only (core_api/routes/public/task_instances.py, 3.3.2). */
const isListed = ({ task, wait }: Waiter) =>
	// What comes before it is known without a request.
	task.state === 'scheduled' ||
	(task.state === null && wait.reason !== 'upstream' && wait.reason !== 'run not started');

/** The waiting tasks whose dependencies Airflow 3 knows, by `runKey`. */
export function tasksWithDependencies(facts: DiagnosisFacts): ReadonlyMap<string, readonly Waiter[]> {
	if (!facts.isAirflowLive || !isAirflow3(facts.state)) return new Map();
	const found = Object.values(facts.state.dagRuns)
		.flatMap(runs => runs.filter(isActiveRun))
		.map(run => [runKey(run.dagId, run.dagRunId), waitersOf(facts, run).filter(isListed)] as const)
		.filter(([, waiters]) => waiters.length > 0);
	return new Map(found.slice(0, runsAsked));
}

/** Why Airflow does not queue these tasks of one DAG run, in its own words. Throws ClientError. */
export async function fetchUnmetDependencies(
	client: Pick<AirflowClient, 'airflow3'>,
	waiters: readonly Waiter[],
	signal: AbortSignal,
): Promise<CheckOf<'dependencies'>> {
	const requests = await client.airflow3('dependencies', signal);
	const tasks = [];
	for (const { task } of waiters.slice(0, tasksAsked)) {
		const { taskId, mapIndex } = task;
		tasks.push({ taskId, mapIndex, unmet: await requests.unmetDependencies(task, signal) });
	}
	return { check: 'dependencies', tasks };
}
