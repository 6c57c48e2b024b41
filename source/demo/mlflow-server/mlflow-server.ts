import { type Call, findRoute, readCall } from '../server/routes.ts';
import type { Handler } from '../server/switchable-server.ts';
import type { StackUser } from '../world/containers/official-containers.ts';
import { isMlflow3 } from '../world/versions.ts';
import type { World } from '../world/world.ts';
import { sendArtifact } from './artifacts.ts';
import { isLetIn, refuse } from './basic-auth.ts';
import { experimentRoutes } from './experiments.ts';
import { loggedModelRoutes } from './logged-models.ts';
import { registryRoutes } from './registry.ts';
import { MlflowError, sendError, sendText } from './reply.ts';
import { traceRoutes } from './traces.ts';

const PREFIX = /^\/(?:ajax-)?api\/([23])\.0\/mlflow(\/.*)$/;
const HTML = 'text/html; charset=utf-8';
/** mlflow/server/security_utils.py, get_default_allowed_hosts: localhost and private addresses, with any port. */
const ALLOWED_HOST =
	/^(?:localhost|0\.0\.0\.0|127\.0\.0\.1|\[::1\]|192\.168\.[\d.]+|10\.[\d.]+|172\.(?:1[6-9]|2\d|3[01])\.[\d.]+)(?::\d+)?$/;
/** gunicorn's sync workers close the connection after each answer, uvicorn keeps it. */
const HEADERS = { gunicorn: { Server: 'gunicorn', Connection: 'close' }, uvicorn: { Server: 'uvicorn' } } as const;

/**
 * The tracking server of MLflow 2.9.2 or 3.17.2: the part for experiments, runs, models and traces that a monitor reads.
 * Compared with recorded answers of both.
 * @param user who alone is let in; null: everybody
 */
export function createMlflowServer(world: World, catchUp: () => void, user: StackUser | null = null): Handler {
	const store = world.mlflow;
	const isNewer = isMlflow3(store.version);
	const routes = {
		'2': [...experimentRoutes(store), ...registryRoutes(world, store), ...(isNewer ? loggedModelRoutes(store) : [])],
		'3': isNewer ? traceRoutes(store) : [],
	};
	const headers = HEADERS[isNewer ? 'uvicorn' : 'gunicorn'];
	const answer = (call: Call): void => {
		if (user !== null && !isLetIn(call, user)) return refuse(call);
		if (call.path === '/health') return sendText(call, 'OK', isNewer ? 'text/plain; charset=utf-8' : HTML);
		if (call.path === '/version') return sendText(call, store.version, HTML);
		if (isNewer && !ALLOWED_HOST.test(call.request.headers.host ?? '')) {
			return sendText(call, 'Invalid Host header - possible DNS rebinding attack detected', 'text/plain', 403);
		}
		if (call.path === '/')
			return sendText(call, '<!doctype html><html lang="en"><head><title>MLflow</title></head></html>', HTML);
		if (call.path === '/get-artifact' && call.method === 'GET') return sendArtifact(store, call);
		const [, generation, path = ''] = PREFIX.exec(call.path) ?? [];
		const found = findRoute(routes[generation === '3' ? '3' : '2'], call.method, path);
		if (found === undefined) return sendText(call, NOT_FOUND, HTML, 404);
		if (found === 'method') return sendText(call, NOT_ALLOWED, HTML, 405);
		call.params = found.params;
		found.route.run(call);
	};
	return async (request, response) => {
		const call = await readCall(request, response);
		catchUp();
		for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
		try {
			answer(call);
		} catch (error) {
			if (!(error instanceof MlflowError)) throw error;
			sendError(call, error, isNewer);
		}
	};
}

const errorPage = (status: number, title: string, text: string): string =>
	`<!doctype html>\n<html lang=en>\n<title>${status} ${title}</title>\n<h1>${title}</h1>\n<p>${text}</p>\n`;
const NOT_FOUND = errorPage(
	404,
	'Not Found',
	'The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.',
);
const NOT_ALLOWED = errorPage(405, 'Method Not Allowed', 'The method is not allowed for the requested URL.');
