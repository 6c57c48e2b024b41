import { fix, type Rule } from '../finding.ts';
import { say } from '../messages/message.ts';

/** Drivers whose logs the engine can give back; others since 20.10 through a copy of its own, `cache-disabled` unset. */
const unreadable = /^none$/;

/** A container whose log is nowhere to be read from here. */
export const logDriver: Rule = {
	name: 'log driver',
	find: facts =>
		facts.services.flatMap(service => {
			const setup = facts.check('setup', service.it.container.id)?.setup;
			// Compose makes a container under another name and gives it its own before it starts.
			if (!setup || !unreadable.test(setup.logDriver) || service.it.container.state === 'created') return [];
			return [
				{
					subject: service.container,
					severity: 'warning',
					since: null,
					title: say('log driver.title', { service: service.name }),
					evidence: [],
					cause: say('log driver.cause', { driver: setup.logDriver }),
					reason: say('log driver.reason'),
					impact: [say('log driver.impact')],
					fixes: [fix(say('log driver.fix', { service: service.name }), { kind: 'advice' })],
				},
			];
		}),
};
