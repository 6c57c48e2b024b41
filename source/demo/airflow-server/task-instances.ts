import { textOf, textsOf } from '../server/json.ts';
import type { Call, Route } from '../server/routes.ts';
import { route } from '../server/routes.ts';
import { type DagRun, findRun, keyOf, type TaskInstance } from '../world/airflow/airflow-state.ts';
import { clearTasks, withDownstream } from '../world/airflow/runs.ts';
import { hash } from '../world/random.ts';
import type { World } from '../world/world.ts';
import { taskInstanceJson, taskReferenceJson } from './dag-json.ts';
import { allowFields, allowQuery, dateOf, jsonBody, PAGING, paged } from './parameters.ts';
import { badRequest, Problem } from './problem.ts';
import { sendJson, sendText } from './reply.ts';
import { instanceMore, isFrom210 } from './since-2-10.ts';

const LIST_PARAMETERS = [
	...PAGING,
	...['execution_date', 'start_date', 'end_date', 'updated_at', 'duration'].flatMap(name => [
		`${name}_gte`,
		`${name}_lte`,
	]),
	'state',
	'pool',
	'queue',
];
const BATCH_FIELDS = [
	'page_offset',
	'page_limit',
	'dag_ids',
	'dag_run_ids',
	'task_ids',
	...['execution_date', 'start_date', 'end_date', 'duration'].flatMap(name => [`${name}_gte`, `${name}_lte`]),
	'state',
	'pool',
	'queue',
];
const CLEAR_FIELDS = [
	'dry_run',
	'start_date',
	'end_date',
	'only_failed',
	'only_running',
	'include_subdags',
	'include_parentdag',
	'reset_dag_runs',
	'task_ids',
	'dag_run_id',
	'include_upstream',
	'include_downstream',
	'include_future',
	'include_past',
];

type Pair = { run: DagRun; task: TaskInstance };

/** In arbitrary order: the real server returns rows in the database's order, which changes with each update. */
const pairsOf = (runs: readonly DagRun[]): Pair[] =>
	runs.flatMap(run =>
		[...run.tasks]
			.sort((a, b) => hash(`${a.taskId}/${a.state}`) - hash(`${b.taskId}/${b.state}`) || a.mapIndex - b.mapIndex)
			.map(task => ({ run, task })),
	);

/** airflow/api_connexion/endpoints/task_instance_endpoint.py */
export function taskInstanceRoutes(world: World): Route<void>[] {
	const json = ({ run, task }: Pair) => ({
		...taskInstanceJson(world.airflow.dags.get(run.dagId), run, task, world.time),
		...instanceMore(world.airflow, task),
	});
	return [
		route('GET', '/api/v1/dags/:dagId/dagRuns/:runId/taskInstances', call => {
			allowQuery(call, ...LIST_PARAMETERS);
			const [dagId, runId] = [call.param('dagId'), call.param('runId')];
			const states = call.query.getAll('state').flatMap(text => text.split(','));
			const runs = world.airflow.runs.filter(
				run => (dagId === '~' || run.dagId === dagId) && (runId === '~' || run.runId === runId),
			);
			const chosen = pairsOf(runs).filter(({ task }) => states.length === 0 || states.includes(task.state ?? 'none'));
			sendJson(call, { task_instances: paged(call, chosen).map(json), total_entries: chosen.length });
		}),
		route('GET', '/api/v1/dags/:dagId/dagRuns/:runId/taskInstances/:taskId', call =>
			sendJson(call, json(pairOf(world, call))),
		),
		route('PATCH', '/api/v1/dags/:dagId/dagRuns/:runId/taskInstances/:taskId/setNote', call => {
			const pair = pairOf(world, call);
			const body = jsonBody(call);
			allowFields(body, 'note');
			pair.task.note = textOf(body.note) ?? null;
			sendJson(call, json(pair));
		}),
		route('GET', '/api/v1/dags/:dagId/dagRuns/:runId/taskInstances/:taskId/:mapIndex', call =>
			sendJson(call, json(pairOf(world, call, undefined, call.param('mapIndex')))),
		),
		route('PATCH', '/api/v1/dags/:dagId/dagRuns/:runId/taskInstances/:taskId', call =>
			mark(world, call, pairOf(world, call)),
		),
		route('PATCH', '/api/v1/dags/:dagId/dagRuns/:runId/taskInstances/:taskId/:mapIndex', call =>
			mark(world, call, pairOf(world, call, undefined, call.param('mapIndex'))),
		),
		route('POST', '/api/v1/dags/~/dagRuns/~/taskInstances/list', call => {
			const body = jsonBody(call);
			allowFields(body, ...BATCH_FIELDS);
			const [dagIds, runIds, taskIds] = [textsOf(body.dag_ids), textsOf(body.dag_run_ids), textsOf(body.task_ids)];
			const states = Array.isArray(body.state) ? body.state : undefined;
			const chosen = pairsOf(world.airflow.runs).filter(
				({ task }) =>
					(dagIds?.includes(task.dagId) ?? true) &&
					(runIds?.includes(task.runId) ?? true) &&
					(taskIds?.includes(task.taskId) ?? true) &&
					(states?.includes(task.state) ?? true),
			);
			// 2.8's endpoint reads neither page_limit nor page_offset: it returns everything.
			const [from, most] = [numberOf(body.page_offset, 0), numberOf(body.page_limit, 100)];
			const page = isFrom210(world.airflow) ? chosen.slice(from, from + most) : chosen;
			sendJson(call, { task_instances: page.map(json), total_entries: chosen.length });
		}),
		route('POST', '/api/v1/dags/:dagId/clearTaskInstances', call => clear(world, call)),
	];
}

const numberOf = (value: unknown, otherwise: number): number => (typeof value === 'number' ? value : otherwise);

export function pairOf(world: World, call: Call, title = 'Task instance not found', mapIndex = '-1'): Pair {
	const run = findRun(world.airflow, call.param('dagId'), call.param('runId'));
	const named = run?.tasks.filter(({ taskId }) => taskId === call.param('taskId')) ?? [];
	const task = named.find(one => one.mapIndex === Number(mapIndex));
	if (run !== undefined && task !== undefined) return { run, task };
	const isMapped = mapIndex === '-1' && named.length > 0;
	throw new Problem(404, title, isMapped ? 'Task instance is mapped, add the map_index value to the URL' : null);
}

function mark(world: World, call: Call, { run, task }: Pair): void {
	const body = jsonBody(call);
	allowFields(body, 'dry_run', 'new_state');
	const state = textOf(body.new_state) ?? '';
	if (!['success', 'failed', 'skipped'].includes(state)) {
		throw badRequest(`'${state}' is not one of ['success', 'failed', 'skipped'] - 'new_state'`);
	}
	const dryRun = body.dry_run !== false;
	if (!dryRun) {
		// 2.8.0 converts it to a run's state, which does not exist (airflow/api/common/mark_tasks.py).
		if (state === 'skipped' && !isFrom210(world.airflow))
			throw new Problem(500, 'Internal Server Error', null, 'about:blank');
		task.state = state;
		task.execution++;
		task.startedAt ??= world.time;
		task.endedAt = world.time;
		world.airflow.working.delete(keyOf(task));
		run.updatedAt = world.time;
	}
	// 2.8.0 and 2.10.5 serialise the list of altered tasks with the schema of a single one, which leaves nothing.
	sendJson(call, dryRun ? taskReferenceJson(run, task) : {});
}

/** The form of the web pages, which takes map indexes (airflow/www/views.py 2.8.0, `clear`). */
export function clearByForm(world: World, call: Call): void {
	const form = new URLSearchParams(call.body.toString());
	const dagId = form.get('dag_id') ?? '';
	const taskId = form.get('task_id') ?? '';
	const dag = world.airflow.dags.get(dagId);
	const date = Date.parse(form.get('execution_date') ?? '');
	const run = world.airflow.runs.find(one => one.dagId === dagId && Math.abs(one.logicalDate - date) < 1);
	if (dag === undefined || run === undefined)
		return sendText(call, 'No task instances to clear', 'application/json', 404);
	const indexes = form.getAll('map_index').map(Number);
	const downstream = form.get('downstream') === 'true' ? withDownstream(dag, [taskId]) : new Set<string>();
	const onlyFailed = form.get('only_failed') === 'true';
	const chosen = run.tasks.filter(
		task =>
			(task.taskId === taskId
				? indexes.length === 0 || indexes.includes(task.mapIndex)
				: downstream.has(task.taskId)) &&
			(!onlyFailed || task.state === 'failed' || task.state === 'upstream_failed'),
	);
	if (form.get('confirmed') === 'true') {
		clearTasks(world, dag, chosen, true);
		// Declared as JSON, but a plain sentence.
		return sendText(call, `${chosen.length} task instances have been cleared`, 'application/json');
	}
	if (chosen.length === 0) return sendText(call, 'No task instances to clear', 'application/json', 404);
	const list = chosen.map(task => ({ task_id: task.taskId, map_index: task.mapIndex, run_id: task.runId }));
	sendText(call, JSON.stringify(list), 'text/html; charset=utf-8');
}

function clear(world: World, call: Call): void {
	const body = jsonBody(call);
	allowFields(body, ...CLEAR_FIELDS);
	const dagId = call.param('dagId');
	const dag = world.airflow.dags.get(dagId);
	if (dag === undefined) throw new Problem(404, `Dag id ${dagId} not found`);
	const onlyFailed = body.only_failed !== false;
	const onlyRunning = body.only_running === true;
	if (onlyFailed && onlyRunning) throw badRequest("{'_schema': ['only_failed and only_running both are set to True']}");
	const runId = textOf(body.dag_run_id);
	const [from, to] = [dateOf(textOf(body.start_date), 'start_date'), dateOf(textOf(body.end_date), 'end_date')];
	if (runId !== undefined && (from !== undefined || to !== undefined)) {
		const other = from === undefined ? 'end_date' : to === undefined ? 'start_date' : '(start_date and end_date)';
		throw badRequest(`{'_schema': ['Exactly one of dag_run_id or ${other} must be provided']}`);
	}
	if (runId !== undefined && findRun(world.airflow, dagId, runId) === undefined) {
		throw new Problem(404, `Dag Run id ${runId} not found in dag ${dagId}`);
	}
	const named = textsOf(body.task_ids);
	const taskIds =
		named !== undefined && body.include_downstream === true ? withDownstream(dag, named) : named && new Set(named);
	const runs = world.airflow.runs.filter(
		run =>
			run.dagId === dagId &&
			(runId === undefined || run.runId === runId) &&
			(from === undefined || run.logicalDate >= from) &&
			(to === undefined || run.logicalDate <= to),
	);
	const chosen = pairsOf(runs).filter(
		({ task }) =>
			(taskIds?.has(task.taskId) ?? true) &&
			(!onlyFailed || task.state === 'failed' || task.state === 'upstream_failed') &&
			(!onlyRunning || task.state === 'running'),
	);
	if (body.dry_run === false) {
		clearTasks(
			world,
			dag,
			chosen.map(({ task }) => task),
			body.reset_dag_runs === true,
		);
	}
	sendJson(call, { task_instances: chosen.map(({ run, task }) => taskReferenceJson(run, task)) });
}
