import { flaskJson } from '../server/json.ts';
import type { Call } from '../server/routes.ts';
import type { AirflowState } from '../world/airflow/airflow-state.ts';
import type { Problem } from './problem.ts';

/** gunicorn's sync workers close the connection after each answer. */
export const GUNICORN_HEADERS = { Server: 'gunicorn', Connection: 'close' } as const;

export function sendText(
	call: Call,
	body: string,
	contentType: string,
	status = 200,
	headers: Record<string, string> = {},
): void {
	const all = {
		...GUNICORN_HEADERS,
		'Content-Type': contentType,
		'Content-Length': Buffer.byteLength(body),
		'X-Robots-Tag': 'noindex, nofollow',
		...headers,
	};
	// One by one, so that the access log can read the length.
	for (const [name, value] of Object.entries(all)) call.response.setHeader(name, value);
	call.response.writeHead(status);
	call.response.end(body);
}

export function sendJson(call: Call, value: unknown, status = 200): void {
	sendText(call, flaskJson(value), 'application/json', status);
}

/**
 * The address of the documentation contains the version. Whether a refusal has the header of Basic auth depends on the
 * last of Airflow's `auth_backends`.
 */
export function sendProblem(
	call: Call,
	{ status, title, detail, type: of28 }: Problem,
	{ version, loginLimit }: Pick<AirflowState, 'version' | 'loginLimit'>,
): void {
	const type = of28.replace('/2.8.0/', `/${version}/`);
	const offersBasic = loginLimit === null;
	sendText(
		call,
		flaskJson({ detail, status, title, type }),
		'application/problem+json',
		status,
		status === 401 && offersBasic ? { 'WWW-Authenticate': 'Basic' } : {},
	);
}

/** Which of these two `Accept` prefers; airflow/api_connexion/endpoints/log_endpoint.py prefers text for `*` + `/*`. */
export function wantsJson(call: Call): boolean {
	const accept = call.request.headers.accept ?? '';
	return accept.includes('application/json') && !accept.includes('text/plain');
}
