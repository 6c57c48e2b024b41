import { structuredLine } from './structured-log.ts';

/** A line of the API server's access log (airflow/api_fastapi/common/http_access_log.py, 3.3.2). */
export function requestLine(
	time: number,
	request: {
		readonly client: string;
		readonly method: string;
		readonly url: string;
		readonly status: number;
		readonly durationMs: number;
	},
): string {
	const [path = '', query = ''] = request.url.split('?');
	return structuredLine(time, {
		event: 'request finished',
		logger: 'http.access',
		loc: 'http_access_log.py:130',
		fields: {
			client_addr: request.client,
			duration_us: Math.round(request.durationMs * 1000),
			method: request.method,
			path,
			query,
			status_code: request.status,
		},
	});
}
