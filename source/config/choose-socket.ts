import { DockerClient } from '../clients/engine/docker.ts';
import type { Container } from '../model/engine/container.ts';
import type { DockerHost } from '../model/engine/engine-address.ts';
import { ConfigError } from '../model/failures/config-error.ts';
import { chosenProject, type ProjectOptions } from '../model/stack/choose-project.ts';
import { phrase } from '../words/message.ts';

/** Time limit of each engine's list, ms: an engine behind a local socket answers within some hundred. */
const limitMs = 2000;

/**
 * Chooses among the engines of this host if none is configured: the one with the wanted project, else the only one with
 * an MLOps stack, else the first that answers, in the order of the sockets. Throws ConfigError if several have the
 * wanted project: which one is meant cannot be guessed.
 */
export async function chooseSocket(first: DockerHost, wanted: ProjectOptions): Promise<DockerHost> {
	const hosts = [first, ...(first.alternatives ?? [])];
	const answers = await Promise.all(hosts.map(async host => ({ host, containers: await listOf(host) })));
	const engines: { readonly host: DockerHost; readonly containers: readonly Container[] }[] = [];
	for (const { host, containers } of answers) {
		// The same engine may listen at several sockets.
		const ids = new Set(containers?.map(one => one.id));
		if (containers && !engines.some(known => known.containers.some(one => ids.has(one.id)))) {
			engines.push({ host, containers });
		}
	}
	const withProject = engines.filter(({ containers }) => projectOf(containers, wanted) !== null);
	const [own, another] = withProject;
	if (own && another) {
		throw new ConfigError(
			phrase(
				[
					'Project {project} runs on several engines: {addresses}',
					'프로젝트 {project}이(가) 여러 엔진에서 실행 중입니다: {addresses}',
				],
				{
					project: projectOf(own.containers, wanted) ?? '',
					addresses: withProject.map(({ host }) => host.address).join(', '),
				},
			),
			phrase([
				'Pass one of them with --docker-host, or set DOCKER_HOST',
				'--docker-host 또는 DOCKER_HOST로 하나를 지정하세요',
			]),
		);
	}
	const withStack = engines.filter(({ containers }) => chosenProject(containers, {}).project !== null);
	const only = withStack.length === 1 ? withStack[0] : undefined;
	const { alternatives: _alternatives, ...chosen } = (own ?? only ?? engines[0])?.host ?? first;
	return chosen;
}

/** null if the engine does not answer, or denies access: another one may be meant. */
async function listOf(host: DockerHost): Promise<Container[] | null> {
	try {
		return await new DockerClient(host).containers(AbortSignal.timeout(limitMs));
	} catch {
		return null;
	}
}

/** The name of the wanted project if this engine has it: the given one, else that of the current folder. */
function projectOf(containers: readonly Container[], wanted: ProjectOptions): string | null {
	const { project, projectOrigin } = chosenProject(containers, wanted);
	if (projectOrigin === 'given') return containers.some(one => one.project === project) ? project : null;
	return projectOrigin === 'folder' ? project : null;
}
