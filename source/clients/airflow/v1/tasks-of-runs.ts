import { exactId } from '../../../model/outside-id.ts';
import type { DagRun, TaskInstance } from '../../../model/pipeline.ts';
import type { Text } from '../../../words/language.ts';
import { taskInstancesAnswer } from '../run-answers.ts';
import { distinctTasks } from '../tasks-of-runs.ts';
import { type AirflowRestApi, pageLimit, pagesFollowed } from './rest-api.ts';

const what: Text = ['task instances', '작업 인스턴스'];

/**
 * The task instances of these runs of one DAG, as Airflow stores them. The endpoint of 2.8 ignores the fields of paging
 * and returns all of them at once (airflow/api_connexion/endpoints/task_instance_endpoint.py, `get_task_instances_batch`).
 */
export async function taskInstancesOfRuns(
	api: AirflowRestApi,
	runs: readonly DagRun[],
	signal: AbortSignal | undefined,
): Promise<TaskInstance[]> {
	const [first] = runs;
	if (!first) return [];
	const all: TaskInstance[] = [];
	for (let page = 0; page < pagesFollowed; page++) {
		const answer = await api.request({
			method: 'POST',
			path: '/api/v1/dags/~/dagRuns/~/taskInstances/list',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({
				dag_ids: [exactId(first.dagId)],
				dag_run_ids: runs.map(({ dagRunId }) => exactId(dagRunId)),
				page_limit: pageLimit,
				page_offset: all.length,
			}),
			signal,
		});
		const { task_instances: tasks, total_entries: total } = api.parse(answer, what, taskInstancesAnswer);
		all.push(...tasks);
		const isLast = tasks.length === 0 || all.length >= total;
		if (isLast || page + 1 === pagesFollowed) api.cuts.note(what, null, all.length, isLast ? all.length : total);
		if (isLast) break;
	}
	return distinctTasks(all, runs);
}
