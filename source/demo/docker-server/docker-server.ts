import { isObject, parseJson, textOf } from '../server/json.ts';
import { type Call, findRoute, type Route, readCall, route } from '../server/routes.ts';
import type { Handler, UpgradeHandler } from '../server/switchable-server.ts';
import { type Container, isUp } from '../world/container.ts';
import { labelsOf } from '../world/labels.ts';
import { kill, pause, restart, setDetached, start, stop, unpause } from '../world/life-cycle.ts';
import { presentContainers, type World } from '../world/world.ts';
import { listedContainer } from './container-json.ts';
import { sendEvents } from './events.ts';
import { createExecs } from './exec.ts';
import { matchesAny, matchesLabels, readFilters } from './filters.ts';
import { diskUsage, images, info, networks, version, volumes } from './host.ts';
import { inspectedContainer } from './inspect-json.ts';
import { sendLogs } from './logs.ts';
import { API_VERSION, ENGINE_HEADERS, EngineError, flag, MIN_API_VERSION, sendJson, sendNothing } from './reply.ts';
import { sendStats } from './stats.ts';
import { sendTop } from './top.ts';

/** The part of the Docker Engine API 1.41 that a monitor uses (moby api/swagger.yaml), answered as moby 20.10 does. */
export type DockerServer = { handler: Handler; upgrade: UpgradeHandler; statsStreams: Set<() => void> };

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

export function createDockerServer(world: World, catchUp: () => void): DockerServer {
	const statsStreams = new Set<() => void>();

	const find = (call: Call): Container => {
		const wanted = call.param('id');
		const all = presentContainers(world);
		const container =
			all.find(({ id, definition }) => id === wanted || definition.name === wanted.replace(/^\//, '')) ??
			all.find(({ id }) => /^[0-9a-f]+$/.test(wanted) && id.startsWith(wanted));
		if (container === undefined) throw new EngineError(404, `No such container: ${wanted}`);
		return container;
	};

	const list = (call: Call): void => {
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
			chosen.map(container => listedContainer(world, container)),
		);
	};

	const mustRun = (container: Container): void => {
		if (!isUp(container)) throw new EngineError(409, `Container ${container.id} is not running`);
	};

	const execs = createExecs(world, find);
	const routes: Route<void>[] = [
		...execs.routes,
		route('GET', '/containers/:id/top', call => sendTop(world, find(call), call)),
		route('GET', '/_ping', call => ping(call)),
		route('HEAD', '/_ping', call => ping(call)),
		route('GET', '/version', call => sendJson(call.response, version())),
		route('GET', '/info', call => sendJson(call.response, info(world))),
		route('GET', '/events', call => sendEvents(world, call)),
		route('GET', '/containers/json', list),
		route('GET', '/containers/:id/json', call => sendJson(call.response, inspectedContainer(world, find(call)))),
		route('GET', '/containers/:id/stats', call => sendStats(world, find(call), call, statsStreams)),
		route('GET', '/containers/:id/logs', call => sendLogs(find(call), call)),
		route('POST', '/containers/:id/start', call => {
			const container = find(call);
			if (isUp(container)) return sendNothing(call.response, 304);
			start(world, container);
			sendNothing(call.response, 204);
		}),
		route('POST', '/containers/:id/stop', call => {
			const container = find(call);
			if (!isUp(container) && container.status !== 'restarting') return sendNothing(call.response, 304);
			stop(world, container, () => sendNothing(call.response, 204));
		}),
		route('POST', '/containers/:id/restart', call => {
			restart(world, find(call), () => sendNothing(call.response, 204));
		}),
		route('POST', '/containers/:id/kill', call => {
			const container = find(call);
			if (!isUp(container)) {
				throw new EngineError(
					409,
					`Cannot kill container: ${call.param('id')}: Container ${container.id} is not running`,
				);
			}
			kill(world, container, signalNumber(call.query.get('signal')));
			sendNothing(call.response, 204);
		}),
		route('POST', '/containers/:id/pause', call => {
			const container = find(call);
			mustRun(container);
			if (container.status === 'paused') throw new EngineError(409, `Container ${container.id} is already paused`);
			pause(world, container);
			sendNothing(call.response, 204);
		}),
		route('POST', '/containers/:id/unpause', call => {
			const container = find(call);
			if (container.status !== 'paused') throw new EngineError(500, `Container ${container.id} is not paused`);
			unpause(world, container);
			sendNothing(call.response, 204);
		}),
		route('GET', '/system/df', call => sendJson(call.response, diskUsage(world))),
		route('GET', '/images/json', call => sendJson(call.response, images(world))),
		route('GET', '/volumes', call => sendJson(call.response, { Volumes: volumes(world), Warnings: null })),
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

	return {
		statsStreams,
		upgrade(path, body, socket) {
			catchUp();
			execs.upgrade(path, body, socket);
		},
		async handler(request, response) {
			const call = await readCall(request, response);
			catchUp();
			const versioned = /^\/v(\d+\.\d+)(\/.*)$/.exec(call.path);
			if (versioned !== null && !acceptsVersion(call, versioned[1] ?? '')) return;
			const found = findRoute(routes, call.method, versioned?.[2] ?? call.path);
			if (found === undefined || found === 'method') {
				// moby's router responds before the version middleware, without its headers.
				const body = '{"message":"page not found"}\n';
				response.writeHead(404, { 'Content-Type': 'application/json', 'Content-Length': body.length }).end(body);
				return;
			}
			call.params = found.params;
			try {
				found.route.run(call);
			} catch (error) {
				if (!(error instanceof EngineError)) throw error;
				sendJson(response, { message: error.message }, error.status);
			}
		},
	};
}

function ping({ response, method }: Call): void {
	response.writeHead(200, {
		...ENGINE_HEADERS,
		'Cache-Control': 'no-cache, no-store, must-revalidate',
		Pragma: 'no-cache',
		'Content-Type': 'text/plain; charset=utf-8',
		'Content-Length': method === 'HEAD' ? 0 : 2,
	});
	response.end(method === 'HEAD' ? undefined : 'OK');
}

/** Both error messages of moby's version middleware, word for word. */
function acceptsVersion({ response }: Call, asked: string): boolean {
	const minor = (text: string): number => Number(text.split('.')[1]);
	if (minor(asked) > minor(API_VERSION)) {
		sendJson(
			response,
			{ message: `client version ${asked} is too new. Maximum supported API version is ${API_VERSION}` },
			400,
		);
		return false;
	}
	if (minor(asked) < minor(MIN_API_VERSION)) {
		response.writeHead(400, { ...ENGINE_HEADERS, 'Content-Type': 'text/plain; charset=utf-8' });
		response.end(
			`client version ${asked} is too old. Minimum supported API version is ${MIN_API_VERSION}, please upgrade your client to a newer version\n`,
		);
		return false;
	}
	return true;
}

function signalNumber(text: string | null): string {
	const names: Readonly<Record<string, string>> = { KILL: '9', TERM: '15', INT: '2', HUP: '1' };
	const name = (text ?? 'KILL').replace(/^SIG/, '');
	return names[name] ?? name;
}
