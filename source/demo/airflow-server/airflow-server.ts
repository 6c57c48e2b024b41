import { pythonJson } from '../server/json.ts';
import { type Call, findRoute, type Route, readCall, route } from '../server/routes.ts';
import type { Handler } from '../server/switchable-server.ts';
import { say } from '../world/logs/container-log.ts';
import { logTime } from '../world/time.ts';
import { partAnswers, partOf, type World } from '../world/world.ts';
import { dagRunRoutes } from './dag-runs.ts';
import { dagRoutes } from './dags.ts';
import { hasFormToken, sendGrid, sendLoginForm, sendRedirect, sessionOf, takeLogin, userOf } from './login.ts';
import { healthOf, monitoringRoutes } from './monitoring.ts';
import { methodNotAllowed, Problem, pageNotFound } from './problem.ts';
import { sendJson, sendProblem, sendText } from './reply.ts';
import { isFrom210 } from './since-2-10.ts';
import { sendGridData } from './structure.ts';
import { clearByForm, taskInstanceRoutes } from './task-instances.ts';
import { taskLogRoutes } from './task-log.ts';
import { triesRoutes } from './tries.ts';
import { xcomRoutes } from './xcoms.ts';

/** The webserver of Airflow 2.8.0 or 2.10.5: login form, session, and the part of its stable REST API that a monitor uses. */
export function createAirflowServer(world: World, catchUp: () => void): Handler {
	const pages = pageRoutes(world);
	const api: Route<void>[] = [
		...dagRunRoutes(world),
		// Their last part is no map index.
		...xcomRoutes(world),
		...triesRoutes(world),
		...taskInstanceRoutes(world),
		...taskLogRoutes(world),
		...dagRoutes(world),
		...monitoringRoutes(world),
	];

	const answer = (call: Call): void => {
		const page = findRoute(pages, call.method, call.path);
		if (page !== undefined && page !== 'method') {
			call.params = page.params;
			page.route.run(call);
			return;
		}
		const found = findRoute(api, call.method, call.path);
		if (page === 'method' || found === 'method') throw methodNotAllowed();
		if (found === undefined) {
			if (call.path.startsWith('/api/v1')) throw pageNotFound();
			sendText(
				call,
				'<!DOCTYPE html>\n<html lang="en">\n<title>Airflow 404</title>\n</html>\n',
				'text/html; charset=utf-8',
				404,
			);
			return;
		}
		if (!partAnswers(world, 'database')) {
			throw new Problem(500, 'Internal Server Error', null, 'about:blank');
		}
		call.params = found.params;
		if (userOf(world.airflow, call) === undefined) throw new Problem(401, 'Unauthorized');
		found.route.run(call);
	};

	return async (request, response) => {
		const call = await readCall(request, response);
		catchUp();
		response.setHeader('Date', new Date(world.time).toUTCString());
		try {
			answer(call);
		} catch (error) {
			if (!(error instanceof Problem)) throw error;
			sendProblem(call, error, world.airflow);
		}
		// gunicorn's access log, as in the webserver's container.
		const size = response.getHeader('content-length') ?? '-';
		const user = userOf(world.airflow, call) ?? '-';
		const container = partOf(world, 'web');
		if (container === undefined) return;
		say(
			container,
			world.time,
			`${container.definition.project.subnet}.1 - ${user} [${logTime.access(world.time)}] "${request.method} ${request.url} HTTP/1.1" ${response.statusCode} ${size} "-" "${request.headers['user-agent'] ?? '-'}"`,
		);
	};
}

const commitOf = (airflow: World['airflow']): string =>
	isFrom210(airflow) ? 'b93c3db6b1641b0840bd15ac7d05bc58ff2cccbf' : 'db2b75c233e3e3c59ec9d0563b93ddbe733ad0bf';

/** What needs no login of the API: pages of the website, health and version. */
function pageRoutes(world: World): Route<void>[] {
	return [
		// Flask's own JSON, not that of the API: one line.
		route('GET', '/health', call => sendText(call, pythonJson(healthOf(world)), 'application/json')),
		route('GET', '/login/', call => sendLoginForm(world, call)),
		route('POST', '/login/', call => takeLogin(world, call)),
		route('GET', '/', call => sendRedirect(call, '/home')),
		route('GET', '/home', call => {
			if (sessionOf(world.airflow, call)?.session.user === undefined)
				return sendRedirect(call, '/login/?next=http%3A%2F%2F127.0.0.1%2Fhome');
			sendText(
				call,
				'<!DOCTYPE html>\n<html>\n  <head>\n    <title>\n  DAGs - Airflow\n</title>\n  </head>\n</html>\n',
				'text/html; charset=utf-8',
			);
		}),
		route('GET', '/dags/:dagId/grid', call => sendGrid(world, call)),
		route('GET', '/object/grid_data', call => {
			if (sessionOf(world.airflow, call)?.session.user === undefined)
				return sendRedirect(call, '/login/?next=http%3A%2F%2F127.0.0.1%2Fobject%2Fgrid_data');
			if (!partAnswers(world, 'database')) throw new Problem(500, 'Internal Server Error', null, 'about:blank');
			sendGridData(world, call);
		}),
		route('POST', '/clear', call => {
			if (hasFormToken(world.airflow, call)) clearByForm(world, call);
		}),
		route('GET', '/api/v1/health', call => sendJson(call, healthOf(world))),
		route('GET', '/api/v1/version', call =>
			sendJson(call, { git_version: `.release:${commitOf(world.airflow)}`, version: world.airflow.version }),
		),
	];
}
