import type { ContainerDetail } from '../../model/engine/container.ts';
import { sayer } from '../../words/message.ts';
import { fix, type Rule } from '../finding.ts';
import { about, brokenBy, dependenciesOf, impactOf, start } from '../services.ts';

const texts = {
	'port.title': [
		'{service} cannot start: port {port} is already in use',
		'{service}을(를) 시작할 수 없습니다. 포트 {port}이(가) 이미 사용 중입니다',
	],
	'port.cause': [
		'Another program is listening on port {port} of this host',
		'이 호스트의 다른 프로그램이 포트 {port}을(를) 사용하고 있습니다',
	],
	'port.reason': ['Docker could not bind the port: {error}', 'Docker가 포트 할당을 거부했습니다: {error}'],
	'port.who': [
		'Find the program that uses the port and stop it, or give {service} another port',
		'해당 포트를 사용하는 프로그램을 찾아 종료하거나 {service}의 포트를 변경하세요',
	],
} as const;
const say = sayer(texts);

/** `Bind for 127.0.0.1:8082 failed: port is already allocated`, `… listen tcp4 0.0.0.0:8082: bind: address already in use`. */
export function portError({ error }: Pick<ContainerDetail, 'error'>): string | null {
	if (!/port is already allocated|address already in use/i.test(error)) return null;
	return /:(\d{2,5})(?=[: ]\D)/.exec(error)?.[1] ?? '?';
}

/** A container that cannot start because its port is in use. */
export const portTaken: Rule = {
	name: 'port taken',
	isSeenAtOnce: true,
	texts,
	find: ({ services }) =>
		services.flatMap(service => {
			const { container, detail, since } = service.it;
			if (detail === null || container.state === 'running') return [];
			const port = portError(detail);
			if (port === null) return [];
			const error = detail.error.slice(Math.max(0, detail.error.search(/Bind for|listen tcp|driver failed/)));
			return [
				{
					...about(service),
					severity: 'critical',
					since,
					title: say('port.title', { service: service.name, port }),
					evidence: [],
					cause: say('port.cause', { port }),
					reason: say('port.reason', { error }),
					impact: impactOf(service),
					fixes: [
						fix(say('port.who', { service: service.name }), {
							kind: 'type',
							command: `ss -ltnp 'sport = :${port}'`,
						}),
						start(service),
					],
					breaks: [`port ${service.container}`, ...brokenBy(service)],
					dependsOn: dependenciesOf(service).filter(dependency => dependency === 'engine'),
				},
			];
		}),
};
