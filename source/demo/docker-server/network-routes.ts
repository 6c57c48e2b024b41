import { isObject, parseJson, textOf } from '../server/json.ts';
import { type Route, route } from '../server/routes.ts';
import { setDetached } from '../world/containers/life-cycle.ts';
import { presentContainers, type World } from '../world/world.ts';
import { matchesAny, matchesLabels, readFilters } from './filters.ts';
import { networks } from './host.ts';
import { EngineError, sendJson, sendNothing } from './reply.ts';

/** Listing networks and connecting containers to them (moby api/server/router/network/network_routes.go). */
export function networkRoutes(world: World): Route<void>[] {
	return [
		route('POST', '/networks/:network/connect', call => {
			const body = parseJson(call.body.toString());
			const wanted = isObject(body) ? textOf(body.Container) : undefined;
			const container = presentContainers(world).find(({ id }) => id === wanted);
			if (container === undefined) throw new EngineError(404, `No such container: ${wanted}`);
			const network = call.param('network');
			if (network !== container.definition.project.network) throw new EngineError(404, `network ${network} not found`);
			if (!container.isDetached)
				throw new EngineError(
					403,
					`endpoint with name ${container.definition.name} already exists in network ${network}`,
				);
			setDetached(world, container, false);
			sendNothing(call.response, 200);
		}),
		route('GET', '/networks', call => {
			const filters = readFilters(call.query.get('filters'), [
				'driver',
				'id',
				'label',
				'name',
				'scope',
				'type',
				'dangling',
			]);
			const chosen = networks(world).filter(
				({ Name, Labels }) =>
					matchesLabels(Labels, filters.get('label')) && matchesAny(filters.get('name'), text => Name.includes(text)),
			);
			sendJson(call.response, chosen);
		}),
	];
}
