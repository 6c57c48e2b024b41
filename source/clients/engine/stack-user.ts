import { ClientError } from '../../model/failures/failure.ts';
import type { Credentials } from '../airflow/plain-login.ts';
import type { DockerClient } from './docker.ts';

/** The user that Airflow was set up with, and the container whose environment says so. */
export type StackUser = { readonly login: Credentials; readonly containerId: string };

/**
 * The user that the stack's own Airflow was set up with, from the environments of its containers; null if none of them
 * has one. Throws ClientError if the engine does not respond.
 * @param ids the containers, the likeliest first: see `airflow-user-containers.ts`
 */
export async function stackUser(
	docker: Pick<DockerClient, 'airflowUser'>,
	ids: readonly string[],
): Promise<StackUser | null> {
	for (const containerId of ids) {
		const login = await docker.airflowUser(containerId).catch(error => {
			// Removed since it was listed.
			if (error instanceof ClientError && error.failure.kind === 'not-found') return null;
			throw error;
		});
		if (login !== null) return { login, containerId };
	}
	return null;
}
