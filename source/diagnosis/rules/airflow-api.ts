import type { Failure } from '../../model/source.ts';
import { isAirflow3 } from '../../selectors/printed-commands/airflow-command.ts';
import { engineCommand } from '../../selectors/printed-commands/printed-command.ts';
import { isPageUnreachable } from '../airflow-facts.ts';
import type { DiagnosisFacts } from '../facts.ts';
import { type Draft, evidence, fix, type Rule } from '../finding.ts';
import { say } from '../messages/message.ts';
import { readLog, restart } from '../services.ts';
import { thresholds } from '../thresholds.ts';

/** The Airflow API fails although its health page answers: login, roles, errors. */
export const airflowApi: Rule = {
	name: 'airflow api',
	isSeenAtOnce: true,
	find: facts => {
		const { state, now } = facts;
		for (const feed of [state.feeds.dags, state.feeds.pipeline]) {
			if (feed.status !== 'failed') continue;
			const { kind } = feed.failure;
			if (kind === 'unauthorised') return [login(facts, feed.since, feed.failure)];
			const isOther = kind === 'server' || kind === 'protocol' || kind === 'timeout' || kind === 'busy';
			if (isOther && now - feed.since >= thresholds.requestFailingMs && !isPageUnreachable(facts, 'airflow'))
				return [failing(facts, feed.since, feed.failure)];
		}
		return [];
	},
};

function login(facts: DiagnosisFacts, since: number, { message, code, httpStatus }: Failure): Draft {
	const { airflowUser: user } = facts;
	if (facts.state.sendsAirflowToken) return tokenLogin(since, { message, httpStatus });
	const users = facts.check('database')?.users;
	const common = { subject: 'login', severity: 'critical' as const, since, breaks: ['login' as const] };
	const dependsOn = ['migration' as const, 'database' as const, 'webserver' as const];
	if (users && !users.includes(user)) {
		return {
			...common,
			title: say('no user.title', { user }),
			evidence: [evidence(say('evidence.failure', { message }))],
			cause: say('no user.cause'),
			reason: say('no user.reason', { users: users.join(', ') || '-' }),
			impact: [say('no user.impact', { user }), say('impact.view')],
			fixes: [fix(say('fix.init'), { kind: 'init' })],
			dependsOn,
		};
	}
	if (code === 'too-many-logins') return loginsClosed(since, message);
	const isBackend = code === 'no-api-login';
	const isRole = httpStatus === 403;
	const scheduler = facts.of('scheduler');
	return {
		...common,
		title: say('login.title'),
		evidence: [evidence(say('evidence.failure', { message }))],
		cause: isBackend
			? say('login.backend.cause')
			: isRole
				? say('login.role.cause', { user })
				: say('login.password.cause', { user }),
		reason: say('login.reason', { message }),
		impact: [say('impact.view')],
		fixes: isBackend
			? [fix(say('login.backend.fix'), { kind: 'advice' })]
			: [
					fix(say('login.fix'), { kind: 'advice' }),
					// Airflow 3 may keep its users elsewhere: the simple auth manager has them in a file.
					...(scheduler && !isAirflow3(facts.state)
						? [
								fix(say('login.reset', { user }), {
									kind: 'type',
									command: engineCommand(
										facts.state,
										...['exec', '-it', scheduler.container, 'airflow', 'users', 'reset-password', '--username', user],
									),
								}),
							]
						: []),
				],
		dependsOn,
	};
}

/** Nothing is known of the user or the password, and another attempt counts as well. */
function loginsClosed(since: number, message: Failure['message']): Draft {
	return {
		subject: 'login',
		severity: 'critical',
		since,
		title: say('logins closed.title'),
		evidence: [evidence(say('evidence.failure', { message }))],
		cause: say('logins closed.cause'),
		reason: say('login.reason', { message }),
		impact: [say('impact.view')],
		fixes: [fix(say('logins closed.fix'), { kind: 'advice' }), fix(say('logins closed.setting'), { kind: 'advice' })],
		breaks: ['login'],
		dependsOn: ['webserver'],
	};
}

function tokenLogin(since: number, { message, httpStatus }: Pick<Failure, 'message' | 'httpStatus'>): Draft {
	return {
		subject: 'login',
		severity: 'critical',
		since,
		title: say('login.title'),
		evidence: [evidence(say('evidence.failure', { message }))],
		cause: httpStatus === 403 ? say('login.token role.cause') : say('login.token.cause'),
		reason: say('login.reason', { message }),
		impact: [say('impact.view')],
		fixes: [fix(say('login.token.fix'), { kind: 'advice' })],
		breaks: ['login'],
		dependsOn: ['migration', 'database', 'webserver'],
	};
}

function failing(facts: DiagnosisFacts, since: number, { kind, message }: Failure): Draft {
	const webserver = facts.of('webserver');
	return {
		subject: 'requests',
		severity: 'critical',
		since,
		title: say('api.title'),
		evidence: [evidence(say('evidence.failure', { message }))],
		cause: say('api.cause', { message }),
		reason: say('api.reason'),
		impact: [say('impact.view')],
		// A redirect or another program: the Airflow container is not involved.
		fixes:
			kind === 'protocol'
				? [fix(say('page.url'), { kind: 'advice' })]
				: webserver
					? [readLog(webserver), ...(kind === 'busy' ? [] : [restart(webserver)])]
					: [],
		breaks: ['login'],
		dependsOn: ['engine', 'database', 'migration', 'disk', 'webserver', 'logs folder'],
	};
}
