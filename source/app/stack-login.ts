import type { Credentials } from '../clients/airflow/plain-login.ts';
import type { DockerClient } from '../clients/engine/docker.ts';
import { stackUser } from '../clients/engine/stack-user.ts';

/** The user that the stack's own Airflow was set up with; `containerId` null: the Compose file says so. */
export type FoundUser = { readonly login: Credentials; readonly containerId: string | null };

/**
 * The login for the stack's own Airflow: the user of its containers, else of its Compose files, else the default one. It
 * is looked up again for each login, because the stack may be set up again with another; while the engine does not
 * respond, the last one found counts.
 * @param inFiles the user that the Compose files name; called only if no container names one
 */
export function stackLogin(
	docker: Pick<DockerClient, 'airflowUser'>,
	ids: () => readonly string[],
	inFiles: () => Promise<Credentials | null>,
	fallback: Credentials,
	onFound: (user: FoundUser | null) => void,
): () => Promise<Credentials> {
	let last: FoundUser | null = null;
	return async () => {
		try {
			last = (await stackUser(docker, ids())) ?? (await userIn(inFiles));
			onFound(last);
		} catch (error) {
			if (last === null) throw error;
		}
		return last?.login ?? fallback;
	};
}

async function userIn(files: () => Promise<Credentials | null>): Promise<FoundUser | null> {
	const login = await files();
	return login && { login, containerId: null };
}
