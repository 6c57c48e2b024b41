import type { Credentials } from '../clients/airflow/plain-login.ts';
import type { DockerClient } from '../clients/engine/docker.ts';
import { type StackUser, stackUser } from '../clients/engine/stack-user.ts';

/**
 * The login for the stack's own Airflow: that user, else the default one. It is looked up again for each login, because
 * the stack may be set up again with another; while the engine does not respond, the last one found counts.
 */
export function stackLogin(
	docker: Pick<DockerClient, 'airflowUser'>,
	ids: () => readonly string[],
	fallback: Credentials,
	onFound: (user: StackUser | null) => void,
): () => Promise<Credentials> {
	let last: StackUser | null = null;
	return async () => {
		try {
			last = await stackUser(docker, ids());
			onFound(last);
		} catch (error) {
			if (last === null) throw error;
		}
		return last?.login ?? fallback;
	};
}
