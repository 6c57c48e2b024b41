import type { DockerClient } from '../clients/engine/docker.ts';
import type { Container } from '../model/container.ts';
import { shareOf } from '../model/disk-usage.ts';
import { joined, type Message, phrase } from '../words/message.ts';
import { listed } from './airflow.ts';
import type { Planned } from './plan.ts';
import { afterwards, runCompose } from './run-compose.ts';
import { interruptsTasks, isUp, isWorker, losses, nameOf, type Stack } from './stack-parts.ts';

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
	const unnamed = withVolumes ? own.flatMap(anonymousVolumes) : [];
	const asks = [
		own.length > 0
			? phrase(
					[
						'Stops and removes {n} {n|container|containers} with {n|its|their} logs: {names}.',
						'컨테이너 {n}개를 중지하고 로그와 함께 삭제합니다: {names}.',
					],
					{ n: own.length, names: listed(own.map(nameOf), 20) },
				)
			: phrase(['Project {name} has no containers.', '{name} 프로젝트에 컨테이너가 없습니다.'], { name }),
		...(staying.length > 0 ? [oneOffsStay(staying)] : []),
		...(networks.length > 0
			? [
					phrase(['Removes {n} {n|network|networks}: {names}.', '네트워크 {n}개를 삭제합니다: {names}.'], {
						n: networks.length,
						names: listed(networks),
					}),
				]
			: []),
		...(withVolumes
			? [
					volumes.length > 0
						? phrase(
								[
									'DELETES {n} {n|volume|volumes} and all data in {n|it|them}: {names}.',
									'볼륨 {n}개와 그 안의 모든 데이터를 삭제합니다: {names}.',
								],
								{ n: volumes.length, names: joined(volumes.map(withSize), ', ') },
							)
						: unnamed.length === 0
							? phrase(['It has no volumes.', '볼륨이 없습니다.'])
							: phrase(['It has no named volumes.', '이름 있는 볼륨이 없습니다.']),
					...(unnamed.length > 0
						? [
								phrase(
									['DELETES {n} anonymous {n|volume|volumes}: {names}.', '익명 볼륨 {n}개를 삭제합니다: {names}.'],
									{ n: unnamed.length, names: listed(unnamed, 20) },
								),
							]
						: []),
					phrase([
						'DAG runs, users and connections of Airflow and experiments and models of MLflow are lost for good.',
						'Airflow의 DAG 실행, 사용자, 연결과 MLflow의 실험, 모델이 영구히 사라집니다.',
					]),
				]
			: [phrase(['Named volumes and their data are kept.', '이름 있는 볼륨과 데이터는 유지됩니다.'])]),
		...(own.some(isWorker) ? [phrase(interruptsTasks)] : []),
		...losses(stack, own),
	];
	const words = withVolumes ? ['down', '--volumes'] : ['down'];
	return {
		actionId: withVolumes ? 'down-volumes' : 'down',
		title: withVolumes
			? phrase(['take the stack down and DELETE its volumes', '스택을 내리고 볼륨 삭제'])
			: phrase(['take the stack down', '스택 내리기']),
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
				if (still.length > 0) {
					const message = phrase(['still there: {names}', '아직 남아 있음: {names}'], { names: listed(still) });
					return { outcome: 'failed', message, failure: 'refused' };
				}
				const count = { n: own.length, volumes: volumes.length, name };
				const message = withVolumes
					? phrase(
							[
								'{n} {n|container|containers} and {volumes} {volumes|volume|volumes} removed; project {name} has no services left',
								'컨테이너 {n}개와 볼륨 {volumes}개 삭제됨. {name} 프로젝트에 남은 서비스가 없습니다',
							],
							count,
						)
					: phrase(
							[
								'{n} {n|container|containers} removed; project {name} has no services left',
								'컨테이너 {n}개 삭제됨. {name} 프로젝트에 남은 서비스가 없습니다',
							],
							{ n: own.length, name },
						);
				return { outcome: 'done', message };
			});
		},
	};
}

/**
 * Unnamed volumes, which `down --volumes` also deletes: service and folder of each. Docker names them by 64 hexadecimal
 * digits.
 */
function anonymousVolumes({ name, mounts }: Container): string[] {
	return mounts.flatMap(({ type, source, destination }) =>
		type === 'volume' && /\/[0-9a-f]{64}\/_data$/.test(source) ? [`${name} ${destination}`] : [],
	);
}

function withSize({ name, bytes }: { readonly name: string; readonly bytes: number | null }): Message {
	if (bytes === null) return phrase(['{name} (size unknown)', '{name}(크기 알 수 없음)'], { name });
	return phrase(['{name} ({bytes:bytes})', '{name}({bytes:bytes})'], { name, bytes });
}

function oneOffsStay(staying: readonly Container[]): Message {
	const named = { n: staying.length, names: listed(staying.map(nameOf), 20) };
	if (staying.some(isUp)) {
		return phrase(
			[
				'Keeps {n} one-off {n|container|containers}, and the network while {n|it runs|they run}: {names}.',
				'일회성 컨테이너 {n}개는 그대로 두고, 실행 중인 동안 네트워크도 유지합니다: {names}.',
			],
			named,
		);
	}
	return phrase(
		['Keeps {n} one-off {n|container|containers}: {names}.', '일회성 컨테이너 {n}개는 그대로 둡니다: {names}.'],
		named,
	);
}
