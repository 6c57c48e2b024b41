import { containerStateText } from '../../model/state-texts.ts';
import { evidence, fix, type Rule } from '../finding.ts';
import { say } from '../messages/message.ts';
import { about, brokenBy, impactOf } from '../services.ts';

/** A container that was paused and probably forgotten. */
export const containerPaused: Rule = {
	name: 'container paused',
	isSeenAtOnce: true,
	find: ({ services }) =>
		services.flatMap(service => {
			const { container, since } = service.it;
			if (container.state !== 'paused') return [];
			return [
				{
					...about(service),
					severity: 'critical',
					since,
					title: say('paused.title', { service: service.name }),
					evidence: [
						evidence(
							say('evidence.state', {
								service: service.name,
								state: containerStateText({ state: 'paused', health: container.health }),
							}),
						),
					],
					cause: say('paused.cause'),
					reason: say('paused.reason'),
					impact: impactOf(service),
					fixes: [
						fix(say('fix.unpause container', { service: service.name }), {
							kind: 'container',
							verb: 'unpause',
							container: service.container,
						}),
					],
					breaks: brokenBy(service),
					dependsOn: ['engine'],
				},
			];
		}),
};
