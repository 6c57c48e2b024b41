import { isObject, textOf, textsOf } from '../server/json.ts';
import type { Call, Route } from '../server/routes.ts';
import { route } from '../server/routes.ts';
import { type DagRun, findRun } from '../world/airflow/airflow-state.ts';
import { clearTasks, createRun, setRunState } from '../world/airflow/runs.ts';
import { logTime } from '../world/time.ts';
import type { World } from '../world/world.ts';
import { confFits, OOPS_PAGE } from './conf.ts';
import { dagRunJson, taskReferenceJson } from './dag-json.ts';
import { allowFields, allowQuery, dateOf, jsonBody, PAGING, paged, sortBy } from './parameters.ts';
import { badRequest, Problem } from './problem.ts';
import { sendJson, sendText } from './reply.ts';
import { isFrom210 } from './since-2-10.ts';

const RANGES = ['execution_date', 'start_date', 'end_date', 'updated_at'] as const;
const RANGE_PARAMETERS = RANGES.flatMap(name => [`${name}_gte`, `${name}_lte`]);
const BATCH_FIELDS = ['order_by', 'page_offset', 'page_limit', 'dag_ids', 'states', ...RANGE_PARAMETERS];

const ORDERS: Readonly<Record<string, (run: DagRun) => string | number | undefined>> = {
	id: run => run.id,
	state: run => run.state,
	dag_id: run => run.dagId,
	execution_date: run => run.logicalDate,
	dag_run_id: run => run.runId,
	start_date: run => run.startedAt,
	end_date: run => run.endedAt,
	updated_at: run => run.updatedAt,
	external_trigger: run => (run.runType === 'manual' ? 1 : 0),
	conf: run => JSON.stringify(run.conf),
};

function inRanges(run: DagRun, get: (name: string) => string | null | undefined): boolean {
	const values = {
		execution_date: run.logicalDate,
		start_date: run.startedAt,
		end_date: run.endedAt,
		updated_at: run.updatedAt,
	};
	return RANGES.every(name => {
		const from = dateOf(get(`${name}_gte`), name);
		const to = dateOf(get(`${name}_lte`), name);
		const value = values[name];
		if (value === undefined) return from === undefined && to === undefined;
		return (from === undefined || value >= from) && (to === undefined || value <= to);
	});
}

function runOf(world: World, call: Call, title = 'DAGRun not found'): DagRun {
	const [dagId, runId] = [call.param('dagId'), call.param('runId')];
	const run = findRun(world.airflow, dagId, runId);
	if (run === undefined)
		throw new Problem(404, title, `DAGRun with DAG ID: '${dagId}' and DagRun ID: '${runId}' not found`);
	return run;
}

/** airflow/api_connexion/endpoints/dag_run_endpoint.py */
export function dagRunRoutes(world: World): Route<void>[] {
	return [
		route('POST', '/api/v1/dags/~/dagRuns/list', call => batch(world, call)),
		route('GET', '/api/v1/dags/:dagId/dagRuns', call => list(world, call)),
		route('POST', '/api/v1/dags/:dagId/dagRuns', call => trigger(world, call)),
		route('GET', '/api/v1/dags/:dagId/dagRuns/:runId', call => {
			allowQuery(call, 'fields');
			sendJson(call, dagRunJson(runOf(world, call)));
		}),
		route('DELETE', '/api/v1/dags/:dagId/dagRuns/:runId', call => {
			const run = runOf(world, call, 'Not Found');
			world.airflow.runs.splice(world.airflow.runs.indexOf(run), 1);
			sendText(call, '', 'application/json', 204);
		}),
		route('PATCH', '/api/v1/dags/:dagId/dagRuns/:runId', call => {
			const run = runOfOrTitle(world, call);
			const body = jsonBody(call);
			allowFields(body, 'state');
			const state = textOf(body.state) ?? '';
			if (!['success', 'failed', 'queued'].includes(state)) {
				throw badRequest(`'${state}' is not one of ['success', 'failed', 'queued'] - 'state'`);
			}
			setRunState(world, run, state);
			sendJson(call, dagRunJson(run));
		}),
		route('POST', '/api/v1/dags/:dagId/dagRuns/:runId/clear', call => {
			const run = runOfOrTitle(world, call);
			const body = jsonBody(call);
			allowFields(body, 'dry_run');
			const dag = world.airflow.dags.get(run.dagId);
			if (dag === undefined) throw new Problem(404, 'DAG not found');
			if (body.dry_run !== false)
				return sendJson(call, { task_instances: run.tasks.map(task => taskReferenceJson(run, task)) });
			clearTasks(world, dag, run.tasks, true);
			sendJson(call, dagRunJson(run));
		}),
		route('PATCH', '/api/v1/dags/:dagId/dagRuns/:runId/setNote', call => {
			const run = runOfOrTitle(world, call);
			const body = jsonBody(call);
			allowFields(body, 'note');
			run.note = textOf(body.note) ?? null;
			run.updatedAt = world.time;
			sendJson(call, dagRunJson(run));
		}),
	];
}

/** These endpoints put the whole message into the title. */
function runOfOrTitle(world: World, call: Call): DagRun {
	const run = findRun(world.airflow, call.param('dagId'), call.param('runId'));
	if (run === undefined)
		throw new Problem(404, `Dag Run id ${call.param('runId')} not found in dag ${call.param('dagId')}`);
	return run;
}

function list(world: World, call: Call): void {
	allowQuery(call, ...PAGING, 'order_by', 'state', 'fields', ...RANGE_PARAMETERS);
	const dagId = call.param('dagId');
	const states = call.query.getAll('state').flatMap(text => text.split(','));
	const chosen = world.airflow.runs.filter(
		run =>
			(dagId === '~' || run.dagId === dagId) &&
			(states.length === 0 || states.includes(run.state)) &&
			inRanges(run, name => call.query.get(name)),
	);
	const sorted = sortBy(chosen, call.query.get('order_by') ?? 'id', ORDERS);
	sendJson(call, { dag_runs: paged(call, sorted).map(dagRunJson), total_entries: chosen.length });
}

function batch(world: World, call: Call): void {
	const body = jsonBody(call);
	allowFields(body, ...BATCH_FIELDS);
	const dagIds = textsOf(body.dag_ids) ?? [];
	const states = textsOf(body.states) ?? [];
	const chosen = world.airflow.runs.filter(
		run =>
			(dagIds.length === 0 || dagIds.includes(run.dagId)) &&
			(states.length === 0 || states.includes(run.state)) &&
			inRanges(run, name => textOf(body[name])),
	);
	const limit = typeof body.page_limit === 'number' ? body.page_limit : 100;
	const offset = typeof body.page_offset === 'number' ? body.page_offset : 0;
	const sorted = sortBy(chosen, textOf(body.order_by) ?? 'id', ORDERS);
	sendJson(call, { dag_runs: sorted.slice(offset, offset + limit).map(dagRunJson), total_entries: chosen.length });
}

function trigger(world: World, call: Call): void {
	const dagId = call.param('dagId');
	const dag = world.airflow.dags.get(dagId);
	if (dag === undefined) throw new Problem(404, 'DAG not found', `DAG with dag_id: '${dagId}' not found`);
	if (dag.hasImportErrors)
		throw new Problem(400, 'DAG cannot be triggered', `DAG with dag_id: '${dagId}' has import errors`);
	const body = jsonBody(call);
	allowFields(
		body,
		'dag_run_id',
		'logical_date',
		'execution_date',
		'conf',
		'note',
		'data_interval_start',
		'data_interval_end',
	);
	if (body.logical_date === null) throw badRequest("None is not of type 'string' - 'logical_date'");
	if (body.dag_run_id === null) throw badRequest("None is not of type 'string' - 'dag_run_id'");
	if (body.conf !== undefined && !isObject(body.conf)) throw badRequest("{} is not of type 'object' - 'conf'");
	const logicalDate = dateOf(textOf(body.logical_date) ?? textOf(body.execution_date), 'logical_date');
	const runId = textOf(body.dag_run_id);
	const twin = world.airflow.runs.find(
		run =>
			run.dagId === dagId && (run.runId === runId || (logicalDate !== undefined && run.logicalDate === logicalDate)),
	);
	if (twin !== undefined && twin.logicalDate === logicalDate) {
		throw new Problem(
			409,
			'Conflict',
			`DAGRun with DAG ID: '${dagId}' and DAGRun logical date: '${logTime.python(logicalDate)}' already exists`,
		);
	}
	if (twin !== undefined) {
		throw new Problem(409, 'Conflict', `DAGRun with DAG ID: '${dagId}' and DAGRun ID: '${runId}' already exists`);
	}
	if (isObject(body.conf) && !confFits(dag.definition, body.conf)) {
		if (isFrom210(world.airflow)) throw badRequest('Invalid input for param: it does not fit its schema');
		sendText(call, OOPS_PAGE, 'text/html; charset=utf-8', 500);
		return;
	}
	const run = createRun(world, dag, {
		dagId,
		runId,
		logicalDate,
		conf: isObject(body.conf) ? body.conf : {},
		note: textOf(body.note) ?? null,
	});
	sendJson(call, dagRunJson(run));
}
