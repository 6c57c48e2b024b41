import type { Route } from '../server/routes.ts';
import { route } from '../server/routes.ts';
import type { StackPart } from '../world/stack-parts.ts';
import { pythonTime, SECOND } from '../world/time.ts';
import { partAnswers, type World } from '../world/world.ts';
import { allowQuery, jsonBody, PAGING, paged, sortBy } from './parameters.ts';
import { badRequest, Problem } from './problem.ts';
import { sendJson } from './reply.ts';
import { eventMore } from './since-2-10.ts';

/** `[scheduler] scheduler_health_check_threshold`. */
export const HEARTBEAT_LIMIT_MS = 30 * SECOND;

/** airflow/api/common/airflow_health.py */
export function healthOf(world: World) {
	const { airflow } = world;
	const { schedulerHeartbeat } = airflow;
	const database = partAnswers(world, 'database');
	const beats = (part: StackPart): boolean => database && partAnswers(world, part);
	const recent = world.time - schedulerHeartbeat < HEARTBEAT_LIMIT_MS;
	return {
		dag_processor:
			airflow.generation === '3' && beats('parser')
				? { latest_dag_processor_heartbeat: pythonTime(world.time), status: 'healthy' }
				: { latest_dag_processor_heartbeat: null, status: null },
		metadatabase: { status: database ? 'healthy' : 'unhealthy' },
		scheduler: database
			? { latest_scheduler_heartbeat: pythonTime(schedulerHeartbeat), status: recent ? 'healthy' : 'unhealthy' }
			: { latest_scheduler_heartbeat: null, status: 'unhealthy' },
		triggerer: beats('triggerer')
			? { latest_triggerer_heartbeat: pythonTime(world.time), status: 'healthy' }
			: { latest_triggerer_heartbeat: null, status: null },
	};
}

/** airflow/api_connexion/endpoints/{pool,import_error,event_log,config}_endpoint.py */
export function monitoringRoutes(world: World): Route<void>[] {
	const { airflow } = world;
	return [
		route('GET', '/api/v1/pools', call => {
			allowQuery(call, ...PAGING, 'order_by');
			sendJson(call, { pools: [poolJson(world)], total_entries: 1 });
		}),
		route('PATCH', '/api/v1/pools/:pool', call => {
			allowQuery(call, 'update_mask');
			const pool = call.param('pool');
			if (pool !== 'default_pool') throw new Problem(404, `Pool with name:'${pool}' not found`);
			if (call.query.get('update_mask') !== 'slots')
				throw badRequest("Default Pool can't be modified unless with update_mask of slots or include_deferred");
			const { slots } = jsonBody(call);
			if (typeof slots !== 'number') throw badRequest("{'slots': ['Not a valid integer.']}");
			airflow.poolSlots = slots;
			sendJson(call, poolJson(world));
		}),
		route('GET', '/api/v1/importErrors', call => {
			allowQuery(call, ...PAGING, 'order_by');
			const sorted = sortBy(airflow.importErrors, call.query.get('order_by') ?? 'import_error_id', {
				import_error_id: error => error.id,
				timestamp: error => error.time,
				filename: error => error.file,
			});
			sendJson(call, {
				import_errors: paged(call, sorted).map(error => ({
					import_error_id: error.id,
					timestamp: pythonTime(error.time),
					filename: error.file,
					stack_trace: error.stackTrace,
				})),
				total_entries: airflow.importErrors.length,
			});
		}),
		route('GET', '/api/v1/eventLogs', call => {
			allowQuery(call, ...PAGING, 'order_by');
			const sorted = sortBy(airflow.eventLog, call.query.get('order_by') ?? 'event_log_id', {
				event_log_id: entry => entry.id,
				when: entry => entry.time,
				dag_id: entry => entry.dagId,
				task_id: entry => entry.taskId,
				event: entry => entry.event,
				execution_date: entry => entry.executionDate,
				owner: entry => entry.owner,
				extra: entry => entry.extra,
			});
			sendJson(call, {
				event_logs: paged(call, sorted).map(entry => ({
					event_log_id: entry.id,
					when: pythonTime(entry.time),
					dag_id: entry.dagId,
					task_id: entry.taskId,
					event: entry.event,
					execution_date: entry.executionDate === null ? null : pythonTime(entry.executionDate),
					owner: entry.owner,
					extra: entry.extra,
					...eventMore(airflow, entry.taskId, entry.runId ?? null),
				})),
				total_entries: airflow.eventLog.length,
			});
		}),
		route('GET', '/api/v1/config', () => {
			throw new Problem(
				403,
				'Forbidden',
				'Your Airflow administrator chose not to expose the configuration, most likely for security reasons.',
			);
		}),
	];
}

export function poolJson({ airflow }: World) {
	const states = airflow.runs.flatMap(run => run.tasks.map(({ state }) => state));
	const count = (wanted: string): number => states.filter(state => state === wanted).length;
	const [running, queued] = [count('running'), count('queued')];
	return {
		name: 'default_pool',
		slots: airflow.poolSlots,
		occupied_slots: running + queued,
		running_slots: running,
		queued_slots: queued,
		scheduled_slots: count('scheduled'),
		deferred_slots: count('deferred'),
		open_slots: airflow.poolSlots - running - queued,
		description: 'Default pool',
		include_deferred: false,
	};
}
