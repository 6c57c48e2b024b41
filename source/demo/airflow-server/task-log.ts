import { isObject, parseJson } from '../server/json.ts';
import type { Call, Route } from '../server/routes.ts';
import { route } from '../server/routes.ts';
import type { TaskInstance } from '../world/airflow/airflow-state.ts';
import type { World } from '../world/world.ts';
import { allowQuery, booleanOf } from './parameters.ts';
import { Problem } from './problem.ts';
import { pythonRepr } from './python-text.ts';
import { sendJson, sendText, wantsJson } from './reply.ts';
import { dumps, loads } from './signing.ts';
import { logHead } from './since-2-10.ts';
import { pairOf } from './task-instances.ts';

/**
 * airflow/api_connexion/endpoints/log_endpoint.py and airflow/utils/log/file_task_handler.py: the content is the text
 * of a Python list, and the token says how many characters have been sent.
 */
export function taskLogRoutes(world: World): Route<void>[] {
	return [
		route('GET', '/api/v1/dags/:dagId/dagRuns/:runId/taskInstances/:taskId/logs/:number', call => sendLog(world, call)),
	];
}

const fileOf = (task: TaskInstance, number: number): string =>
	`dag_id=${task.dagId}/run_id=${task.runId}/task_id=${task.taskId}/${task.mapIndex < 0 ? '' : `map_index=${task.mapIndex}/`}attempt=${number}.log`;

function sendLog(world: World, call: Call): void {
	allowQuery(call, 'full_content', 'map_index', 'token');
	const number = Number(call.param('number'));
	const token = call.query.get('token');
	const from = token === null || token === '' ? undefined : positionOf(token);
	booleanOf(call, 'full_content', false);
	const { task } = pairOf(world, call, 'TaskInstance not found', call.query.get('map_index') ?? undefined);
	if (!Number.isInteger(number)) {
		throw new Problem(400, 'Bad Request', "Wrong type, expected 'integer' for path parameter 'task_try_number'");
	}
	if (number < 1) {
		const content = `[('default_host', 'Error fetching the logs. Try number ${number} is invalid.')]`;
		if (wantsJson(call)) {
			sendJson(call, { content, continuation_token: dumps({ end_of_log: true }) });
			return;
		}
		sendText(call, `default_host\nError fetching the logs. Try number ${number} is invalid.\n`, 'text/plain');
		return;
	}
	const attempt = task.attempts.get(number);
	const isCurrent = number === (task.state === 'running' ? task.tryNumber : task.tryNumber + 1);
	const running = isCurrent && (task.state === 'running' || task.state === 'deferred');
	const logs = attempt?.lines.map(({ text }) => text).join('\n') ?? '';
	const position = [...logs].length;
	let text: string;
	if (attempt === undefined) {
		const ended =
			task.state !== null && ['success', 'failed', 'skipped', 'upstream_failed', 'removed'].includes(task.state);
		text = !ended
			? ''
			: task.hostname === ''
				? logHead(world.airflow, [
						"Could not read served logs: Request URL is missing an 'http://' or 'https://' protocol.",
					])
				: logHead(world.airflow, [
						`Could not read served logs: Client error '404 NOT FOUND' for url 'http://${task.hostname}:8793/log/${fileOf(task, number)}'\nFor more information check: https://developer.mozilla.org/en-US/docs/Web/HTTP/Status/404`,
					]);
	} else if (from === undefined) {
		const found = ['Found local files:', `  * /opt/airflow/logs/${fileOf(task, number)}`];
		text = logHead(world.airflow, found) + logs;
	} else {
		text = [...logs].slice(from).join('');
	}
	if (!wantsJson(call)) {
		sendText(call, `${task.hostname}\n${text}\n`, 'text/plain');
		return;
	}
	sendJson(call, {
		content: `[(${pythonRepr(task.hostname)}, ${pythonRepr(text)})]`,
		continuation_token: dumps({ end_of_log: !running, log_pos: position }),
	});
}

/** Counts characters as Python does, not UTF-16 units. */
function positionOf(token: string): number | undefined {
	const metadata = parseJson(loads(token) ?? '');
	if (!isObject(metadata)) throw new Problem(400, 'Bad Signature. Please use only the tokens provided by the API.');
	return typeof metadata.log_pos === 'number' ? metadata.log_pos : undefined;
}
