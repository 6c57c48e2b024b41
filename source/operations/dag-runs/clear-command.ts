import { parseTaskName } from '../../model/airflow/task-name.ts';
import { exactId, inPath } from '../../model/text/outside-id.ts';
import { airflowContainer, curlCommand, isAirflow3 } from '../../selectors/printed-commands/airflow-command.ts';
import { engineCommand } from '../../selectors/printed-commands/printed-command.ts';
import type { Facts } from '../plan/plan.ts';
import type { ClearRequest } from './clear-preview.ts';

/**
 * A request to the REST API. For single map indexes in Airflow 2: Python, as neither API nor command line of 2.8 can
 * select them.
 */
export function clearCommand(
	state: Facts['state'],
	{
		dagId,
		dagRunId,
		taskIds,
		onlyFailed,
	}: Pick<ClearRequest, 'dagId' | 'dagRunId' | 'onlyFailed'> & {
		readonly taskIds: readonly string[];
	},
): string {
	const names = taskIds.map(parseTaskName);
	const whole = names.flatMap(({ taskId, mapIndex }) => (mapIndex === null ? [taskId] : []));
	const pairs = names.flatMap(({ taskId, mapIndex }) =>
		mapIndex === null ? [] : [`(${pythonText(taskId)}, ${mapIndex})`],
	);
	const body = { dry_run: false, dag_run_id: exactId(dagRunId), only_failed: onlyFailed, reset_dag_runs: true };
	const path = `/dags/${inPath(dagId)}/clearTaskInstances`;
	if (isAirflow3(state)) {
		// One request per task: with several tasks in a request, Airflow would clear all their indexes.
		const indexed = Map.groupBy(
			names.filter(({ mapIndex }) => mapIndex !== null),
			({ taskId }) => taskId,
		);
		const requests: (string | [string, number | null])[][] = [...indexed.values()].map(some =>
			some.map(({ taskId, mapIndex }) => [exactId(taskId), mapIndex]),
		);
		if (whole.length > 0) requests.push(whole.map(exactId));
		return requests.map(task_ids => curlCommand(state, 'POST', path, { ...body, task_ids })).join('\n');
	}
	const script = [
		'from airflow.models import DagBag, DagRun',
		`run = DagRun.find(dag_id=${pythonText(dagId)}, run_id=${pythonText(dagRunId)})[0]`,
		`dag = DagBag(read_dags_from_db=True).get_dag(${pythonText(dagId)})`,
		`print(dag.clear(task_ids=[${pairs.join(', ')}], start_date=run.execution_date, end_date=run.execution_date, only_failed=${onlyFailed ? 'True' : 'False'}))`,
	];
	return [
		...(pairs.length > 0
			? [engineCommand(state, 'exec', airflowContainer(state), 'python', '-c', script.join('; '))]
			: []),
		...(whole.length > 0 ? [curlCommand(state, 'POST', path, { ...body, task_ids: whole.map(exactId) })] : []),
	].join('\n');
}

/** JSON in ASCII is also a Python literal. */
function pythonText(text: string): string {
	return JSON.stringify(exactId(text)).replaceAll(
		/[^ -~]/g,
		char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
}
