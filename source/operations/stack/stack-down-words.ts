import type { Container } from '../../model/engine/container.ts';
import { joined, type Message, phrase } from '../../words/message.ts';
import { listed } from '../airflow.ts';
import { interruptsTasks, isUp, isWorker, nameOf, scaledServices } from './stack-parts.ts';

type Volume = { readonly name: string; readonly bytes: number | null };

/** What a stack is made of when it is taken down. */
export type DownParts = {
	/** Name of the Compose project. */
	readonly name: string;
	readonly own: readonly Container[];
	/** One-off containers, which Compose keeps. */
	readonly staying: readonly Container[];
	readonly networks: readonly string[];
	/** Volumes that are deleted; null: they are kept. */
	readonly volumes: readonly Volume[] | null;
};

/** The effects of taking a stack down, one text each. `lost`: what its networks lose, see `losses`. */
export function downQuestion(
	{ name, own, staying, networks, volumes }: DownParts,
	lost: readonly Message[],
): Message[] {
	return [
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
		...scaledServices(own, [...new Set(own.flatMap(({ service }) => service ?? []))].toSorted()).map(
			({ service, replicas }) =>
				phrase(
					[
						'{service} has {n} replicas. up starts as many as the Compose file says.',
						'{service}의 복제본은 {n}개입니다. up은 Compose 파일에 적힌 수만큼 시작합니다.',
					],
					{ service, n: replicas },
				),
		),
		...(volumes === null
			? [phrase(['Named volumes and their data are kept.', '이름 있는 볼륨과 데이터는 유지됩니다.'])]
			: volumesAreDeleted(own, volumes)),
		...(own.some(isWorker) ? [phrase(interruptsTasks)] : []),
		...lost,
	];
}

function volumesAreDeleted(own: readonly Container[], volumes: readonly Volume[]): Message[] {
	const unnamed = own.flatMap(anonymousVolumes);
	return [
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
					phrase(['DELETES {n} anonymous {n|volume|volumes}: {names}.', '익명 볼륨 {n}개를 삭제합니다: {names}.'], {
						n: unnamed.length,
						names: listed(unnamed, 20),
					}),
				]
			: []),
		phrase([
			'DAG runs, users and connections of Airflow and experiments and models of MLflow are lost for good.',
			'Airflow의 DAG 실행, 사용자, 연결과 MLflow의 실험, 모델이 영구히 사라집니다.',
		]),
	];
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

function withSize({ name, bytes }: Volume): Message {
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
