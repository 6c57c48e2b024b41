import { parseTaskName } from '../../../model/airflow/task-name.ts';
import { exactId } from '../../../model/text/outside-id.ts';
import type { ClearedTask, ClearRequest } from '../airflow.ts';
import { clearBody } from '../clear-body.ts';
import type { LoggedIn, RestApi } from '../rest-api.ts';
import { dagPath } from './paths.ts';
import { clearedAnswer } from './run-answers.ts';

type Api = RestApi<LoggedIn>;
/** A task, or one instance of a mapped one. */
type Named = string | readonly [taskId: string, mapIndex: number];

/** Clears tasks of a run, whole ones and single indexes of mapped ones; or lists what would be cleared. */
export async function clearTasks(
	api: Api,
	request: ClearRequest,
	signal: AbortSignal | undefined,
): Promise<ClearedTask[]> {
	const names = request.taskIds?.map(parseTaskName) ?? null;
	const indexed = Map.groupBy(names?.filter(({ mapIndex }) => mapIndex !== null) ?? [], ({ taskId }) => taskId);
	if (names === null || indexed.size === 0) {
		return clear(api, request, names?.map(({ taskId }) => exactId(taskId)) ?? null, signal);
	}
	const cleared: ClearedTask[] = [];
	// One request per task, without downstream tasks: otherwise the server adds all indexes of the task to the named
	// ones (airflow-core/src/airflow/api_fastapi/core_api/routes/public/task_instances.py, post_clear_task_instances,
	// 3.0.0).
	for (const [taskId, some] of indexed) {
		const instances = some.map(({ mapIndex }): Named => [exactId(taskId), mapIndex ?? -1]);
		cleared.push(...(await clear(api, { ...request, withDownstream: false }, instances, signal)));
	}
	const whole = names.filter(({ mapIndex }) => mapIndex === null).map(({ taskId }) => taskId);
	const rest = request.withDownstream ? await withFollowing(api, request, [...indexed.keys()], whole, signal) : whole;
	if (rest.length > 0) {
		cleared.push(...(await clear(api, { ...request, withDownstream: false }, rest.map(exactId), signal)));
	}
	return [...new Map(cleared.map(one => [`${one.taskId}\n${one.mapIndex}`, one])).values()];
}

/** The whole tasks among the named ones, and all tasks downstream of any of them. */
async function withFollowing(
	api: Api,
	request: ClearRequest,
	indexed: readonly string[],
	whole: readonly string[],
	signal: AbortSignal | undefined,
): Promise<string[]> {
	const names = [...indexed, ...whole].map(exactId);
	const would = await clear(api, { ...request, dryRun: true }, names, signal);
	const all = new Set([...whole, ...would.map(({ taskId }) => taskId)]);
	for (const taskId of indexed) all.delete(taskId);
	return [...all];
}

async function clear(
	api: Api,
	request: ClearRequest,
	tasks: readonly Named[] | null,
	signal: AbortSignal | undefined,
): Promise<ClearedTask[]> {
	const path = `${dagPath(request.dagId)}/clearTaskInstances`;
	return api.change(
		'POST',
		path,
		clearBody(request, tasks),
		clearedAnswer,
		['cleared tasks', '재실행(clear)할 작업'],
		signal,
	);
}
