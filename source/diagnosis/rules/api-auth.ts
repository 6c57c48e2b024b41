import { sayer } from '../../words/message.ts';
import { settingOf } from '../airflow-facts.ts';
import { fix, type Rule } from '../finding.ts';
import { commonMessages } from '../messages/common.ts';

const texts = {
	'session only.title': [
		'The Airflow API accepts sessions only, no passwords',
		'Airflow API가 비밀번호 인증 없이 세션만 허용합니다',
	],
	'session only.cause': [
		'api.auth_backends contains {backends}, but not basic_auth',
		'api.auth_backends에 {backends}만 있고 basic_auth가 없습니다',
	],
	'session only.reason': [
		'The webserver runs with this setting. laketop signs in through the login form and is not affected',
		'웹 서버가 이 설정으로 시작되었습니다. laketop은 로그인 양식을 사용하므로 영향이 없습니다',
	],
	'session only.impact': [
		'Scripts and clients that send a user name and password get 401',
		'사용자와 비밀번호를 보내는 스크립트나 다른 프로그램은 401 응답을 받습니다',
	],
} as const;
const say = sayer({ ...commonMessages, ...texts });

/** The API accepts sessions only, which laketop can use but scripts cannot. */
export const sessionAuthOnly: Rule = {
	name: 'session auth only',
	texts,
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
