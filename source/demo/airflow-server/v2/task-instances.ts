import { type Json, textOf } from '../../server/json.ts';
import type { Call, Route } from '../../server/routes.ts';
import { route } from '../../server/routes.ts';
import { type DagRun, findRun, keyOf, type TaskInstance } from '../../world/airflow/airflow-state.ts';
import { clearTasks, withDownstream } from '../../world/airflow/runs.ts';
import type { World } from '../../world/world.ts';
import { dateOf, sortBy } from '../parameters.ts';
import { badRequest } from '../problem.ts';
import { runOf } from './dag-runs.ts';
import { dagOf } from './dags.ts';
import { instanceJson, runAfterOf } from './json.ts';
import { bodyOf, NO_CURSORS, notFound, oneOf, paged } from './parameters.ts';
import { sendDetail, sendJson } from './reply.ts';

type Pair = { run: DagRun; task: TaskInstance };

const INSTANCES = '/api/v2/dags/:dagId/dagRuns/:runId/taskInstances';
const CLEAR_FIELDS = [
	...['dry_run', 'start_date', 'end_date', 'only_failed', 'only_running', 'reset_dag_runs', 'task_ids', 'dag_run_id'],
	...['include_upstream', 'include_downstream', 'include_future', 'include_past', 'run_on_latest_version', 'note'],
	'prevent_running_task',
];

/** airflow-core/src/airflow/api_fastapi/core_api/routes/public/task_instances.py */
export function taskInstanceRoutes(world: World): Route<void>[] {
	const json = ({ run, task }: Pair) => instanceJson(world.airflow.dags.get(run.dagId), run, task, world.time);
	const patch = (call: Call) => mark(world, call, json);
	return [
		route('GET', INSTANCES, call => {
			const runs = call.param('runId') === '~' ? runsInRange(world, call) : [runOf(world, call)];
			const states = call.query.getAll('state');
			const only = call.query.get('task_id');
			const chosen = runs
				.flatMap(run => run.tasks.map(task => ({ run, task })))
				.filter(({ task: { state } }) => states.length === 0 || states.includes(state ?? 'no_status'))
				.filter(({ task: { taskId } }) => only === null || taskId === only);
			const page = paged(call, chosen).map(json);
			sendJson(call, { task_instances: page, total_entries: chosen.length, ...NO_CURSORS });
		}),
		route('GET', `${INSTANCES}/:taskId`, call => sendJson(call, json(pairOf(world, call)))),
		route('GET', `${INSTANCES}/:taskId/:mapIndex`, call =>
			sendJson(call, json(pairOf(world, call, call.param('mapIndex')))),
		),
		route('PATCH', `${INSTANCES}/:taskId`, patch),
		route('PATCH', `${INSTANCES}/:taskId/:mapIndex`, patch),
		route('POST', '/api/v2/dags/:dagId/clearTaskInstances', call => clear(world, call, json)),
	];
}

/** Runs of one DAG by the time from which on they may start, in the requested order. */
function runsInRange(world: World, call: Call): readonly DagRun[] {
	const { dagId } = dagOf(world, call).definition;
	const [from, to] = ['run_after_gte', 'run_after_lte'].map(name => dateOf(call.query.get(name), name));
	const runs = world.airflow.runs.filter(
		run =>
			run.dagId === dagId &&
			(from === undefined || runAfterOf(run) >= from) &&
			(to === undefined || runAfterOf(run) <= to),
	);
	const order = call.query.get('order_by') ?? 'map_index';
	return order === 'map_index' ? runs : sortBy(runs, order, { run_after: runAfterOf });
}

export function pairOf(world: World, call: Call, mapIndex = '-1'): Pair {
	const [dagId, runId, taskId] = [call.param('dagId'), call.param('runId'), call.param('taskId')];
	const run = findRun(world.airflow, dagId, runId);
	const named = run?.tasks.filter(task => task.taskId === taskId) ?? [];
	const task = named.find(one => one.mapIndex === Number(mapIndex));
	if (run !== undefined && task !== undefined) return { run, task };
	if (mapIndex === '-1' && named.length > 0) {
		throw notFound('Task instance is mapped, add the map_index value to the URL');
	}
	throw notFound(
		`The Task Instance with dag_id: \`${dagId}\`, run_id: \`${runId}\` and task_id: \`${taskId}\` was not found`,
	);
}

function mark(world: World, call: Call, json: (pair: Pair) => object): void {
	const { mapIndex } = call.params;
	const run = findRun(world.airflow, call.param('dagId'), call.param('runId'));
	// Without an index, all instances of a mapped task.
	const tasks = run?.tasks.filter(
		task => task.taskId === call.param('taskId') && (mapIndex === undefined || task.mapIndex === Number(mapIndex)),
	);
	if (run === undefined || tasks === undefined || tasks.length === 0) {
		throw notFound(
			`Task Instance not found for dag_id=${call.param('dagId')}, run_id=${call.param('runId')}, task_id=${call.param('taskId')}`,
		);
	}
	const body = bodyOf(
		call,
		[],
		...['new_state', 'note', 'include_upstream', 'include_downstream', 'include_future', 'include_past'],
	);
	if (body === undefined) return;
	if (Object.hasOwn(body, 'new_state')) {
		const state = oneOf(call, body, 'new_state', 'success', 'failed', 'skipped');
		if (state === undefined) return;
		if (tasks.every(task => task.state === state)) {
			return sendDetail(call, 409, `Task id ${call.param('taskId')} is already in ${state} state`);
		}
		for (const task of tasks) {
			task.state = state;
			task.execution++;
			task.startedAt ??= world.time;
			task.endedAt = world.time;
			world.airflow.working.delete(keyOf(task));
		}
	}
	if (Object.hasOwn(body, 'note')) for (const task of tasks) task.note = textOf(body.note) || null;
	run.updatedAt = world.time;
	sendJson(call, { task_instances: tasks.map(task => json({ run, task })), total_entries: tasks.length });
}

/** `transform`, or `["transform", 1]` for one instance of a mapped task. */
function namedOf(value: Json): { readonly taskId: string; readonly mapIndex: number | null } | undefined {
	if (typeof value === 'string') return { taskId: value, mapIndex: null };
	const [taskId, mapIndex] = Array.isArray(value) ? value : [];
	return typeof taskId === 'string' && typeof mapIndex === 'number' ? { taskId, mapIndex } : undefined;
}

function clear(world: World, call: Call, json: (pair: Pair) => object): void {
	const dag = dagOf(world, call);
	const { dagId } = dag.definition;
	const body = bodyOf(call, [], ...CLEAR_FIELDS);
	if (body === undefined) return;
	const runId = textOf(body.dag_run_id);
	const only = runId === undefined ? undefined : findRun(world.airflow, dagId, runId);
	if (runId !== undefined && only === undefined) throw notFound(`Dag Run id ${runId} not found in dag ${dagId}`);
	if (body.only_failed !== false && body.only_running === true) {
		throw badRequest('only_failed and only_running both are set to True');
	}
	const given = Array.isArray(body.task_ids) ? body.task_ids.flatMap(one => namedOf(one) ?? []) : undefined;
	const named = given?.filter(({ taskId }) => dag.definition.tasks.some(task => task.taskId === taskId));
	const ids = named?.map(({ taskId }) => taskId) ?? [];
	const all = body.include_downstream === true ? withDownstream(dag, ids) : new Set(ids);
	// Downstream tasks are added as whole tasks, and with them all instances of the named ones.
	const whole = all.size > 1 ? all : new Set<string>();
	const isNamed = (task: TaskInstance) =>
		named === undefined ||
		whole.has(task.taskId) ||
		named.some(one => one.taskId === task.taskId && (one.mapIndex === null || one.mapIndex === task.mapIndex));
	const runs = world.airflow.runs.filter(run => run.dagId === dagId && (only === undefined || run === only));
	const chosen = runs.flatMap(run =>
		run.tasks
			.filter(
				task =>
					isNamed(task) && (body.only_failed === false || task.state === 'failed' || task.state === 'upstream_failed'),
			)
			.map(task => ({ run, task })),
	);
	const answer = { task_instances: chosen.map(json), total_entries: chosen.length, ...NO_CURSORS };
	if (body.dry_run === false) {
		const tasks = chosen.map(({ task }) => task);
		clearTasks(world, dag, tasks, body.reset_dag_runs !== false);
	}
	sendJson(call, answer);
}
