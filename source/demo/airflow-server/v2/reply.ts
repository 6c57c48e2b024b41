import type { Call } from '../../server/routes.ts';

export function sendBody(
	call: Call,
	body: string,
	contentType: string,
	status = 200,
	headers: Record<string, string> = {},
): void {
	const all = { server: 'uvicorn', 'content-type': contentType, 'content-length': Buffer.byteLength(body), ...headers };
	for (const [name, value] of Object.entries(all)) call.response.setHeader(name, value);
	call.response.writeHead(status);
	call.response.end(body);
}

/** FastAPI's JSON: one line, without escapes. */
export function sendJson(call: Call, value: unknown, status = 200): void {
	sendBody(call, JSON.stringify(value), 'application/json', status);
}

/** An error response of FastAPI. */
export function sendDetail(call: Call, status: number, detail: unknown): void {
	if (status === 500) sendBody(call, 'Internal Server Error', 'text/plain; charset=utf-8', 500);
	else sendJson(call, { detail }, status);
}

/** The response to a body that pydantic rejects (422). */
export function sendInvalid(call: Call, type: string, loc: readonly string[], msg: string, input: unknown): void {
	sendDetail(call, 422, [{ type, loc, msg, input }]);
}

export function sendPage(call: Call): void {
	const page =
		'<!doctype html>\n<html lang="en">\n  <head>\n    <title>Airflow</title>\n  </head>\n  <body></body>\n</html>\n';
	sendBody(call, page, 'text/html; charset=utf-8');
}
