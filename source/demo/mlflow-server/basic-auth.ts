import type { Call } from '../server/routes.ts';
import type { StackUser } from '../world/containers/official-containers.ts';
import { sendText } from './reply.ts';

/** Whether `mlflow server --app-name basic-auth` lets a request in (mlflow/server/auth/__init__.py, 2.9.2 and 3.17.2). */
export function isLetIn({ path, request }: Call, { name, password }: StackUser): boolean {
	if (/^\/(?:static|favicon\.ico|health)/.test(path)) return true;
	const [scheme = '', text = ''] = (request.headers.authorization ?? '').split(' ');
	return /^basic$/i.test(scheme) && Buffer.from(text, 'base64').toString() === `${name}:${password}`;
}

/** The same answer for a missing login and for a wrong one. */
export function refuse(call: Call): void {
	call.response.setHeader('WWW-Authenticate', 'Basic realm="mlflow"');
	const words =
		'You are not authenticated. Please see https://www.mlflow.org/docs/latest/auth/index.html#authenticating-to-mlflow on how to authenticate.';
	sendText(call, words, 'text/html; charset=utf-8', 401);
}
