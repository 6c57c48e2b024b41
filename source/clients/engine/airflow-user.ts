import * as z from 'zod/mini';
import { ignored, outsideList } from '../../model/outside-text.ts';
import { kept } from '../airflow/kept-sessions.ts';
import type { PlainLogin } from '../airflow/plain-login.ts';

/**
 * The user that Airflow's entry point creates according to a container's environment; null if there is none, or if a
 * command in that container prints the password (`_AIRFLOW_WWW_USER_PASSWORD_CMD`, which has priority). Source:
 * apache/airflow, scripts/docker/entrypoint_prod.sh, create_www_user.
 */
export const airflowUserAnswer = z.pipe(
	// A variable that is too long for a name or a password is neither.
	z.object({ Config: z.nullish(z.object({ Env: z.nullish(outsideList(z.union([kept, ignored]))) })) }),
	z.transform(({ Config }): PlainLogin | null => {
		const valueIn = (name: string) =>
			Config?.Env?.find(entry => entry?.startsWith(`${name}=`))?.slice(name.length + 1) ?? '';
		const password = valueIn('_AIRFLOW_WWW_USER_PASSWORD');
		if (password === '' || valueIn('_AIRFLOW_WWW_USER_PASSWORD_CMD') !== '') return null;
		return { username: valueIn('_AIRFLOW_WWW_USER_USERNAME') || 'admin', password };
	}),
);
