import { joined, type Message, quoted, sayer } from '../../words/message.ts';
import type { Service } from '../facts.ts';
import { type evidence, fix, type Rule } from '../finding.ts';
import { commonMessages } from '../messages/common.ts';
import { replicasName } from '../replica.ts';

const texts = {
	'drift.title': [
		'{service} {count|differs|differ} from {count|its|their} Compose file',
		'Compose 파일 내용과 다른 서비스: {service}',
	],
	'drift.config.cause': [
		'The Compose file or its .env changed after the container was created',
		'컨테이너를 만든 뒤 Compose 파일(또는 .env)이 변경되었습니다',
	],
	'drift.config.reason': [
		'The configuration hash on the container differs from the one that Compose computes now',
		'Compose가 계산한 서비스 해시가 컨테이너에 기록된 값과 다릅니다',
	],
	'drift.image.cause': [
		'{image} now refers to another image than the running one',
		'{image} 이름이 가리키는 이미지가 실행 중인 이미지와 다릅니다',
	],
	'drift.image.reason': [
		'The image was pulled or built again. Running: {running}, current: {now}',
		'그 사이 이미지를 새로 받았거나 빌드했습니다. 실행 중: {running}, 현재: {now}',
	],
	'drift.impact': [
		'The changes are not applied yet. The next up applies them, possibly at a bad time',
		'변경 사항이 아직 적용되지 않았습니다. 다음 up 때 적용되므로 원하지 않는 시점에 재생성될 수 있습니다',
	],
} as const;
const say = sayer({ ...commonMessages, ...texts });

/** Containers created from another image or Compose configuration than the current one. */
export const drift: Rule = {
	name: 'drift',
	isSeenAtOnce: true,
	texts,
	find: facts => {
		const file = facts.check('compose file');
		if (!file) return [];
		const setupOf = ({ it }: Service) => facts.check('setup', it.container.id)?.setup;
		const changed = facts.services.filter(service => {
			const hash = file.hashes[service.service];
			const now = setupOf(service)?.configHash;
			// `service:X` is hashed with the id of X's container once that is known: the two never agree.
			if (service.it.container.network === 'shared') return false;
			return hash !== undefined && now != null && now !== hash;
		});
		const images = new Map<string, Service[]>();
		for (const service of facts.services) {
			const { image } = service.it.container;
			const now = file.images[image];
			const running = setupOf(service)?.imageId;
			if (typeof now !== 'string' || !running || now === running || changed.includes(service)) continue;
			images.set(image, [...(images.get(image) ?? []), service]);
		}
		const common = (services: readonly Service[]) => ({
			severity: 'warning' as const,
			since: null,
			title: say('drift.title', { service: names(services), count: namesOf(services).length }),
			evidence: [] as ReturnType<typeof evidence>[],
			impact: [say('drift.impact')],
			fixes: [
				fix(say('fix.up', { service: names(services) }), {
					kind: 'compose' as const,
					verb: 'up' as const,
					services: [...new Set(services.map(({ service }) => service))],
				}),
			],
			// A missing mount is also drift, and is reported as the missing mount.
			dependsOn: services.some(({ role }) => role === 'scheduler') ? (['mount dags'] as const) : [],
		});
		return [
			...(changed.length === 0
				? []
				: [
						{
							...common(changed),
							subject: 'compose file',
							cause: say('drift.config.cause'),
							reason: say('drift.config.reason'),
						},
					]),
			...[...images].map(([image, services]) => ({
				...common(services),
				subject: image,
				cause: say('drift.image.cause', { image }),
				reason: say('drift.image.reason', {
					running: shortId((services[0] && setupOf(services[0])?.imageId) ?? ''),
					now: shortId(file.images[image] ?? ''),
				}),
			})),
		];
	},
};

/** A service by its name where all its replicas are concerned. */
function names(services: readonly Service[]): Message {
	return joined(namesOf(services), ', ');
}

function namesOf(services: readonly Service[]): Message[] {
	const groups = Map.groupBy(services, service => (service.replica === null ? service.container : service.service));
	return [...groups.values()].map(same => {
		const replicas = same.flatMap(({ replica }) => replica ?? []);
		const [{ name, service } = { name: '', service: '' }] = same;
		if (replicas.length > 0) return replicas.length === replicas[0]?.of ? quoted(service) : replicasName(replicas);
		return typeof name === 'string' ? quoted(name) : name;
	});
}

function shortId(id: string): string {
	return id.replace(/^sha256:/, '').slice(0, 12);
}
