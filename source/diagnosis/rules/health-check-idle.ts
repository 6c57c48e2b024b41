import { isPodmanVersion } from '../../model/engine/engine-address.ts';
import { engineCommand } from '../../selectors/printed-commands/printed-command.ts';
import { sayer } from '../../words/message.ts';
import { evidence, fix, type Rule } from '../finding.ts';
import { about } from '../services.ts';

const texts = {
	'health check idle.title': [
		'The health check of {service} does not run',
		'{service}의 헬스 체크가 실행되지 않습니다',
	],
	'health check idle.evidence': [
		'Health is still starting; it decides within {decidesMs:duration} of the start',
		'헬스가 아직 starting입니다. 시작 후 {decidesMs:duration} 안에 결정되어야 합니다',
	],
	'health check idle.cause': [
		'Podman runs health checks by systemd timers, and they do not run here',
		'Podman은 헬스 체크를 systemd 타이머로 실행하는데, 여기서는 실행되지 않습니다',
	],
	'health check idle.reason': [
		'Even if every check had failed, the container would be unhealthy by now',
		'헬스 체크가 모두 실패했더라도 지금은 비정상이어야 합니다',
	],
	'health check idle.impact': [
		'Hangs go unnoticed, and services that wait for its health do not start',
		'프로그램이 멈춰도 알 수 없고, 이 서비스의 헬스를 기다리는 서비스가 시작되지 않습니다',
	],
	'health check idle.once': ['Run the health check of {service} once', '{service}의 헬스 체크를 한 번 실행'],
	'health check idle.fix': [
		'Run Podman under systemd; for rootless Podman, enable lingering (loginctl enable-linger). Then recreate the container',
		'systemd에서 Podman을 실행하고, rootless Podman이면 loginctl enable-linger를 실행하세요. 그런 다음 컨테이너를 다시 생성하세요',
	],
} as const;
const say = sayer(texts);

/** The engine and a slow host get this much longer, ms. */
const graceMs = 30_000;

/**
 * A health check that never runs. Podman runs them by systemd timers: without systemd, or without lingering of a
 * rootless user, the health is `starting` for ever. Seen with Podman 4.3 and 5.4.
 */
export const healthCheckIdle: Rule = {
	name: 'health check idle',
	texts,
	find: facts => {
		if (!isPodmanVersion(facts.state.sources.docker?.version ?? '')) return [];
		return facts.services.flatMap(service => {
			const { container, detail } = service.it;
			const decidesMs = facts.check('setup', container.id)?.setup.healthDecidesMs;
			if (container.state !== 'running' || container.health !== 'starting') return [];
			if (decidesMs === undefined || detail?.startedAt == null) return [];
			if (facts.now - detail.startedAt < decidesMs + graceMs) return [];
			return [
				{
					...about(service),
					severity: 'warning',
					since: detail.startedAt,
					title: say('health check idle.title', { service: service.name }),
					evidence: [evidence(say('health check idle.evidence', { decidesMs }))],
					cause: say('health check idle.cause'),
					reason: say('health check idle.reason'),
					impact: [say('health check idle.impact')],
					fixes: [
						fix(say('health check idle.once', { service: service.name }), {
							kind: 'type',
							command: engineCommand(facts.state, 'healthcheck', 'run', container.name),
						}),
						fix(say('health check idle.fix'), { kind: 'advice' }),
					],
				},
			];
		});
	},
};
