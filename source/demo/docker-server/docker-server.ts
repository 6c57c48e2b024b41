import { type Call, findRoute, type Route, readCall, route } from '../server/routes.ts';
import type { Handler, UpgradeHandler } from '../server/switchable-server.ts';
import type { World } from '../world/world.ts';
import { findContainer, listContainers } from './containers.ts';
import type { EngineKind } from './engine-kind.ts';
import { sendEvents } from './events.ts';
import { createExecs } from './exec.ts';
import { diskUsage, images, info, version, volumes } from './host.ts';
import { inspectedContainer } from './inspect-json.ts';
import { lifeCycleRoutes } from './life-cycle-routes.ts';
import { sendLogs } from './logs.ts';
import { networkRoutes } from './network-routes.ts';
import { EngineError, sendJson } from './reply.ts';
import { sendStats } from './stats.ts';
import { sendTop } from './top.ts';

/**
 * The part of the Docker Engine API that a monitor uses (moby api/swagger.yaml), answered as moby 20.10 does; an engine's
 * own routes go first.
 */
export type DockerServer = { handler: Handler; upgrade: UpgradeHandler; statsStreams: Set<() => void> };

export function createDockerServer(world: World, catchUp: () => void, engine: EngineKind): DockerServer {
	const statsStreams = new Set<() => void>();

	const execs = createExecs(world, engine.headers, engine.complaint);
	const routes: Route<void>[] = [
		...engine.routes(world),
		...execs.routes,
		route('GET', '/containers/:id/top', call => sendTop(world, findContainer(world, call), call)),
		route('GET', '/_ping', call => ping(call)),
		route('HEAD', '/_ping', call => ping(call)),
		route('GET', '/version', call => sendJson(call.response, version(engine))),
		route('GET', '/info', call => sendJson(call.response, info(world, engine))),
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
			for (const [name, value] of Object.entries(engine.headers)) response.setHeader(name, value);
			const versioned = /^\/v(\d+\.\d+)(\/.*)$/.exec(call.path);
			if (versioned !== null && !acceptsVersion(call, versioned[1] ?? '', engine)) return;
			const found = findRoute(routes, call.method, versioned?.[2] ?? call.path);
			if (found === undefined || found === 'method') {
				// moby's router responds before the version middleware, without its headers.
				for (const name of Object.keys(engine.headers)) response.removeHeader(name);
				const body = '{"message":"page not found"}\n';
				response.writeHead(404, { 'Content-Type': 'application/json', 'Content-Length': body.length }).end(body);
				return;
			}
			call.params = found.params;
			try {
				found.route.run(call);
			} catch (error) {
				if (!(error instanceof EngineError)) throw error;
				const { status, body } = engine.complaint(error.status, error.message);
				sendJson(response, body, status);
			}
		},
	};
}

function ping({ response, method }: Call): void {
	response.writeHead(200, {
		'Cache-Control': 'no-cache, no-store, must-revalidate',
		Pragma: 'no-cache',
		'Content-Type': 'text/plain; charset=utf-8',
		'Content-Length': method === 'HEAD' ? 0 : 2,
	});
	response.end(method === 'HEAD' ? undefined : 'OK');
}

/** Both error messages of moby's version middleware, word for word. */
function acceptsVersion({ response }: Call, asked: string, engine: EngineKind): boolean {
	if (!engine.refusesVersions) return true;
	const minor = (text: string): number => Number(text.split('.')[1]);
	if (minor(asked) > minor(engine.apiVersion)) {
		sendJson(
			response,
			{ message: `client version ${asked} is too new. Maximum supported API version is ${engine.apiVersion}` },
			400,
		);
		return false;
	}
	if (minor(asked) < minor(engine.minApiVersion)) {
		response.writeHead(400, { 'Content-Type': 'text/plain; charset=utf-8' });
		response.end(
			`client version ${asked} is too old. Minimum supported API version is ${engine.minApiVersion}, please upgrade your client to a newer version\n`,
		);
		return false;
	}
	return true;
}
