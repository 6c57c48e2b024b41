import type { DockerClient } from '../../clients/engine/docker.ts';
import { shareOf } from '../../model/engine/disk-usage.ts';
import { phrase } from '../../words/message.ts';
import { listed } from '../airflow.ts';
import type { Outcome, Planned, Tools } from '../plan/plan.ts';
import { afterwards, runCompose } from './run-compose.ts';
import { downQuestion } from './stack-down-words.ts';
import { losses, nameOf, profileOptions, type Stack } from './stack-parts.ts';

/** Takes down the whole stack, with its volumes if requested. */
export async function planDown(
	stack: Stack,
	docker: DockerClient,
	withVolumes: boolean,
	signal: AbortSignal,
): Promise<Planned> {
	const { compose, project } = stack;
	// Compose takes down services only. Containers of `compose run` stay, and so does the network while they run (2.29,
	// tried).
	const own = stack.own.filter(({ isOneOff }) => !isOneOff);
	const staying = stack.own.filter(({ isOneOff }) => isOneOff);
	const name = project.name ?? stack.own[0]?.project ?? null;
	if (name === null) {
		const refused = phrase([
			'The name of the Compose project is unknown: pass --project',
			'Compose 프로젝트 이름을 알 수 없습니다. --project로 지정하세요',
		]);
		return { refused, kind: 'nothing' };
	}
	const [networks, volumes] = await Promise.all([
		docker.networks(name, signal),
		withVolumes ? docker.diskUsage(signal).then(usage => shareOf(usage, name).volumes) : [],
	]);
	if (own.length + networks.length + volumes.length === 0)
		return {
			refused: withVolumes
				? phrase(['Project {name} has no containers or volumes', '{name} 프로젝트에 컨테이너도 볼륨도 없습니다'], {
						name,
					})
				: phrase(['Project {name} has no containers or networks', '{name} 프로젝트에 컨테이너도 네트워크도 없습니다'], {
						name,
					}),
			kind: 'nothing',
		};
	const words = [...profileOptions(stack), 'down', ...(withVolumes ? ['--volumes'] : [])];
	return {
		actionId: withVolumes ? 'down-volumes' : 'down',
		title: withVolumes
			? phrase(['take the stack down and DELETE its volumes', '스택을 내리고 볼륨 삭제'])
			: phrase(['take the stack down', '스택 내리기']),
		effects: downQuestion({ name, own, staying, networks, volumes: withVolumes ? volumes : null }, losses(stack, own)),
		command: compose.command(words),
		typed: withVolumes ? name : undefined,
		targets: [
			...own.map(container => `container ${container.name}`),
			...networks.map(network => `network ${network}`),
			...volumes.map(volume => `volume ${volume.name}`),
		],
		perform: tools => performDown(tools, words, name, own.length, withVolumes ? volumes.length : null),
	};
}

/** @param volumes number of volumes that are deleted; null: they are kept */
async function performDown(
	tools: Tools,
	words: readonly string[],
	name: string,
	containers: number,
	volumes: number | null,
): Promise<Outcome> {
	const outcome = await runCompose(tools, words);
	if (outcome) return outcome;
	return afterwards(async () => {
		const now = await tools.clients.docker.containers(tools.signal);
		const left = now.filter(container => container.project === name && !container.isOneOff);
		const kept = volumes === null ? [] : shareOf(await tools.clients.docker.diskUsage(tools.signal), name).volumes;
		const still = [...left, ...kept].map(nameOf);
		if (still.length > 0) {
			const message = phrase(['still there: {names}', '아직 남아 있음: {names}'], { names: listed(still) });
			return { outcome: 'failed', message, failure: 'refused' };
		}
		const message =
			volumes === null
				? phrase(
						[
							'{n} {n|container|containers} removed; project {name} has no services left',
							'컨테이너 {n}개 삭제됨. {name} 프로젝트에 남은 서비스가 없습니다',
						],
						{ n: containers, name },
					)
				: phrase(
						[
							'{n} {n|container|containers} and {volumes} {volumes|volume|volumes} removed; project {name} has no services left',
							'컨테이너 {n}개와 볼륨 {volumes}개 삭제됨. {name} 프로젝트에 남은 서비스가 없습니다',
						],
						{ n: containers, volumes, name },
					);
		return { outcome: 'done', message };
	});
}
