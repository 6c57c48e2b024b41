/** Texts of `rules/health-check-idle.ts`. Each English, then Korean. */
export const healthCheckIdleMessages = {
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
