import { sayer } from '../../words/message.ts';
import { fix, type Rule } from '../finding.ts';
import { about, isJob } from '../services.ts';

const texts = {
	'no health check.title': ['{service} has no health check', '{service}에 헬스 체크가 없습니다'],
	'no health check.cause': [
		'Neither the image nor the Compose file defines one',
		'이미지와 Compose 파일 모두 헬스 체크를 정의하지 않았습니다',
	],
	'no health check.reason': [
		'Docker reports no health check. The container is running, but whether it works is unknown',
		'Docker에 헬스 체크가 없습니다. 컨테이너는 실행 중이지만 정상 동작 여부는 알 수 없습니다',
	],
	'no health check.impact': [
		'Hangs go unnoticed, and other services may start before it is ready',
		'프로그램이 멈춰도 알 수 없고, 준비되기 전에 다른 서비스가 시작될 수 있습니다',
	],
	'no health check.fix': [
		'Add a healthcheck for {service} to the Compose file',
		'Compose 파일의 {service}에 healthcheck를 추가하세요',
	],
} as const;
const say = sayer(texts);

/** A service of the stack without a health check. */
export const healthCheckMissing: Rule = {
	name: 'health check missing',
	texts,
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
