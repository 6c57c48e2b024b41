import { ClientError } from '../../model/failures/failure.ts';
import { phrase } from '../../words/message.ts';
import { busyProblem } from '../http/busy-problem.ts';
import type { HttpServer } from '../http/http.ts';
import { loginsClosed } from './login-limit.ts';
import type { PlainLogin } from './plain-login.ts';

/**
 * Airflow's login over the web form of Flask-AppBuilder: one password hash a session, whereas Basic auth costs the
 * webserver one (0.2 to 0.4 s of CPU) for every request.
 */
/**
 * Logs in by the form and resolves with the Cookie header for later requests; null if this server has no such form
 * (another login method), so that only Basic auth is left. Throws ClientError `unauthorised` for a wrong password, with
 * the code `too-many-logins` if the form accepts no more logins for now, and `busy` if the form itself is not served.
 */
export async function logInByForm(server: HttpServer, login: PlainLogin, signal?: AbortSignal): Promise<string | null> {
	const page = await server.request({ path: '/login/', headers: { accept: 'text/html' }, signal });
	const busy = busyProblem(page, server.title, server.address);
	if (busy) throw busy;
	const token = page.status === 200 ? csrfToken(page.body) : null;
	if (token === null || !/name="password"/.test(page.body)) return null;
	const jar = new Map<string, string>();
	keepCookies(jar, page.headers['set-cookie']);
	const { username, password } = login;
	const answer = await server.request({
		method: 'POST',
		path: '/login/',
		headers: {
			accept: 'text/html',
			'content-type': 'application/x-www-form-urlencoded',
			cookie: cookieHeader(jar),
			// Flask-WTF checks the referrer of forms sent over TLS.
			referer: `${server.address}/login/`,
		},
		body: new URLSearchParams({ csrf_token: token, username, password }).toString(),
		timeoutMs: 20_000,
		signal,
	});
	const closed = loginsClosed(answer, server);
	if (closed) throw closed;
	keepCookies(jar, answer.headers['set-cookie']);
	const location = answer.headers.location;
	// After a correct password it redirects to the home page; after a wrong one it shows the form again, or redirects
	// to it.
	if (answer.status >= 300 && answer.status < 400 && typeof location === 'string' && !/\/login\//.test(location)) {
		return cookieHeader(jar);
	}
	if (answer.status === 200 || (answer.status >= 300 && answer.status < 400)) throw wrongPassword(server, login);
	return null;
}

export function wrongPassword(server: HttpServer, { username }: Pick<PlainLogin, 'username'>): ClientError {
	return new ClientError(
		'unauthorised',
		phrase(
			[
				'Airflow at {address} rejects user {user}: wrong name or password',
				'Airflow({address})가 사용자 {user}의 로그인을 거부했습니다. 이름 또는 비밀번호가 잘못되었습니다',
			],
			{ address: server.address, user: username },
		),
		phrase([
			'Set LAKETOP_AIRFLOW_USERNAME and LAKETOP_AIRFLOW_PASSWORD, or airflow.username and airflow.password in laketop.yaml',
			'LAKETOP_AIRFLOW_USERNAME과 LAKETOP_AIRFLOW_PASSWORD 또는 laketop.yaml의 airflow.username과 airflow.password를 설정하세요',
		]),
		{ httpStatus: 401 },
	);
}

/** The hidden field of the form; the order of its attributes varies. */
export function csrfToken(html: string): string | null {
	for (const [input] of html.matchAll(/<input\b[^<>]*>/g)) {
		if (!/name="csrf_token"/.test(input)) continue;
		const value = /value="([^"]+)"/.exec(input)?.[1];
		if (value) return value;
	}
	// Pages without a form have it in a script (airflow/www/templates/airflow/main.html).
	return /\bcsrfToken = '([^'\n]{1,500})'/.exec(html)?.[1] ?? null;
}

function keepCookies(jar: Map<string, string>, header: string | string[] | undefined): void {
	for (const cookie of header === undefined ? [] : [header].flat()) {
		const [pair] = cookie.split(';', 1);
		const equals = pair?.indexOf('=') ?? -1;
		if (pair && equals > 0) jar.set(pair.slice(0, equals).trim(), pair.slice(equals + 1).trim());
	}
}

/** A Cookie header updated with the cookies of a response. */
export function withCookies(cookie: string, header: string | string[] | undefined): string {
	const jar = new Map<string, string>();
	keepCookies(jar, cookie.split('; '));
	keepCookies(jar, header);
	return cookieHeader(jar);
}

function cookieHeader(jar: ReadonlyMap<string, string>): string {
	return [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
}
