import { isObject, parseJson } from '../../server/json.ts';
import type { Call, Route } from '../../server/routes.ts';
import { route } from '../../server/routes.ts';
import type { Attempt, TaskInstance } from '../../world/airflow/airflow-state.ts';
import { taskInstanceId } from '../../world/ids.ts';
import type { Raised } from '../../world/logs/task-log-fields.ts';
import { pythonTime } from '../../world/time.ts';
import type { World } from '../../world/world.ts';
import { tryNumberOf } from '../dag-json.ts';
import { Problem } from '../problem.ts';
import { dumps, loads } from '../signing.ts';
import { notFound } from './parameters.ts';
import { sendBody, sendDetail, sendJson } from './reply.ts';
import { pairOf } from './task-instances.ts';

/** airflow-core/src/airflow/api_fastapi/core_api/routes/public/log.py */
export function taskLogRoutes(world: World): Route<void>[] {
	return [
		route('GET', '/api/v2/dags/:dagId/dagRuns/:runId/taskInstances/:taskId/logs/:number', call => sendLog(world, call)),
	];
}

type Event = Readonly<Record<string, unknown>>;

const GROUP: Event = { event: '::group::Log message source details' };
const END: Event = { event: '::endgroup::' };

function sendLog(world: World, call: Call): void {
	const accept = call.request.headers.accept ?? '*/*';
	if (!/application\/(?:json|x-ndjson)|\*\/\*/.test(accept)) {
		return sendDetail(call, 406, 'Only application/json or application/x-ndjson is supported');
	}
	const token = call.query.get('token');
	const from = token === null ? undefined : placeOf(token);
	const number = Number(call.param('number'));
	const { task } = pairOf(world, call, call.query.get('map_index') ?? undefined);
	if (!Number.isInteger(number) || number < 1 || (number > tryNumberOf(task) && !task.attempts.has(number))) {
		throw notFound('TaskInstance not found');
	}
	const attempt = task.attempts.get(number);
	const isRunning = number === task.tryNumber && task.state === 'running';
	const events = attempt?.lines.map(line => eventOf(task, number, line)) ?? [];
	const path = `/opt/airflow/logs/dag_id=${task.dagId}/run_id=${task.runId}/task_id=${task.taskId}/${task.mapIndex < 0 ? '' : `map_index=${task.mapIndex}/`}attempt=${number}.log`;
	const head = attempt === undefined ? [GROUP, END] : [GROUP, { event: path }, END];
	const next = isRunning ? dumps({ end_of_log: false, log_pos: events.length }) : null;
	if (accept.includes('application/x-ndjson')) {
		// It ignores the token and sends everything.
		const body = [...head, ...events].map(event => `${JSON.stringify(event)}\n`).join('');
		const headers: Record<string, string> = next === null ? {} : { 'airflow-continuation-token': next };
		return sendBody(call, body, 'application/x-ndjson', 200, headers);
	}
	const content = from === undefined ? [...head, ...events] : events.slice(from);
	sendJson(call, { content, continuation_token: next });
}

/** Number of lines sent, without the head. */
function placeOf(token: string): number {
	const metadata = parseJson(loads(token) ?? '');
	if (!isObject(metadata)) throw new Problem(400, 'Bad Signature. Please use only the tokens provided by the API.');
	return typeof metadata.log_pos === 'number' ? metadata.log_pos : 0;
}

function eventOf(task: TaskInstance, number: number, { time, text, fields }: Attempt['lines'][number]): Event {
	const timestamp = pythonTime(time).replace('+00:00', 'Z');
	const { level = 'info', logger = 'task.stdout', filename, lineno, more = {}, raised } = fields ?? {};
	const written = { timestamp, event: text, level, ...more, logger };
	// What a task prints reaches the log without its context.
	if (logger === 'task.stdout') return written;
	return {
		...written,
		dag_id: task.dagId,
		run_id: task.runId,
		task_id: task.taskId,
		try_number: number,
		map_index: task.mapIndex,
		ti_id: taskInstanceId(task, number),
		filename,
		lineno,
		...(raised === undefined ? {} : { error_detail: [errorJson(raised)] }),
	};
}

const errorJson = ({ type, value, frames }: Raised) => ({
	exc_type: type,
	exc_value: value,
	exc_notes: [],
	syntax_error: null,
	is_cause: false,
	frames,
	is_group: false,
	exceptions: [],
});
