import type { Failure } from '../../model/source.ts';
import { isAirflow3 } from '../../selectors/printed-commands/airflow-command.ts';
import { engineCommand } from '../../selectors/printed-commands/printed-command.ts';
import { sayer } from '../../words/message.ts';
import { isPageUnreachable } from '../airflow-facts.ts';
import type { DiagnosisFacts } from '../facts.ts';
import { type Draft, evidence, fix, type Rule } from '../finding.ts';
import { commonMessages } from '../messages/common.ts';
import { readLog, restart } from '../services.ts';
import { thresholds } from '../thresholds.ts';

const texts = {
	'api.title': ['Airflow API requests fail', 'Airflow API 요청이 실패합니다'],
	'api.cause': ['{message}', '{message}'],
	'api.reason': [
		'The health endpoint responds, but requests for DAGs and DAG runs fail',
		'헬스 체크 엔드포인트는 응답하지만 DAG와 DAG 실행 조회 요청이 실패합니다',
	],
	'logins closed.title': ['Airflow accepts no logins for now', 'Airflow가 당분간 로그인을 받지 않습니다'],
	'logins closed.cause': [
		'Too many logins from this address within a short time; failed ones count too',
		'짧은 시간에 이 주소에서 로그인이 너무 많았습니다. 실패한 로그인도 포함됩니다',
	],
	'logins closed.fix': [
		'Check user name and password, then wait: laketop tries again by itself',
		'사용자 이름과 비밀번호를 확인하고 기다리세요. laketop이 자동으로 다시 시도합니다',
	],
	'logins closed.setting': [
		'If the logins are wanted, raise auth_rate_limit in the configuration of Airflow (default: 5 per 40 second)',
		'필요한 로그인이면 Airflow 설정의 auth_rate_limit를 늘리세요(기본값: 5 per 40 second)',
	],
	'login.title': ["Airflow rejects laketop's login", 'Airflow가 laketop의 로그인을 거부합니다'],
	'login.password.cause': [
		'The password of {user} is wrong, or the user does not exist',
		'{user}의 비밀번호가 다르거나 해당 사용자가 없습니다',
	],
	'login.backend.cause': [
		'The API accepts neither sessions nor Basic auth (api.auth_backends)',
		'API가 세션과 Basic 인증을 모두 허용하지 않습니다(api.auth_backends)',
	],
	'login.role.cause': ['{user} has no role that may read DAGs', '{user}에게 DAG를 조회할 권한(role)이 없습니다'],
	'login.token.cause': ['The token is missing, wrong or has expired', '토큰이 없거나 잘못되었거나 만료되었습니다'],
	'login.token role.cause': [
		'The user of the token has no role that may read DAGs',
		'토큰의 사용자에게 DAG를 조회할 권한(role)이 없습니다',
	],
	'login.token.fix': [
		'Check airflow.token, airflow.token_file or airflow.token_command',
		'airflow.token, airflow.token_file 또는 airflow.token_command를 확인하세요',
	],
	'login.reason': ['Airflow itself responds: {message}', 'Airflow 자체는 응답합니다: {message}'],
	'login.fix': [
		'Set the correct password: LAKETOP_AIRFLOW_PASSWORD, or airflow.password_file in laketop.yaml',
		'올바른 비밀번호를 설정하세요. LAKETOP_AIRFLOW_PASSWORD 또는 laketop.yaml의 airflow.password_file',
	],
	'login.reset': ['Or reset the password of {user}', '또는 {user}의 비밀번호를 새로 설정하세요'],
	'no user.title': ['Airflow has no user {user}', 'Airflow에 {user} 사용자가 없습니다'],
	'no user.cause': [
		'The user was never created in this database',
		'이 데이터베이스에 해당 사용자가 생성되지 않았습니다',
	],
	'no user.reason': [
		'Airflow rejects the login, and its users are: {users}',
		'로그인이 거부되었고 Airflow의 사용자는 다음과 같습니다: {users}',
	],
	'no user.impact': ['Nobody can sign in as {user}', '아무도 {user}으로(로) 로그인할 수 없습니다'],
	'impact.view': [
		'laketop cannot show or change DAGs and DAG runs. What it shows of them is outdated',
		'laketop이 DAG와 DAG 실행을 조회하거나 변경할 수 없습니다. 표시된 내용은 이전 상태입니다',
	],
} as const;
const say = sayer({ ...commonMessages, ...texts });

/** The Airflow API fails although its health page answers: login, roles, errors. */
export const airflowApi: Rule = {
	name: 'airflow api',
	isSeenAtOnce: true,
	texts,
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
