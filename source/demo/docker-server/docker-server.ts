import { type Call, findRoute, type Route, readCall, route } from '../server/routes.ts';
import type { Handler, UpgradeHandler } from '../server/switchable-server.ts';
import type { World } from '../world/world.ts';
import { findContainer, listContainers } from './containers.ts';
import { sendEvents } from './events.ts';
import { createExecs } from './exec.ts';
import { diskUsage, images, info, version, volumes } from './host.ts';
import { inspectedContainer } from './inspect-json.ts';
import { lifeCycleRoutes } from './life-cycle-routes.ts';
import { sendLogs } from './logs.ts';
import { networkRoutes } from './network-routes.ts';
import { API_VERSION, ENGINE_HEADERS, EngineError, MIN_API_VERSION, sendJson } from './reply.ts';
import { sendStats } from './stats.ts';
import { sendTop } from './top.ts';

/** The part of the Docker Engine API 1.41 that a monitor uses (moby api/swagger.yaml), answered as moby 20.10 does. */
export type DockerServer = { handler: Handler; upgrade: UpgradeHandler; statsStreams: Set<() => void> };

export function createDockerServer(world: World, catchUp: () => void): DockerServer {
	const statsStreams = new Set<() => void>();

	const execs = createExecs(world);
	const routes: Route<void>[] = [
		...execs.routes,
		route('GET', '/containers/:id/top', call => sendTop(world, findContainer(world, call), call)),
		route('GET', '/_ping', call => ping(call)),
		route('HEAD', '/_ping', call => ping(call)),
		route('GET', '/version', call => sendJson(call.response, version())),
		route('GET', '/info', call => sendJson(call.response, info(world))),
		route('GET', '/events', call => sendEvents(world, call)),
		route('GET', '/containers/json', call => listContainers(world, call)),
		route('GET', '/containers/:id/json', call =>
			sendJson(call.response, inspectedContainer(world, findContainer(world, call))),
		),
		route('GET', '/containers/:id/stats', call => sendStats(world, findContainer(world, call), call, statsStreams)),
		route('GET', '/containers/:id/logs', call => sendLogs(findContainer(world, call), call)),
		...lifeCycleRoutes(world),
		route('GET', '/system/df', call => sendJson(call.response, diskUsage(world))),
		route('GET', '/images/json', call => sendJson(call.response, images(world))),
		...networkRoutes(world),
		route('GET', '/volumes', call => sendJson(call.response, { Volumes: volumes(world), Warnings: null })),
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
