import type { DagRun, TaskInstance } from '../../model/airflow/pipeline.ts';
import type { Fetched, TaskFacts } from '../../model/airflow/task-facts.ts';
import { failureOf } from '../../model/failures/failure.ts';
import { errorsIn } from '../../model/logs/log-errors.ts';
import type { AirflowClient } from './airflow.ts';
import { fetchTries } from './task-tries.ts';

/** Successful runs whose durations are usual. */
const runsCompared = 20;
/** Instances of one request: Airflow 2 needs 1 ms for each. */
const instancesAsked = 300;

export type FactsWanted = {
	/** As it is known so far. */
	readonly task: TaskInstance;
	/** Instances of the task in one run. */
	readonly instances: number;
	/** Known runs of the DAG, newest first. */
	readonly runs: readonly DagRun[];
	/** Whether the server keeps earlier tries. */
	readonly keepsTries: boolean;
	/** What was fetched before: history, and errors of the same try, are not asked for again. */
	readonly before?: TaskFacts | undefined;
};

/**
 * All that a page about a task instance shows. A part that cannot be fetched has its failure, and the others are there.
 * Throws only if aborted.
 */
export async function fetchTaskFacts(
	client: AirflowClient,
	wanted: FactsWanted,
	signal: AbortSignal,
): Promise<TaskFacts> {
	const { before, keepsTries } = wanted;
	const requests = client.taskRequests(signal);
	const detail = await settled(async () => (await requests).detail(wanted.task, signal), signal);
	const task = detail.value ?? wanted.task;
	const [tries, xcoms, errors, earlier] = await Promise.all([
		settled(() => fetchTries(client, keepsTries, task, signal), signal),
		settled(async () => (await requests).xcomKeys(task, signal), signal),
		isSameTry(before, task) ? before.errors : settled(() => errorsOf(client, task, signal), signal),
		before && before.earlier.failure === null
			? before.earlier
			: settled(async () => (await requests).inRuns(task.taskId, earlierRuns(wanted), signal), signal),
	]);
	return { detail, tries, xcoms, errors, earlier };
}

async function settled<Value>(ask: () => Promise<Value>, signal: AbortSignal): Promise<Fetched<Value>> {
	try {
		return { value: await ask(), failure: null };
	} catch (error) {
		if (signal.aborted) throw error;
		return { value: null, failure: failureOf(error) };
	}
}

/** Whether the errors are those of a try that has not moved since. */
function isSameTry(before: TaskFacts | undefined, task: TaskInstance): before is TaskFacts {
	const known = before?.detail.value;
	if (!known || before.errors.failure !== null) return false;
	return known.tryNumber === task.tryNumber && known.state === task.state;
}

async function errorsOf(client: AirflowClient, task: TaskInstance, signal: AbortSignal) {
	return task.tryNumber === 0 ? null : errorsIn(await client.taskLog(task, signal));
}

function earlierRuns({ runs, task, instances }: FactsWanted): readonly DagRun[] {
	const most = Math.max(1, Math.min(runsCompared, Math.floor(instancesAsked / Math.max(1, instances))));
	return runs.filter(({ state, dagRunId }) => state === 'success' && dagRunId !== task.dagRunId).slice(0, most);
}
