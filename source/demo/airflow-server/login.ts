import { randomUUID } from 'node:crypto';
import type { Call } from '../server/routes.ts';
import type { AirflowState, Session } from '../world/airflow/airflow-state.ts';
import type { World } from '../world/world.ts';
import { sendText } from './reply.ts';
import { dumpsTimed, sign } from './signing.ts';

/**
 * Sessions and Flask-AppBuilder's login form of Airflow 2.8.0 (airflow/auth/managers/fab/views, checked against a
 * running server): a wrong password redirects (302) to the form, which then shows the flashed message.
 */

const COOKIE = 'session';
const CSRF_SALT = 'wtf-csrf-token';

export function sessionOf(state: AirflowState, call: Call): { id: string; session: Session } | undefined {
	for (const part of (call.request.headers.cookie ?? '').split(';')) {
		const [name, value = ''] = part.trim().split('=');
		if (name !== COOKIE) continue;
		const id = value.split('.')[0] ?? '';
		const session = state.sessions.get(id);
		if (session !== undefined && value === sign(id, 'flask-session')) return { id, session };
	}
	return undefined;
}

/** The user of a request, by session or by Basic auth. */
export function userOf(state: AirflowState, call: Call): string | undefined {
	const session = sessionOf(state, call)?.session;
	if (session?.user !== undefined) return session.user;
	const basic = /^Basic (.+)$/i.exec(call.request.headers.authorization ?? '');
	if (basic === null) return undefined;
	return Buffer.from(basic[1] ?? '', 'base64').toString() === `${state.user}:${state.password}`
		? state.user
		: undefined;
}

function cookieHeader(world: World, id: string): string {
	const expires = new Date(world.time + 30 * 24 * 3600_000).toUTCString();
	return `${COOKIE}=${sign(id, 'flask-session')}; Expires=${expires}; HttpOnly; Path=/; SameSite=Lax`;
}

const sendPage = (call: Call, status: number, body: string, headers: Record<string, string>): void =>
	sendText(call, body, 'text/html; charset=utf-8', status, headers);

export function sendRedirect(call: Call, location: string, headers: Record<string, string> = {}): void {
	const body = `<!doctype html>\n<html lang=en>\n<title>Redirecting...</title>\n<h1>Redirecting...</h1>\n<p>You should be redirected automatically to the target URL: <a href="${location}">${location}</a>. If not, click the link.\n`;
	sendPage(call, 302, body, { Location: location, ...headers });
}

function open(world: World, call: Call): { id: string; session: Session } {
	const known = sessionOf(world.airflow, call);
	if (known !== undefined) return known;
	const id = randomUUID();
	const session: Session = { csrfTokens: new Set(), flashes: [] };
	world.airflow.sessions.set(id, session);
	return { id, session };
}

export function sendLoginForm(world: World, call: Call): void {
	const { id, session } = open(world, call);
	const headers = { 'Set-Cookie': cookieHeader(world, id) };
	if (session.user !== undefined) {
		sendRedirect(call, '/', headers);
		return;
	}
	const token = dumpsTimed(id.replaceAll('-', '').padEnd(40, '0'), world.time, CSRF_SALT);
	session.csrfTokens.add(token);
	const flashes = session.flashes
		.splice(0)
		.map(
			text =>
				`<div class="alert alert-warning"><button type="button" class="close" data-dismiss="alert">&times;</button>${text}</div>`,
		)
		.join('\n');
	sendPage(call, 200, page(token, flashes), headers);
}

export function takeLogin(world: World, call: Call): void {
	if (isOverLimit(world)) {
		const body = `<!doctype html>\n<html lang=en>\n<title>429 Too Many Requests</title>\n<h1>Too Many Requests</h1>\n<p>${world.airflow.loginLimit} per 40 second</p>\n`;
		return sendPage(call, 429, body, {});
	}
	const { id, session } = open(world, call);
	const headers = { 'Set-Cookie': cookieHeader(world, id) };
	const form = new URLSearchParams(call.body.toString());
	const token = form.get('csrf_token');
	const refusal =
		token === null || token === ''
			? 'The CSRF token is missing.'
			: session.csrfTokens.size === 0
				? 'The CSRF session token is missing.'
				: session.csrfTokens.has(token)
					? undefined
					: 'The CSRF tokens do not match.';
	if (refusal !== undefined) {
		sendPage(
			call,
			400,
			`<!doctype html>\n<html lang=en>\n<title>400 Bad Request</title>\n<h1>Bad Request</h1>\n<p>${refusal}</p>\n`,
			headers,
		);
		return;
	}
	const { user, password } = world.airflow;
	if (form.get('username') === user && form.get('password') === password) {
		session.user = user;
		sendRedirect(call, call.query.get('next') ?? '/home', headers);
		return;
	}
	session.flashes.push('Invalid login. Please try again.');
	sendRedirect(call, '/login/?next=%2Fhome', headers);
}

/** Counts a login; Flask-Limiter's fixed window begins with the first one, and refused ones do not prolong it. */
function isOverLimit({ airflow, time }: World): boolean {
	const { loginLimit, logins } = airflow;
	const isSame = time - logins.since < 40_000;
	airflow.logins = isSame ? { since: logins.since, count: logins.count + 1 } : { since: time, count: 1 };
	return loginLimit !== null && airflow.logins.count > loginLimit;
}

/** The page of a DAG, of which only the token in its script matters (airflow/www/templates/airflow/main.html). */
export function sendGrid(world: World, call: Call): void {
	const known = sessionOf(world.airflow, call);
	if (known?.session.user === undefined) return sendRedirect(call, '/login/?next=http%3A%2F%2F127.0.0.1%2Fhome');
	const token = dumpsTimed(known.id.replaceAll('-', '').padEnd(40, '0'), world.time, CSRF_SALT);
	known.session.csrfTokens.add(token);
	const script = `<script>\n    var csrfToken = '${token}';\n  </script>`;
	sendPage(call, 200, `<!DOCTYPE html>\n<html>\n  <body>\n  ${script}\n  </body>\n</html>\n`, {
		'Set-Cookie': cookieHeader(world, known.id),
	});
}

/** Flask-WTF's check of a form that a script sends; refusals are sent here. */
export function hasFormToken(state: AirflowState, call: Call): boolean {
	const known = sessionOf(state, call);
	const token = call.request.headers['x-csrftoken'];
	if (typeof token === 'string' && known?.session.user !== undefined && known.session.csrfTokens.has(token))
		return true;
	const words = token === undefined ? 'The CSRF token is missing.' : 'The CSRF session token is missing.';
	sendPage(call, 400, `<!doctype html>\n<title>400 Bad Request</title>\n<h1>Bad Request</h1>\n<p>${words}</p>\n`, {});
	return false;
}

function page(token: string, flashes: string): string {
	return `<!DOCTYPE html>
<html>
  <head>
    <title>Sign In - Airflow</title>
    <meta name="viewport" content="width=device-width, initial-scale=1.0">
  </head>
  <body >
    <div class="container">
      <div class="row">
        ${flashes}
      </div>
      <div id="loginbox" style="margin-top:50px;" class="mainbox col-md-6 col-md-offset-3 col-sm-8 col-sm-offset-2">
        <div class="panel-title">Sign In</div>
                <form class="form" action="" method="post" name="login">
                    <input id="csrf_token" name="csrf_token" type="hidden" value="${token}">
                    <div class="help-block">Enter your login and password below:</div>
                    <input autofocus class="form-control" id="username" name="username" required size="80" type="text" value="">
                    <input class="form-control" id="password" name="password" required size="80" type="password" value="">
                    <input class="btn btn-primary btn-block" type="submit" value="Sign In">
                </form>
      </div>
    </div>
  <script>
    var csrfToken = '${token}';
  </script>
  </body>
</html>
`;
}
