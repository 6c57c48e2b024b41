import { fix, type Rule } from '../finding.ts';
import { say } from '../messages/message.ts';
import { about, isJob } from '../services.ts';

/** A service of the stack without a health check. */
export const healthCheckMissing: Rule = {
	name: 'health check missing',
	find: facts =>
		facts.services.flatMap(service => {
			const { container } = service.it;
			const setup = facts.check('setup', container.id);
			if (
				service.role === null ||
				isJob(service) ||
				container.state !== 'running' ||
				!setup ||
				setup.setup.hasHealthCheck
			)
				return [];
			return [
				{
					...about(service),
					severity: 'warning',
					since: null,
					title: say('no health check.title', { service: service.name }),
					evidence: [],
					cause: say('no health check.cause'),
					reason: say('no health check.reason'),
					impact: [say('no health check.impact')],
					fixes: [fix(say('no health check.fix', { service: service.name }), { kind: 'advice' })],
				},
			];
		}),
};
