import { fix, type Rule } from '../finding.ts';
import { say } from '../messages/message.ts';
import { about } from '../services.ts';

/** Only `none` keeps no log: since 20.10 the engine caches the logs of remote drivers unless `cache-disabled` is set. */
const unreadable = /^none$/;

/** A container whose log cannot be read. */
export const logDriver: Rule = {
	name: 'log driver',
	find: facts =>
		facts.services.flatMap(service => {
			const setup = facts.check('setup', service.it.container.id)?.setup;
			// Compose creates a replacement under another name and renames it before it starts.
			if (!setup || !unreadable.test(setup.logDriver) || service.it.container.state === 'created') return [];
			return [
				{
					...about(service),
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
