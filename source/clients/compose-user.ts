import { isAirflow, isJobName, type Named, roleOf } from '../model/engine/role.ts';
import { ClientError } from '../model/failures/failure.ts';
import type { PlainLogin } from './airflow/plain-login.ts';
import type { ComposeClient } from './compose.ts';
import type { ComposeService } from './compose-services.ts';
import { readRegularFile } from './regular-file.ts';

/**
 * The user that the Compose files give to Airflow: of the initialisation, then of the page, then of the rest. null if
 * they name none, or cannot be read here. For a stack whose containers do not say it: before `up`, and after
 * `docker container prune`, which removes the initialisation of Airflow's official file.
 */
export async function composeUser(compose: ComposeClient, signal: AbortSignal): Promise<PlainLogin | null> {
	const { files } = compose.project();
	if (compose.missingFiles().length > 0 || !files.some(mayNameUser)) return null;
	const services = await servicesIfReadable(compose, signal);
	const rank = (service: ComposeService) => (isJobName(service.name) ? 0 : isPage(service) ? 1 : 2);
	return (
		services
			.filter(service => isAirflow(namedOf(service)))
			.toSorted((a, b) => rank(a) - rank(b))
			.find(({ login }) => login !== null)?.login ?? null
	);
}

/** The service that serves Airflow's page; null if there is none, or if Compose cannot read the files. */
export async function pageService(compose: ComposeClient, signal: AbortSignal): Promise<string | null> {
	const services = await servicesIfReadable(compose, signal);
	return services.find(isPage)?.name ?? null;
}

async function servicesIfReadable(compose: ComposeClient, signal: AbortSignal): Promise<readonly ComposeService[]> {
	try {
		return await compose.services(signal);
	} catch (error) {
		if (!(error instanceof ClientError)) throw error;
		return [];
	}
}

/** Whether it is worth starting Compose, which takes a quarter of a second of CPU: the text, or a file it refers to. */
function mayNameUser(file: string): boolean {
	try {
		return /_AIRFLOW_WWW_USER_|env_file|include:|extends:/.test(readRegularFile(file));
	} catch {
		return false;
	}
}

const namedOf = ({ name, image, airflowProcess }: ComposeService): Named => ({
	service: name,
	name,
	image,
	...(airflowProcess && { airflowProcess }),
});
const isPage = (service: ComposeService) => roleOf(namedOf(service)) === 'webserver';
