import type { ContainerDetail } from '../../model/engine/container.ts';
import { fix, type Rule } from '../finding.ts';
import { say } from '../messages/message.ts';
import { about, brokenBy, dependenciesOf, impactOf, start } from '../services.ts';

/** `Bind for 127.0.0.1:8082 failed: port is already allocated`, `… listen tcp4 0.0.0.0:8082: bind: address already in use`. */
export function portError({ error }: Pick<ContainerDetail, 'error'>): string | null {
	if (!/port is already allocated|address already in use/i.test(error)) return null;
	return /:(\d{2,5})(?=[: ]\D)/.exec(error)?.[1] ?? '?';
}

/** A container that cannot start because its port is in use. */
export const portTaken: Rule = {
	name: 'port taken',
	isSeenAtOnce: true,
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
