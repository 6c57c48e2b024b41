import type { Call } from '../server/routes.ts';
import { type Container, isUp } from '../world/containers/container.ts';
import { labelsOf } from '../world/containers/labels.ts';
import { presentContainers, type World } from '../world/world.ts';
import { listedContainer } from './container-json.ts';
import { matchesAny, matchesLabels, readFilters } from './filters.ts';
import { EngineError, flag, sendJson } from './reply.ts';

/** The container of `:id`: its name, its id or a unique start of it. Throws EngineError 404. */
export function findContainer(world: World, call: Call): Container {
	const wanted = call.param('id');
	const all = presentContainers(world);
	const container =
		all.find(({ id, definition }) => id === wanted || definition.name === wanted.replace(/^\//, '')) ??
		all.find(({ id }) => /^[0-9a-f]+$/.test(wanted) && id.startsWith(wanted));
	if (container === undefined) throw new EngineError(404, `No such container: ${wanted}`);
	return container;
}

const LIST_FILTERS = [
	'ancestor',
	'before',
	'exited',
	'expose',
	'health',
	'id',
	'is-task',
	'isolation',
	'label',
	'name',
	'network',
	'publish',
	'since',
	'status',
	'volume',
];

/** `docker ps`. */
export function listContainers(
	world: World,
	call: Call,
	listed: (world: World, container: Container) => object = listedContainer,
): void {
	const filters = readFilters(call.query.get('filters'), LIST_FILTERS);
	const all = flag(call, 'all') || filters.has('status') || filters.has('exited');
	const chosen = presentContainers(world)
		.filter(
			container =>
				(all || isUp(container) || container.status === 'restarting') &&
				matchesLabels(labelsOf(container), filters.get('label')) &&
				matchesAny(filters.get('name'), text => container.definition.name.includes(text.replace(/^\//, ''))) &&
				matchesAny(filters.get('id'), text => container.id.startsWith(text)) &&
				matchesAny(filters.get('status'), text => container.status === text) &&
				matchesAny(filters.get('health'), text => (container.health?.status ?? 'none') === text) &&
				matchesAny(filters.get('ancestor'), text => container.definition.image === text),
		)
		.sort((a, b) => b.createdAt - a.createdAt);
	sendJson(
		call.response,
		chosen.map(container => listed(world, container)),
	);
}
