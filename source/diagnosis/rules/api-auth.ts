import { settingOf } from '../airflow-facts.ts';
import { fix, type Rule } from '../finding.ts';
import { say } from '../messages/message.ts';

/** The API accepts sessions only, which laketop can use but scripts cannot. */
export const sessionAuthOnly: Rule = {
	name: 'session auth only',
	find: facts => {
		const webserver = facts.of('webserver');
		const set = settingOf(facts, webserver, 'AIRFLOW__API__AUTH_BACKENDS');
		// Unset, Airflow's default applies, which is often intended.
		if (!webserver || !set || facts.state.feeds.dags.status !== 'live') return [];
		const backends = set.split(',').map(name => name.trim().split('.').at(-1) ?? '');
		if (!backends.includes('session') || backends.includes('basic_auth')) return [];
		return [
			{
				subject: webserver.container,
				severity: 'warning',
				since: null,
				title: say('session only.title'),
				evidence: [],
				cause: say('session only.cause', { backends: backends.join(', ') }),
				reason: say('session only.reason'),
				impact: [say('session only.impact')],
				fixes: [fix(say('login.backend.fix'), { kind: 'advice' })],
			},
		];
	},
};
