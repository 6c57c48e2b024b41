import { parseTaskName } from '../../../model/airflow/task-name.ts';
import { ClientError } from '../../../model/failures/failure.ts';
import { exactId, inPath } from '../../../model/text/outside-id.ts';
import { phrase } from '../../../words/message.ts';
import type { HttpAnswer } from '../../http/http.ts';
import type { ClearedTask, ClearRequest } from '../airflow.ts';
import { csrfToken, withCookies } from '../airflow-login.ts';
import { clearBody } from '../clear-body.ts';
import { dagPath, runPath } from './paths.ts';
import { type AirflowRestApi, changeTimeoutMs } from './rest-api.ts';
import { clearedAnswer, clearFormAnswer, runDateAnswer } from './run-answers.ts';

/** Clears tasks of a run, whole ones and single indexes of mapped ones; or lists what would be cleared. */
export async function clearTasks(
	api: AirflowRestApi,
	request: ClearRequest,
	signal: AbortSignal | undefined,
): Promise<ClearedTask[]> {
	const names = (request.taskIds ?? []).map(parseTaskName);
	const instances = names.flatMap(({ taskId, mapIndex }) => (mapIndex === null ? [] : [{ taskId, mapIndex }]));
	if (instances.length === 0) return clearWhole(api, request, signal);
	const cleared: ClearedTask[] = [];
	for (const [taskId, some] of Map.groupBy(instances, one => one.taskId)) {
		const indexes = some.map(({ mapIndex }) => mapIndex);
		cleared.push(...(await clearIndexes(api, request, taskId, indexes, signal)));
	}
	const whole = names.flatMap(({ taskId, mapIndex }) => (mapIndex === null ? [taskId] : []));
	if (whole.length > 0) cleared.push(...(await clearWhole(api, { ...request, taskIds: whole }, signal)));
	const key = ({ taskId, mapIndex }: ClearedTask) => `${taskId}\n${mapIndex}`;
	// Tasks downstream of several of them would appear more than once.
	const mapped = new Set(cleared.flatMap(one => (one.mapIndex === null ? [] : [one.taskId])));
	const once = cleared.filter(one => one.mapIndex !== null || !mapped.has(one.taskId));
	return [...Map.groupBy(once, key).values()].flatMap(same => (same[0]?.mapIndex === null ? same : same.slice(0, 1)));
}

async function clearWhole(
	api: AirflowRestApi,
	request: ClearRequest,
	signal: AbortSignal | undefined,
): Promise<ClearedTask[]> {
	const body = clearBody(request, request.taskIds?.map(exactId) ?? null);
	const path = `${dagPath(request.dagId)}/clearTaskInstances`;
	return api.change('POST', path, body, clearedAnswer, ['cleared tasks', '재실행(clear)할 작업'], signal);
}

/**
 * Some instances of a mapped task, cleared as the web page does it: the REST API accepts only whole tasks (2.8.0,
 * task_instance_schema.py: `task_ids` are strings). It requires a session, and a page's CSRF token.
 */
async function clearIndexes(
	api: AirflowRestApi,
	{ dagId, dagRunId, onlyFailed, withDownstream, dryRun }: ClearRequest,
	taskId: string,
	indexes: readonly number[],
	signal: AbortSignal | undefined,
): Promise<ClearedTask[]> {
	const date = await api.get(runPath(dagId, dagRunId), runDateAnswer, ['DAG run', 'DAG 실행'], signal);
	const form = new URLSearchParams({
		dag_id: exactId(dagId),
		dag_run_id: exactId(dagRunId),
		task_id: exactId(taskId),
		execution_date: date ?? '',
		downstream: String(withDownstream),
		only_failed: String(onlyFailed),
	});
	for (const index of indexes) form.append('map_index', String(index));
	const send = async (confirmed: boolean) => {
		const answer = await submitForm(api, `/dags/${inPath(dagId)}/grid`, '/clear', form, confirmed, signal);
		// If nothing is to be cleared, it responds with 404 and a sentence.
		if (answer.status === 404 && /^No task instances/.test(answer.body)) return null;
		if (answer.status !== 200) throw noIndexes(api.address, answer.status);
		return answer;
	};
	const would = await send(false);
	const cleared = would ? api.parse(would, ['cleared tasks', '재실행(clear)할 작업'], clearFormAnswer) : [];
	// The second response is only a sentence: what the first one listed was cleared.
	if (!dryRun && cleared.length > 0) await send(true);
	return cleared;
}

/** Sends a form of the web pages, as a browser with that page open. */
async function submitForm(
	api: AirflowRestApi,
	page: string,
	path: string,
	form: URLSearchParams,
	confirmed: boolean,
	signal: AbortSignal | undefined,
): Promise<HttpAnswer> {
	const cookie = await api.session.cookie();
	if (cookie === null) throw noIndexes(api.address, null);
	const shown = await api.server.request({
		path: page,
		headers: { accept: 'text/html', cookie },
		signal,
	});
	const token = shown.status === 200 ? csrfToken(shown.body) : null;
	if (token === null) throw noIndexes(api.address, shown.status);
	return api.server.request({
		method: 'POST',
		path,
		headers: {
			accept: 'application/json',
			'content-type': 'application/x-www-form-urlencoded',
			'x-csrftoken': token,
			// Flask-WTF checks the referrer of forms sent over TLS.
			referer: `${api.address}${page}`,
			cookie: withCookies(cookie, shown.headers['set-cookie']),
		},
		body: new URLSearchParams([...form, ['confirmed', String(confirmed)]]).toString(),
		timeoutMs: changeTimeoutMs,
		signal,
	});
}

function noIndexes(address: string, status: number | null): ClientError {
	const why =
		status === null
			? phrase(['its web page needs a form login', '웹 페이지는 폼 로그인이 필요합니다'])
			: phrase(['its web page answers {status}', '웹 페이지의 응답은 {status}입니다'], { status });
	return new ClientError(
		'refused',
		phrase(
			[
				'Airflow at {address} cannot clear one index of a mapped task: its REST API clears whole tasks only, and {why}',
				'Airflow({address})에서 매핑된 작업의 인덱스 하나만 재실행(clear)할 수 없습니다. REST API는 작업 전체만 지원하고 {why}',
			],
			{ address, why },
		),
		phrase([
			'Clear the whole task, or mark the index as failed or success',
			'작업 전체를 재실행(clear)하거나 해당 인덱스의 상태를 실패(failed) 또는 성공(success)으로 지정하세요',
		]),
		{ httpStatus: status ?? undefined },
	);
}
