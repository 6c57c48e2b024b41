/** Airflow's errors are RFC 7807 problems (airflow/api_connexion/exceptions.py). */

const DOCS = 'https://airflow.apache.org/docs/apache-airflow/2.8.0/stable-rest-api-ref.html#section/Errors';
const SECTIONS: Readonly<Record<number, string>> = {
	400: 'BadRequest',
	401: 'Unauthenticated',
	403: 'PermissionDenied',
	404: 'NotFound',
	409: 'AlreadyExists',
	500: 'Unknown',
};

export class Problem extends Error {
	readonly status: number;
	readonly title: string | null;
	readonly detail: string | null;
	readonly type: string;
	constructor(status: number, title: string | null, detail: string | null = null, type?: string) {
		super(detail ?? title ?? '');
		this.status = status;
		this.title = title;
		this.detail = detail;
		this.type = type ?? `${DOCS}/${SECTIONS[status]}`;
	}
}

export const badRequest = (detail: string): Problem => new Problem(400, 'Bad Request', detail);
/** From Flask itself, before Airflow has seen the request. */
export const pageNotFound = (): Problem =>
	new Problem(
		404,
		'Not Found',
		'The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.',
		'about:blank',
	);
export const methodNotAllowed = (): Problem =>
	new Problem(405, 'Method Not Allowed', 'The method is not allowed for the requested URL.', 'about:blank');
