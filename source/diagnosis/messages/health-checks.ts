/** Findings about health checks. Each English, then Korean. */
export const healthCheckMessages = {
	'unhealthy.title': ['{service} is unhealthy', '{service}이(가) 비정상(unhealthy) 상태입니다'],
	'unhealthy.evidence': [
		'{streak} {streak|health check|health checks} failed in a row, last exit code {code}:',
		'헬스 체크가 {streak}회 연속 실패했습니다. 마지막 종료 코드 {code}:',
	],
	'unhealthy.no output': ['The health check printed nothing', '헬스 체크 출력이 없습니다'],
	'unhealthy.cause': ['The health check fails: {output}', '헬스 체크가 실패합니다: {output}'],
	'unhealthy.hangs.cause': [
		'The process is running but does not respond in time: it hangs or is overloaded',
		'프로그램이 실행 중이지만 제시간에 응답하지 않습니다. 멈췄거나 과부하 상태입니다',
	],
	'unhealthy.worker.cause': [
		'The worker sends no heartbeats to the broker: it hangs or cannot reach the broker',
		'워커가 브로커에 하트비트를 보내지 않습니다. 멈췄거나 브로커에 연결하지 못합니다',
	],
	'unhealthy.reason': [
		'The container is running, and its dependencies show no problems',
		'컨테이너는 실행 중이고, 의존하는 서비스에서 확인된 이상이 없습니다',
	],

	'probe.evidence': ['Health check command:', '헬스 체크 명령:'],
	'probe.last.evidence': ['Last output:', '마지막 출력:'],
	'probe.cause': [
		'The health check starts Python on each probe and did not finish within {timeout:duration}',
		'헬스 체크가 매번 Python을 새로 시작하며 {timeout:duration} 안에 끝나지 않았습니다',
	],
	'probe.works.reason': [
		'{service} is working; only its health check is slow',
		'{service}은(는) 정상적으로 작동하고 있으며 헬스 체크만 느립니다',
	],
	'probe.busy.reason': [
		'The host has no CPU to spare, and the health checks of all services add to the load',
		'호스트에 여유 CPU가 없고, 모든 서비스의 헬스 체크가 부하를 더합니다',
	],
	'probe.impact': [
		'Services that wait for {service} to become healthy do not start',
		'{service}이(가) 정상(healthy)이 되기를 기다리는 서비스가 시작되지 않습니다',
	],
	'probe.fix': [
		'Raise interval and timeout of the {service} health check in the Compose file, or use a cheaper command',
		'Compose 파일에서 {service} 헬스 체크의 interval과 timeout을 늘리거나 더 가벼운 명령을 사용하세요',
	],

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
