import type { DockerClient } from '../clients/engine/docker.ts';
import type { Container } from '../model/container.ts';
import { shareOf } from '../model/disk-usage.ts';
import { memory } from '../presentation/format.ts';
import { counted, listed } from './airflow.ts';
import type { Planned } from './plan.ts';
import { afterwards, runCompose } from './run-compose.ts';
import { isUp, isWorker, losses, nameOf, type Stack } from './stack-parts.ts';

/** Takes the whole stack down, with its volumes where that is wanted. */
export async function planDown(
	stack: Stack,
	docker: DockerClient,
	withVolumes: boolean,
	signal: AbortSignal,
): Promise<Planned> {
	const { compose, project } = stack;
	// Compose takes down services; what `run` made stays, and with it the network while it is up (2.29, tried).
	const own = stack.own.filter(({ isOneOff }) => !isOneOff);
	const staying = stack.own.filter(({ isOneOff }) => isOneOff);
	const name = project.name ?? stack.own[0]?.project ?? null;
	if (name === null)
		return { refused: 'The name of the Compose project is not known: name it with --project', kind: 'nothing' };
	const [networks, volumes] = await Promise.all([
		docker.networks(name, signal),
		withVolumes ? docker.diskUsage(signal).then(usage => shareOf(usage, name).volumes) : [],
	]);
	if (own.length + networks.length + volumes.length === 0)
		return {
			refused: `The project ${name} has neither containers nor ${withVolumes ? 'volumes' : 'networks'}`,
			kind: 'nothing',
		};
	const unnamed = withVolumes ? own.flatMap(anonymousVolumes) : [];
	const asks = [
		own.length > 0
			? `${counted(own.length, 'container')} stopped and removed: ${listed(own.map(nameOf), 20)}. Their logs go with them.`
			: `The project ${name} has no containers.`,
		...(staying.length > 0 ? [oneOffsStay(staying)] : []),
		...(networks.length > 0 ? [`${counted(networks.length, 'network')} removed: ${listed(networks)}.`] : []),
		...(withVolumes
			? [
					volumes.length > 0
						? `${counted(volumes.length, 'volume')} DELETED, with all that is in them: ${volumes
								.map(volume => `${volume.name} (${volume.bytes === null ? 'size unknown' : memory(volume.bytes)})`)
								.join(', ')}.`
						: unnamed.length === 0
							? 'It has no volumes.'
							: 'It has no named volumes.',
					...(unnamed.length > 0
						? [`${counted(unnamed.length, 'anonymous volume')} DELETED: ${listed(unnamed, 20)}.`]
						: []),
					'Runs, users and connections of Airflow, experiments and models of MLflow are gone for good.',
				]
			: ['Named volumes stay, and with them their data.']),
		...(own.some(isWorker) ? ['Tasks that run are interrupted.'] : []),
		...losses(stack, own),
	];
	const words = withVolumes ? ['down', '--volumes'] : ['down'];
	return {
		actionId: withVolumes ? 'down-volumes' : 'down',
		title: withVolumes ? 'take the stack down and DELETE its volumes' : 'take the stack down',
		asks,
		command: compose.command(words),
		typed: withVolumes ? name : undefined,
		targets: [
			...own.map(container => `container ${container.name}`),
			...networks.map(network => `network ${network}`),
			...volumes.map(volume => `volume ${volume.name}`),
		],
		perform: async tools => {
			const outcome = await runCompose(tools, words);
			if (outcome) return outcome;
			return afterwards(async () => {
				const now = await tools.clients.docker.containers(tools.signal);
				const left = now.filter(container => container.project === name && !container.isOneOff);
				const kept = withVolumes ? shareOf(await tools.clients.docker.diskUsage(tools.signal), name).volumes : [];
				const still = [...left, ...kept].map(nameOf);
				if (still.length > 0)
					return { outcome: 'failed', message: `still there: ${listed(still)}`, failure: 'refused' };
				const gone = [
					counted(own.length, 'container'),
					...(withVolumes ? [counted(volumes.length, 'volume')] : []),
				].join(' and ');
				return { outcome: 'done', message: `${gone} removed; project ${name} has no services left` };
			});
		},
	};
}

/**
 * Volumes without a name of their own, which `down --volumes` deletes as well: the service and the folder of each. Docker
 * names them by 64 hexadecimal digits.
 */
function anonymousVolumes({ name, mounts }: Container): string[] {
	return mounts.flatMap(({ type, source, destination }) =>
		type === 'volume' && /\/[0-9a-f]{64}\/_data$/.test(source) ? [`${name} ${destination}`] : [],
	);
}

function oneOffsStay(staying: readonly Container[]): string {
	const up = staying.filter(isUp);
	const network = up.length > 0 ? ', and the network stays while they run' : '';
	return `${counted(staying.length, 'one-off container')} left as ${staying.length === 1 ? 'it is' : 'they are'}${network}: ${listed(staying.map(nameOf), 20)}.`;
}
