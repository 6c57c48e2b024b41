/** Texts of `rules/container-unhealthy.ts`. Each English, then Korean. */
export const containerUnhealthyMessages = {
	'unhealthy.title': ['{service} is unhealthy', '{service}이(가) 비정상(unhealthy) 상태입니다'],
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
} as const;
