import type { Clients } from '../clients/clients.ts';
import type { Container } from '../model/container.ts';
import { shellWords } from '../model/shell-words.ts';
import type { ShellRequest } from './plan.ts';

/**
 * How long the question waits for the user of the container, ms: as long as other requests to the engine, because a
 * question without it cannot say that a shell would be root's. Esc ends the wait.
 */
const inspectMs = 10_000;

/**
 * Asks to open a shell in a container: names the container, the user and the project.
 * @param known the user, where a check has read it; a container keeps its user
 */
export async function requestShell(
	{ clients, signal }: { readonly clients: Pick<Clients, 'docker'>; readonly signal: AbortSignal },
	container: Container,
	known: string | null,
): Promise<{ readonly kind: 'shell'; readonly shell: ShellRequest }> {
	const limit = AbortSignal.any([signal, AbortSignal.timeout(inspectMs)]);
	const asked = async () => (await clients.docker.inspection(container.id, limit)).user;
	const user = known ?? (await asked().catch(() => null));
	return { kind: 'shell', shell: shellRequest(container, user) };
}

/** `user`: as `docker inspect` has it, empty for root; null: unknown. */
export function shellRequest(
	{ id, name, image, project }: Pick<Container, 'id' | 'name' | 'image' | 'project'>,
	user: string | null,
): ShellRequest {
	return {
		containerId: id,
		name,
		project,
		title: `open a shell in ${name}`,
		asks: [
			`Opens a shell in the container ${name} (${image}) ${whose(project)}, as ${userInWords(user)}.`,
			'What is typed there takes effect at once. laketop records that the shell was opened, not what is typed.',
		],
		command: shellWords('docker', 'exec', '-it', name, 'sh'),
	};
}

const whose = (project: string | null) => (project === null ? 'of no Compose project' : `of the project ${project}`);

function userInWords(user: string | null): string {
	if (user === null) return "its image's user, which may be root";
	const [name = ''] = user.split(':');
	return name === '' || name === '0' || name === 'root' ? 'root' : `user ${name}`;
}
