import { type Call, findRoute, type Route, readCall, route } from '../../server/routes.ts';
import type { Handler } from '../../server/switchable-server.ts';
import { say } from '../../world/logs/container-log.ts';
import { requestLine } from '../../world/logs/request-log.ts';
import { partAnswers, partOf, type World } from '../../world/world.ts';
import { healthOf } from '../monitoring.ts';
import { Problem } from '../problem.ts';
import { logChange } from './audit-log.ts';
import { dagRunRoutes } from './dag-runs.ts';
import { dagRoutes } from './dags.ts';
import { serverRoutes } from './monitoring.ts';
import { newerRoutes } from './newer.ts';
import { sendDetail, sendJson, sendPage } from './reply.ts';
import { structureRoutes } from './structure.ts';
import { taskInstanceRoutes } from './task-instances.ts';
import { taskLogRoutes } from './task-log.ts';
import { giveToken, refusalOf } from './tokens.ts';
import { watchingRoutes } from './watching.ts';
import { xcomRoutes } from './xcoms.ts';

/**
 * The API server of Airflow 3.3.2 with the simple auth manager: tokens, and the part of its REST API v2 that a monitor
 * uses. Its responses were compared with a running server.
 */
export function createApiServer(world: World, catchUp: () => void): Handler {
	const open = openRoutes(world);
	const api: Route<void>[] = [
		...dagRunRoutes(world),
		// Their last part is no map index.
		...watchingRoutes(world, catchUp),
		...xcomRoutes(world),
		...taskInstanceRoutes(world),
		...taskLogRoutes(world),
		...dagRoutes(world),
		...serverRoutes(world),
		...newerRoutes(world),
		...structureRoutes(world),
	];

	const answer = (call: Call): void => {
		const free = findRoute(open, call.method, call.path);
		if (free !== undefined && free !== 'method') {
			call.params = free.params;
			return free.route.run(call);
		}
		const found = findRoute(api, call.method, call.path);
		if (free === 'method' || found === 'method') return sendDetail(call, 405, 'Method Not Allowed');
		if (found === undefined) {
			if (/^\/(?:api|auth)\//.test(call.path)) return sendDetail(call, 404, 'Not Found');
			// The web interface is a single page for all paths.
			return sendPage(call);
		}
		if (!partAnswers(world, 'database')) throw new Problem(500, 'Internal Server Error');
		const refusal = refusalOf(world, call);
		if (refusal) return sendDetail(call, refusal.status, refusal.detail);
		call.params = found.params;
		found.route.run(call);
		logChange(world, call);
	};

	return async (request, response) => {
		const call = await readCall(request, response);
		catchUp();
		response.setHeader('Date', new Date(world.time).toUTCString());
		try {
			answer(call);
		} catch (error) {
			if (!(error instanceof Problem)) throw error;
			sendDetail(call, error.status, error.detail ?? error.title ?? '');
		}
		const container = partOf(world, 'web');
		if (container === undefined) return;
		const client = `${container.definition.project.subnet}.1:${request.socket.remotePort ?? 0}`;
		const { method = '', url = '' } = request;
		say(
			container,
			world.time,
			requestLine(world.time, { client, method, url, status: response.statusCode, durationMs: 8 }),
		);
	};
}

/** What it answers without a token. */
function openRoutes(world: World): Route<void>[] {
	return [
		route('GET', '/api/v2/version', call =>
			sendJson(call, { version: '3.3.2', git_version: '.release:aa19d2d8b5a0c7e2f6c4b1d9e3f7a5c8b2d4e6f0' }),
		),
		route('GET', '/api/v2/monitor/health', call => sendJson(call, healthOf(world))),
		route('POST', '/auth/token', call => giveToken(world, call)),
		route('POST', '/auth/token/cli', call => giveToken(world, call)),
		route('GET', '/auth/token', call =>
			sendDetail(
				call,
				403,
				'This method is only allowed if ``[core] simple_auth_manager_all_admins`` is True, which it is not',
			),
		),
		route('GET', '/health', call =>
			sendJson(call, { error: 'Moved in Airflow 3. Please change config to check `/api/v2/monitor/health`' }, 404),
		),
		route('GET', '/api/v1/:path*', call =>
			sendJson(
				call,
				{ error: '/api/v1 has been removed in Airflow 3, please use its upgraded version /api/v2 instead.' },
				404,
			),
		),
	];
}
