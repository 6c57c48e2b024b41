import { findRoute, readCall } from '../server/routes.ts';
import type { Handler } from '../server/switchable-server.ts';
import type { World } from '../world/world.ts';
import { experimentRoutes } from './experiments.ts';
import { registryRoutes } from './registry.ts';
import { MlflowError, sendError, sendText } from './reply.ts';

const PREFIX = /^\/(?:ajax-)?api\/2\.0\/mlflow(\/.*)$/;
const HTML = 'text/html; charset=utf-8';

/** The tracking server of MLflow 2.9.2: the part for experiments, runs and the model registry that a monitor reads. */
export function createMlflowServer(world: World, catchUp: () => void): Handler {
	const routes = [...experimentRoutes(world.mlflow), ...registryRoutes(world, world.mlflow)];
	return async (request, response) => {
		const call = await readCall(request, response);
		catchUp();
		if (call.path === '/health') return sendText(call, 'OK', HTML);
		if (call.path === '/version') return sendText(call, '2.9.2', HTML);
		if (call.path === '/')
			return sendText(call, '<!doctype html><html lang="en"><head><title>MLflow</title></head></html>', HTML);
		const path = PREFIX.exec(call.path)?.[1];
		const found = path === undefined ? undefined : findRoute(routes, call.method, path);
		if (found === undefined)
			return sendText(
				call,
				errorPage(
					404,
					'Not Found',
					'The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.',
				),
				HTML,
				404,
			);
		if (found === 'method')
			return sendText(
				call,
				errorPage(405, 'Method Not Allowed', 'The method is not allowed for the requested URL.'),
				HTML,
				405,
			);
		call.params = found.params;
		try {
			found.route.run(call);
		} catch (error) {
			if (!(error instanceof MlflowError)) throw error;
			sendError(call, error);
		}
	};
}

const errorPage = (status: number, title: string, text: string): string =>
	`<!doctype html>\n<html lang=en>\n<title>${status} ${title}</title>\n<h1>${title}</h1>\n<p>${text}</p>\n`;
