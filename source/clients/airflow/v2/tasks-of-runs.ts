import type { DagRun, TaskInstance } from '../../../model/airflow/pipeline.ts';
import { inPath } from '../../../model/text/outside-id.ts';
import { type LoggedIn, pageLimit, type RestApi } from '../rest-api.ts';
import { taskInstancesAnswer } from '../run-answers.ts';
import { distinctTasks } from '../tasks-of-runs.ts';
import { dagPath, runPath } from './paths.ts';

type Api = RestApi<LoggedIn>;

/**
 * The task instances of these runs of one DAG. Requested by the time from which on the runs could start: the request for
 * several run ids is a POST, which Airflow 3 writes to its audit log
 * (airflow-core/src/airflow/api_fastapi/core_api/routes/public/task_instances.py, `action_logging`).
 */
export async function taskInstancesOfRuns(
	api: Api,
	runs: readonly DagRun[],
	signal: AbortSignal | undefined,
): Promise<TaskInstance[]> {
	const [first] = runs;
	if (!first) return [];
	const due = runs.flatMap(({ dueAt }) => dueAt ?? []);
	if (runs.length > 1 && due.length === runs.length) {
		const iso = (ms: number) => new Date(ms).toISOString();
		// Times have microseconds, and ours have lost them.
		const [from, to] = [iso(Math.min(...due) - 1), iso(Math.max(...due) + 1)];
		const range = `run_after_gte=${inPath(from)}&run_after_lte=${inPath(to)}&order_by=-run_after`;
		const path = `${dagPath(first.dagId)}/dagRuns/~/taskInstances?${range}`;
		const tasks = await pagesOf(api, path, runs, signal);
		if (tasks !== null) return tasks;
	}
	const all: TaskInstance[] = [];
	for (const run of runs) {
		const path = `${runPath(run.dagId, run.dagRunId)}/taskInstances?`;
		all.push(...((await pagesOf(api, path, [run], signal)) ?? []));
	}
	return all;
}

/** null: more than a page belong to other runs, as when a run of last year was made among those of today. */
async function pagesOf(
	api: Api,
	path: string,
	runs: readonly DagRun[],
	signal: AbortSignal | undefined,
): Promise<TaskInstance[] | null> {
	const wanted = new Set(runs.map(({ dagRunId }) => dagRunId));
	let others = 0;
	let isCut = false;
	const tasks = await api.pages(
		offset => `${path}&limit=${pageLimit}&offset=${offset}`,
		taskInstancesAnswer,
		['task instances', '작업 인스턴스'],
		page => {
			others += page.task_instances.filter(({ dagRunId }) => !wanted.has(dagRunId)).length;
			isCut = others > pageLimit;
			return isCut ? [] : page.task_instances;
		},
		signal,
	);
	return isCut ? null : distinctTasks(tasks, runs);
}
