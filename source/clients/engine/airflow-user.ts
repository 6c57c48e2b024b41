import * as z from 'zod/mini';
import { ignored, outsideList } from '../../model/text/outside-text.ts';
import { kept } from '../airflow/kept-sessions.ts';
import type { PlainLogin } from '../airflow/plain-login.ts';

/**
 * The user that Airflow's entry point creates according to an environment; null if there is none, or if a command in
 * the container prints the password (`_AIRFLOW_WWW_USER_PASSWORD_CMD`, which has priority). Source: apache/airflow,
 * scripts/docker/entrypoint_prod.sh, create_www_user.
 * @param valueIn the value of a variable, empty if it is not set
 */
export function airflowUserIn(valueIn: (variable: string) => string): PlainLogin | null {
	const password = valueIn('_AIRFLOW_WWW_USER_PASSWORD');
	if (password === '' || valueIn('_AIRFLOW_WWW_USER_PASSWORD_CMD') !== '') return null;
	return { username: valueIn('_AIRFLOW_WWW_USER_USERNAME') || 'admin', password };
}

/** The user in the environment of an inspected container; null if there is none. */
export const airflowUserAnswer = z.pipe(
	// A variable that is too long for a name or a password is neither.
	z.object({ Config: z.nullish(z.object({ Env: z.nullish(outsideList(z.union([kept, ignored]))) })) }),
	z.transform(({ Config }) =>
		airflowUserIn(name => Config?.Env?.find(entry => entry?.startsWith(`${name}=`))?.slice(name.length + 1) ?? ''),
	),
);
