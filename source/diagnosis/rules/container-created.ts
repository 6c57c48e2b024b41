import { containerStateText } from '../../model/state-texts.ts';
import { evidence, type Rule } from '../finding.ts';
import { say } from '../messages/message.ts';
import { about, brokenBy, dependenciesOf, impactOf, start, up } from '../services.ts';
import { portError } from './port-taken.ts';

/** Compose creates all containers first and starts each when its dependencies are healthy; that takes up to five minutes. */
const waitsMs = 5 * 60_000;

/** A container that was created but not started. */
export const containerCreated: Rule = {
	name: 'container created',
	isSeenAtOnce: true,
	find: ({ services, now }) =>
		services.flatMap(service => {
			const { container, detail } = service.it;
			if (container.state !== 'created' || detail === null || portError(detail) !== null) return [];
			const { error } = detail;
			if (error === '' && now - container.createdAt < waitsMs) return [];
			return [
				{
					...about(service),
					severity: 'critical',
					since: container.createdAt,
					title: say('created.title', { service: service.name }),
					evidence: [
						evidence(say('evidence.state', { service: service.name, state: containerStateText({ state: 'created' }) })),
					],
					cause: error === '' ? say('created.waits.cause') : say('created.cause', { error }),
					reason: say('created.reason'),
					impact: impactOf(service),
					fixes: [start(service), up(service)],
					breaks: brokenBy(service),
					dependsOn: dependenciesOf(service),
				},
			];
		}),
};
