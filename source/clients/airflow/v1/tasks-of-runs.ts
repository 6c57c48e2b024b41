import type { DagRun, TaskInstance } from '../../../model/airflow/pipeline.ts';
import { runKey } from '../../../model/state.ts';
import { exactId } from '../../../model/text/outside-id.ts';
import type { Text } from '../../../words/language.ts';
import { taskInstancesAnswer } from '../run-answers.ts';
import { distinctTasks } from '../tasks-of-runs.ts';
import { type ReadInstances, wholeRun } from '../whole-run.ts';
import { runPath } from './paths.ts';
import { type AirflowRestApi, pageLimit, pagesFollowed } from './rest-api.ts';

const what: Text = ['task instances', '작업 인스턴스'];

/** The task instances of these runs of one DAG, as Airflow stores them. */
export async function taskInstancesOfRuns(
	api: AirflowRestApi,
	runs: readonly DagRun[],
	signal: AbortSignal | undefined,
): Promise<TaskInstance[]> {
	const [first] = runs;
	if (!first) return [];
	const ids = runs.map(({ dagRunId }) => dagRunId);
	return distinctTasks((await instancesOf(api, first.dagId, ids, signal)).tasks, runs);
}

/** The task instances of one run, each once. */
export async function readRunInstances(
	api: AirflowRestApi,
	dagId: string,
	dagRunId: string,
	signal: AbortSignal | undefined,
): Promise<readonly TaskInstance[]> {
	const path = (offset: number) => `${runPath(dagId, dagRunId)}/taskInstances?limit=${pageLimit}&offset=${offset}`;
	const { task_instances: page, total_entries: total } = await api.get(path(0), taskInstancesAnswer, what, signal);
	const of = runKey(dagId, dagRunId);
	if (page.length >= total) {
		api.cuts.note(what, of, total, total);
		return page;
	}
	// 2.8 sends several pages in no order, but answers the request for several runs at once.
	if (total <= pageLimit * pagesFollowed) return wholeRun(() => instancesOf(api, dagId, [dagRunId], signal, of));
	return api.pages(path, taskInstancesAnswer, what, ({ task_instances: tasks }) => tasks, signal, { of });
}

/**
 * The same by their ids; `of` is what a list that is cut belongs to. The endpoint of 2.8 ignores the fields of paging and returns all of them at once
 * (airflow/api_connexion/endpoints/task_instance_endpoint.py, `get_task_instances_batch`).
 */
export async function instancesOf(
	api: AirflowRestApi,
	dagId: string,
	dagRunIds: readonly string[],
	signal: AbortSignal | undefined,
	of: string | null = null,
): Promise<ReadInstances> {
	const all: TaskInstance[] = [];
	let total = 0;
	for (let page = 0; page < pagesFollowed; page++) {
		const answer = await api.request({
			method: 'POST',
			path: '/api/v1/dags/~/dagRuns/~/taskInstances/list',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({
				dag_ids: [exactId(dagId)],
				dag_run_ids: dagRunIds.map(exactId),
				page_limit: pageLimit,
				page_offset: all.length,
			}),
			signal,
		});
		const { task_instances: tasks, total_entries } = api.parse(answer, what, taskInstancesAnswer);
		all.push(...tasks);
		total = total_entries;
		const isLast = tasks.length === 0 || all.length >= total;
		if (isLast || page + 1 === pagesFollowed) api.cuts.note(what, of, all.length, isLast ? all.length : total);
		if (isLast) break;
	}
	return { tasks: all, total };
}
