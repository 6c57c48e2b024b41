import type { Route } from '../../server/routes.ts';
import { route } from '../../server/routes.ts';
import type { World } from '../../world/world.ts';
import { poolJson } from '../monitoring.ts';
import { sortBy } from '../parameters.ts';
import { badRequest } from '../problem.ts';
import { timeJson } from './json.ts';
import { bodyOf, notFound, paged } from './parameters.ts';
import { sendInvalid, sendJson } from './reply.ts';

/** airflow-core/src/airflow/api_fastapi/core_api/routes/public/{pools,import_error}.py */
export function serverRoutes(world: World): Route<void>[] {
	const { airflow } = world;
	const pool = () => ({ ...poolJson(world), team_name: null });
	return [
		route('GET', '/api/v2/pools', call => sendJson(call, { pools: [pool()], total_entries: 1 })),
		route('GET', '/api/v2/pools/:pool', call => {
			if (call.param('pool') !== 'default_pool') throw notFound(poolMissing(call.param('pool')));
			sendJson(call, pool());
		}),
		route('PATCH', '/api/v2/pools/:pool', call => {
			if (call.param('pool') !== 'default_pool') throw notFound(poolMissing(call.param('pool')));
			const body = bodyOf(call, [], 'pool', 'name', 'slots', 'include_deferred', 'description');
			if (body === undefined) return;
			if (!/^(?:slots|include_deferred)$/.test(call.query.get('update_mask') ?? '')) {
				throw badRequest('Only slots and included_deferred can be modified on Default Pool');
			}
			const { slots } = body;
			if (typeof slots !== 'number') {
				return sendInvalid(call, 'int_type', ['body', 'slots'], 'Input should be a valid integer', slots);
			}
			airflow.poolSlots = slots;
			sendJson(call, pool());
		}),
		route('GET', '/api/v2/importErrors', call => {
			const sorted = sortBy(airflow.importErrors, call.query.get('order_by') ?? 'id', {
				id: error => error.id,
				import_error_id: error => error.id,
				timestamp: error => error.time,
				filename: error => error.file,
			});
			sendJson(call, {
				import_errors: paged(call, sorted).map(error => ({
					import_error_id: error.id,
					timestamp: timeJson(error.time),
					filename: error.file.replace('/opt/airflow/dags/', ''),
					bundle_name: 'dags-folder',
					stack_trace: error.stackTrace,
				})),
				total_entries: airflow.importErrors.length,
			});
		}),
	];
}

const poolMissing = (name: string): string => `The Pool with name: \`${name}\` was not found`;
