import { sayer } from '../../words/message.ts';
import { fix, type Rule } from '../finding.ts';
import { about } from '../services.ts';

const texts = {
	'log driver.title': ['The log of {service} cannot be read', '{service}의 로그를 읽을 수 없습니다'],
	'log driver.cause': [
		'Log driver {driver} keeps no log that Docker can read back',
		'로그 드라이버 {driver}은(는) Docker가 다시 읽을 수 있는 로그를 남기지 않습니다',
	],
	'log driver.reason': [
		'Docker reports this when asked for the log',
		'로그를 요청하면 Docker가 읽을 수 없다고 응답합니다',
	],
	'log driver.impact': [
		'If the service fails, laketop cannot show why',
		'장애가 발생해도 laketop에서 원인을 확인할 수 없습니다',
	],
	'log driver.fix': [
		'Set the log driver of {service} to json-file or local in the Compose file',
		'Compose 파일에서 {service}의 로그 드라이버를 json-file이나 local로 변경하세요',
	],
} as const;
const say = sayer(texts);

/** Only `none` keeps no log: since 20.10 the engine caches the logs of remote drivers unless `cache-disabled` is set. */
const unreadable = /^none$/;

/** A container whose log cannot be read. */
export const logDriver: Rule = {
	name: 'log driver',
	texts,
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
