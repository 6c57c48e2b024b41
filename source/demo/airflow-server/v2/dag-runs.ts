import { isObject, textOf, textsOf } from '../../server/json.ts';
import type { Call, Route } from '../../server/routes.ts';
import { route } from '../../server/routes.ts';
import { type DagRun, findRun } from '../../world/airflow/airflow-state.ts';
import { createRun, setRunState } from '../../world/airflow/runs.ts';
import type { World } from '../../world/world.ts';
import { confFits } from '../conf.ts';
import { dateOf, sortBy } from '../parameters.ts';
import { badRequest } from '../problem.ts';
import { dagOf } from './dags.ts';
import { dagRunJson, runAfterOf } from './json.ts';
import { bodyOf, NO_CURSORS, notFound, oneOf, paged } from './parameters.ts';
import { sendDetail, sendInvalid, sendJson } from './reply.ts';

const RANGES = ['run_after', 'logical_date', 'start_date', 'end_date', 'updated_at'] as const;
const ORDERS: Readonly<Record<string, (run: DagRun) => string | number | null | undefined>> = {
	id: run => run.id,
	state: run => run.state,
	dag_id: run => run.dagId,
	run_id: run => run.runId,
	dag_run_id: run => run.runId,
	run_after: runAfterOf,
	logical_date: run => dagRunJson(run).logical_date,
	start_date: run => run.startedAt,
	end_date: run => run.endedAt,
	updated_at: run => run.updatedAt,
	conf: run => JSON.stringify(run.conf),
};

/** A run without that date matches no range. */
function inRanges(run: DagRun, get: (name: string) => string | null | undefined): boolean {
	const { logical_date } = dagRunJson(run);
	const values = {
		run_after: runAfterOf(run),
		logical_date: logical_date === null ? undefined : run.logicalDate,
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

export function runOf(world: World, call: Call): DagRun {
	const [dagId, runId] = [call.param('dagId'), call.param('runId')];
	const run = findRun(world.airflow, dagId, runId);
	if (run === undefined) {
		throw notFound(`The DagRun with dag_id: \`${dagId}\` and run_id: \`${runId}\` was not found`);
	}
	return run;
}

/** airflow-core/src/airflow/api_fastapi/core_api/routes/public/dag_run.py */
export function dagRunRoutes(world: World): Route<void>[] {
	return [
		route('POST', '/api/v2/dags/~/dagRuns/list', call => batch(world, call)),
		route('GET', '/api/v2/dags/:dagId/dagRuns', call => list(world, call)),
		route('POST', '/api/v2/dags/:dagId/dagRuns', call => trigger(world, call)),
		route('GET', '/api/v2/dags/:dagId/dagRuns/:runId', call => sendJson(call, dagRunJson(runOf(world, call)))),
		route('PATCH', '/api/v2/dags/:dagId/dagRuns/:runId', call => {
			const run = runOf(world, call);
			const body = bodyOf(call, [], 'state', 'note');
			if (body === undefined) return;
			if (Object.hasOwn(body, 'state')) {
				const state = oneOf(call, body, 'state', 'queued', 'success', 'failed');
				if (state === undefined) return;
				setRunState(world, run, state);
			}
			if (Object.hasOwn(body, 'note')) {
				run.note = textOf(body.note) || null;
				run.updatedAt = world.time;
			}
			sendJson(call, dagRunJson(run));
		}),
	];
}

function list(world: World, call: Call): void {
	const dagId = call.param('dagId');
	if (dagId !== '~' && !world.airflow.dags.has(dagId)) {
		throw notFound(`The Dag with ID: \`${dagId}\` was not found`);
	}
	const states = call.query.getAll('state');
	const types = call.query.getAll('run_type');
	const chosen = world.airflow.runs.filter(
		run =>
			(dagId === '~' || run.dagId === dagId) &&
			(states.length === 0 || states.includes(run.state)) &&
			(types.length === 0 || types.includes(run.runType)) &&
			inRanges(run, name => call.query.get(name)),
	);
	const sorted = sortBy(chosen, call.query.get('order_by') ?? 'id', ORDERS);
	sendJson(call, { dag_runs: paged(call, sorted).map(dagRunJson), total_entries: chosen.length, ...NO_CURSORS });
}

const BATCH_FIELDS = [
	...['order_by', 'page_offset', 'page_limit', 'dag_ids', 'states'],
	...RANGES.flatMap(name => [`${name}_gte`, `${name}_gt`, `${name}_lte`, `${name}_lt`]),
];

function batch(world: World, call: Call): void {
	const body = bodyOf(call, [], ...BATCH_FIELDS);
	if (body === undefined) return;
	const dagIds = textsOf(body.dag_ids);
	const states = textsOf(body.states);
	const chosen = world.airflow.runs.filter(
		run =>
			(dagIds?.includes(run.dagId) ?? true) &&
			(states?.includes(run.state) ?? true) &&
			inRanges(run, name => textOf(body[name])),
	);
	const limit = typeof body.page_limit === 'number' ? body.page_limit : 100;
	const offset = typeof body.page_offset === 'number' ? body.page_offset : 0;
	const sorted = sortBy(chosen, textOf(body.order_by) ?? 'id', ORDERS);
	sendJson(call, {
		dag_runs: sorted.slice(offset, offset + limit).map(dagRunJson),
		total_entries: chosen.length,
		...NO_CURSORS,
	});
}

function trigger(world: World, call: Call): void {
	const dag = dagOf(world, call);
	const { dagId } = dag.definition;
	const fields = ['dag_run_id', 'data_interval_start', 'data_interval_end', 'run_after', 'conf', 'note'];
	const body = bodyOf(call, ['logical_date'], ...fields);
	if (body === undefined) return;
	if (dag.hasImportErrors) {
		throw badRequest(`DAG with dag_id: '${dagId}' has import errors and cannot be triggered`);
	}
	const { conf = {} } = body;
	if (conf !== null && !isObject(conf)) {
		return sendInvalid(call, 'dict_type', ['body', 'conf'], 'Input should be a valid dictionary', conf);
	}
	const logicalDate = dateOf(textOf(body.logical_date), 'logical_date');
	const runId = textOf(body.dag_run_id);
	const isTwin = (run: DagRun) =>
		run.runId === runId || (logicalDate !== undefined && run.isDated === true && run.logicalDate === logicalDate);
	if (world.airflow.runs.some(run => run.dagId === dagId && isTwin(run))) {
		return sendDetail(call, 409, {
			reason: 'Unique constraint violation',
			statement: 'hidden',
			orig_error: 'hidden',
			message: 'Serious error when handling your request. Check logs for more details',
		});
	}
	if (!confFits(dag.definition, conf ?? {})) throw badRequest('Invalid input for param: it does not fit its schema');
	const run = createRun(world, dag, { dagId, runId, logicalDate, conf: conf ?? {}, note: textOf(body.note) ?? null });
	run.isDated = logicalDate !== undefined;
	sendJson(call, dagRunJson(run));
}
