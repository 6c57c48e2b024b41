import { isObject, textOf, textsOf } from '../../server/json.ts';
import type { Call, Route } from '../../server/routes.ts';
import { route } from '../../server/routes.ts';
import { type Dag, type DagRun, findRun, type TaskInstance, versionOf } from '../../world/airflow/airflow-state.ts';
import { type AssetRow, assetsOf, cancelBackfill, createBackfill, plannedDates } from '../../world/airflow/newer.ts';
import type { AssetEvent, BackfillRow, Question } from '../../world/airflow/newer-state.ts';
import { createRun, preciseNow } from '../../world/airflow/runs.ts';
import { pythonTime } from '../../world/time.ts';
import type { World } from '../../world/world.ts';
import { dateOf } from '../parameters.ts';
import { badRequest, Problem } from '../problem.ts';
import { dagOf } from './dags.ts';
import { dagRunJson, instanceJson, timeJson, versionJson } from './json.ts';
import { bodyOf, notFound, oneOf, paged } from './parameters.ts';
import { sendJson } from './reply.ts';
import { pairOf } from './task-instances.ts';

type QuestionRow = Question<TaskInstance>;

const BACKFILL_FIELDS = [
	...['run_backwards', 'dag_run_conf', 'reprocess_behavior', 'max_active_runs', 'run_on_latest_version'],
];
const HITL = '/api/v2/dags/:dagId/dagRuns/:runId/taskInstances/:taskId/:mapIndex/hitlDetails';

/** airflow-core/src/airflow/api_fastapi/core_api/routes/public/{backfills,hitl,dag_versions,assets}.py */
export function newerRoutes(world: World): Route<void>[] {
	return [...backfillRoutes(world), ...questionRoutes(world), ...versionRoutes(world), ...assetRoutes(world)];
}

function backfillRoutes(world: World): Route<void>[] {
	const { newer } = world.airflow;
	const rowOf = (call: Call): BackfillRow => {
		const row = newer.backfills.find(({ id }) => id === Number(call.param('id')));
		if (row === undefined) throw notFound('Backfill not found');
		return row;
	};
	const change = (call: Call, how: (row: BackfillRow) => void) => {
		const row = rowOf(call);
		if (row.completedAt !== undefined) throw new Problem(409, 'Backfill is already completed.');
		how(row);
		row.updatedAt = world.time;
		sendJson(call, backfillJson(row));
	};
	return [
		route('GET', '/api/v2/backfills', call => {
			const rows = newer.backfills.filter(({ dagId }) => dagId === call.query.get('dag_id'));
			const sorted = call.query.get('order_by') === '-id' ? rows.toReversed() : rows;
			sendJson(call, { backfills: paged(call, sorted).map(backfillJson), total_entries: rows.length });
		}),
		route('POST', '/api/v2/backfills/dry_run', call => {
			const wanted = wantedOf(world, call);
			if (wanted === undefined) return;
			const dates = plannedDates(world, wanted.dag, wanted);
			const backfills = dates.map(date => ({
				logical_date: timeJson(date),
				partition_key: null,
				partition_date: null,
			}));
			sendJson(call, { backfills, total_entries: dates.length });
		}),
		route('POST', '/api/v2/backfills', call => {
			const wanted = wantedOf(world, call);
			if (wanted === undefined) return;
			const { dag, ...named } = wanted;
			const { dagId } = dag.definition;
			if (newer.backfills.some(row => row.dagId === dagId && row.completedAt === undefined)) {
				throw new Problem(409, `There is already a running backfill for dag ${dagId}`);
			}
			sendJson(call, backfillJson(createBackfill(world, dag, named)));
		}),
		route('GET', '/api/v2/backfills/:id', call => sendJson(call, backfillJson(rowOf(call)))),
		route('PUT', '/api/v2/backfills/:id/pause', call => {
			change(call, row => {
				row.isPaused = true;
			});
		}),
		route('PUT', '/api/v2/backfills/:id/unpause', call => {
			change(call, row => {
				row.isPaused = false;
			});
		}),
		route('PUT', '/api/v2/backfills/:id/cancel', call => change(call, row => cancelBackfill(world, row))),
	];
}

/** The backfill of a request; undefined after an error response. */
function wantedOf(world: World, call: Call) {
	const body = bodyOf(call, ['dag_id', 'from_date', 'to_date'], ...BACKFILL_FIELDS);
	if (body === undefined) return undefined;
	const given = { reprocess_behavior: 'none', ...body };
	const reprocess = oneOf(call, given, 'reprocess_behavior', 'failed', 'completed', 'none');
	if (reprocess === undefined) return undefined;
	const dagId = textOf(body.dag_id) ?? '';
	const dag = world.airflow.dags.get(dagId);
	if (dag === undefined) throw notFound(`Could not find dag ${dagId}`);
	if (dag.definition.scheduledBy !== undefined || dag.definition.isUnscheduled) {
		throw new Problem(422, `${dagId} has a non-periodic schedule that does not support backfills`);
	}
	const from = dateOf(textOf(body.from_date), 'from_date') ?? 0;
	const to = dateOf(textOf(body.to_date), 'to_date') ?? 0;
	if (from > to) {
		throw new Problem(422, `from_date (${pythonTime(from)}) must not be after to_date (${pythonTime(to)}).`);
	}
	const maxActiveRuns = typeof body.max_active_runs === 'number' ? body.max_active_runs : 10;
	return { dag, from, to, reprocess, maxActiveRuns, isBackwards: body.run_backwards === true };
}

const backfillJson = (row: BackfillRow) => ({
	id: row.id,
	dag_id: row.dagId,
	from_date: timeJson(row.from),
	to_date: timeJson(row.to),
	dag_run_conf: null,
	is_paused: row.isPaused,
	reprocess_behavior: row.reprocess,
	max_active_runs: row.maxActiveRuns,
	created_at: timeJson(row.createdAt),
	completed_at: timeJson(row.completedAt),
	updated_at: timeJson(row.updatedAt),
	dag_display_name: row.dagId,
});

function questionRoutes(world: World): Route<void>[] {
	const { newer } = world.airflow;
	const rowOf = (call: Call): QuestionRow => {
		const { task } = pairOf(world, call, call.param('mapIndex'));
		const row = newer.questions.find(question => question.task === task);
		if (row === undefined) throw notFound(`Human-in-the-loop detail does not exist for Task Instance ${task.taskId}`);
		return row;
	};
	return [
		route('GET', '/api/v2/dags/:dagId/dagRuns/:runId/hitlDetails', call => {
			const received = call.query.get('response_received');
			const fits = (wanted: string, is: string) => wanted === '~' || wanted === is;
			const rows = newer.questions.filter(
				({ task, answer }) =>
					fits(call.param('dagId'), task.dagId) &&
					fits(call.param('runId'), task.runId) &&
					(received === null || (received === 'true') === (answer !== undefined)),
			);
			const page = paged(call, rows).map(row => questionJson(world, row));
			sendJson(call, { hitl_details: page, total_entries: rows.length });
		}),
		route('GET', HITL, call => sendJson(call, questionJson(world, rowOf(call)))),
		route('PATCH', HITL, call => {
			const row = rowOf(call);
			const body = bodyOf(call, ['chosen_options'], 'params_input');
			if (body === undefined) return;
			if (row.answer !== undefined) {
				throw new Problem(
					409,
					`Human-in-the-loop detail has already been updated for Task Instance with id ${row.task.taskId} and is not allowed to write again.`,
				);
			}
			const chosen = textsOf(body.chosen_options) ?? [];
			const unknown = chosen.filter(option => !row.asks.options.includes(option));
			const python = (texts: readonly string[]) => `[${texts.map(text => `'${text}'`).join(', ')}]`;
			if (unknown.length > 0) {
				throw badRequest(`Invalid options ${python(unknown)}; allowed options are ${python(row.asks.options)}.`);
			}
			const params = isObject(body.params_input) ? body.params_input : {};
			const by = world.airflow.user;
			row.answer = { at: world.time, by, chosen, params };
			// The try continues, with the same number.
			if (row.task.state === 'awaiting_input') row.task.state = 'scheduled';
			sendJson(call, {
				responded_by: responderJson(world, by),
				responded_at: timeJson(world.time),
				chosen_options: chosen,
				params_input: params,
			});
		}),
	];
}

const responderJson = ({ stack }: World, name: string) => ({ id: stack.hasFab ? '1' : name, name });

function questionJson(world: World, { task, asks, createdAt, answer }: QuestionRow) {
	const run = findRun(world.airflow, task.dagId, task.runId);
	if (run === undefined) throw notFound(`The DagRun with run_id: \`${task.runId}\` was not found`);
	return {
		options: asks.options,
		subject: asks.subject,
		body: asks.body,
		defaults: asks.defaults,
		multiple: asks.multiple,
		params: Object.fromEntries(
			Object.entries(asks.params).map(([name, param]) => [name, { ...param, source: 'task' }]),
		),
		assigned_users: [],
		created_at: timeJson(createdAt),
		responded_by_user: answer === undefined ? null : responderJson(world, answer.by),
		responded_at: timeJson(answer?.at),
		chosen_options: answer?.chosen ?? null,
		params_input: answer?.params ?? {},
		response_received: answer !== undefined,
		task_instance: instanceJson(world.airflow.dags.get(task.dagId), run, task, world.time),
	};
}

function versionRoutes(world: World): Route<void>[] {
	const versionsOf = (dag: Dag) =>
		Array.from({ length: versionOf(dag) }, (_, index) => versionJson(dag.definition.dagId, index + 1)).toReversed();
	return [
		route('GET', '/api/v2/dags/:dagId/dagVersions', call => {
			const versions = versionsOf(dagOf(world, call));
			sendJson(call, { dag_versions: paged(call, versions), total_entries: versions.length });
		}),
	];
}

function assetRoutes(world: World): Route<void>[] {
	const { assetEvents } = world.airflow.newer;
	return [
		route('GET', '/api/v2/assets', call => {
			const assets = assetsOf(world);
			const page = paged(call, assets).map(asset => assetJson(world, asset));
			sendJson(call, { assets: page, total_entries: assets.length });
		}),
		route('GET', '/api/v2/assets/events', call => {
			const id = call.query.get('asset_id');
			const assets = assetsOf(world);
			const rows = assetEvents.filter(
				event => id === null || assets.find(({ name }) => name === event.asset)?.id === Number(id),
			);
			const page = paged(call, rows.toReversed()).map(event => assetEventJson(event, assets));
			sendJson(call, { asset_events: page, total_entries: rows.length });
		}),
		route('POST', '/api/v2/assets/:id/materialize', call => {
			const asset = assetsOf(world).find(({ id }) => id === Number(call.param('id')));
			const [producer, other] = [...new Set(asset?.producers.map(({ dagId }) => dagId))];
			const dag = producer === undefined ? undefined : world.airflow.dags.get(producer);
			if (dag === undefined) throw notFound(`No Dag materializes asset with ID: ${call.param('id')}`);
			if (other !== undefined) {
				throw new Problem(409, `More than one Dag materializes asset with ID: ${call.param('id')}`);
			}
			const body = bodyOf(call, [], 'dag_run_id', 'conf', 'note', 'logical_date', 'run_after', 'partition_key');
			if (body === undefined) return;
			const { dagId } = dag.definition;
			const logicalDate = preciseNow(world);
			const runId = textOf(body.dag_run_id) ?? `asset_materialization__${pythonTime(logicalDate)}`;
			if (findRun(world.airflow, dagId, runId) !== undefined) throw new Problem(409, 'Unique constraint violation');
			sendJson(
				call,
				dagRunJson(createRun(world, dag, { dagId, runId, logicalDate, runType: 'asset_materialization' })),
			);
		}),
	];
}

function assetJson(world: World, { id, name, producers, scheduledDags }: AssetRow) {
	const last = world.airflow.newer.assetEvents.findLast(event => event.asset === name);
	const at = '2026-11-01T08:00:00.000000Z';
	const named = { created_at: at, updated_at: at };
	return {
		...{ id, name, uri: `s3://lake/${name}`, group: 'asset', extra: {}, ...named },
		scheduled_dags: scheduledDags.map(dag_id => ({ dag_id, ...named })),
		producing_tasks: producers.map(({ dagId, taskId }) => ({ dag_id: dagId, task_id: taskId, ...named })),
		consuming_tasks: [],
		aliases: [],
		watchers: [],
		last_asset_event: last === undefined ? null : { id: last.id, timestamp: timeJson(last.time) },
	};
}

const startedJson = (run: DagRun) => ({
	run_id: run.runId,
	dag_id: run.dagId,
	logical_date: null,
	start_date: timeJson(run.startedAt),
	end_date: timeJson(run.endedAt),
	state: run.state,
	data_interval_start: null,
	data_interval_end: null,
	partition_key: null,
	triggering: true,
});

function assetEventJson(
	{ id, asset, time, task, started }: AssetEvent<TaskInstance, DagRun>,
	assets: readonly AssetRow[],
) {
	return {
		id,
		asset_id: assets.find(({ name }) => name === asset)?.id ?? 0,
		uri: `s3://lake/${asset}`,
		name: asset,
		group: 'asset',
		extra: {},
		source_task_id: task.taskId,
		source_dag_id: task.dagId,
		source_run_id: task.runId,
		source_map_index: task.mapIndex,
		created_dagruns: started.map(startedJson),
		timestamp: timeJson(time),
		partition_key: null,
	};
}
