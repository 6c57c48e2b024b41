/** Findings about the state of a container. Each English, then Korean. */
export const containerMessages = {
	'exited.title': ['{service} exited', '{service} 컨테이너가 종료되었습니다'],
	'exited.evidence': [
		'Exit code {code} at {at:time}, restart policy {policy}',
		'종료 코드 {code}, 종료 시각 {at:time}, 재시작 정책 {policy}',
	],
	'exited.stopped.cause': ['Stopped manually', '사용자가 직접 중지했습니다'],
	'exited.stopped.reason': [
		'Restart policy {policy} starts it again after a crash, so exit code {code} was a manual stop',
		'장애로 종료되었다면 재시작 정책 {policy}에 따라 다시 시작되었을 것입니다. 따라서 종료 코드 {code}은(는) 수동 중지입니다',
	],
	'exited.terminated.reason': [
		'Exit code {code} is SIGTERM, an orderly stop',
		'종료 코드 {code}은(는) SIGTERM에 의한 정상 중지입니다',
	],
	'exited.killed.cause': ['Killed from outside (SIGKILL)', '외부에서 강제 종료되었습니다(SIGKILL)'],
	'exited.killed.reason': [
		'Exit code 137 is SIGKILL, and Docker reports no OOM kill. It was killed manually, or a stop exceeded its grace period',
		'종료 코드 137은 SIGKILL이며 Docker에 OOM 기록이 없습니다. 직접 강제 종료했거나 중지 유예 시간을 넘긴 경우입니다',
	],
	'exited.oom.cause': ['OOM-killed', '메모리가 부족하여 커널이 강제 종료했습니다(OOM)'],
	'exited.oom.reason': ['Docker reports OOMKilled', 'Docker가 이 종료를 메모리 부족(OOM)으로 기록했습니다'],
	'exited.crashed.cause': ['The process crashed: {line}', '프로그램이 오류로 종료되었습니다: {line}'],
	'exited.crashed.reason': [
		'Exit code {code} is an error of the process itself. The cause is the last error in its log',
		'종료 코드 {code}은(는) 프로그램 자체의 오류입니다. 로그에 남은 마지막 오류를 원인으로 판단했습니다',
	],
	'exited.finished.cause': ['The process ran to completion', '프로그램이 끝까지 실행되고 종료되었습니다'],
	'exited.finished.reason': [
		'Exit code 0 without a stop request. A service that should run continuously has nothing left to do',
		'중지 명령 없이 종료 코드 0으로 끝났습니다. 계속 실행되어야 하는 서비스가 할 일을 마치고 종료된 것입니다',
	],

	'created.title': ['{service} was created but never started', '{service} 컨테이너가 생성되었지만 시작되지 않았습니다'],
	'created.cause': ['The start failed: {error}', '시작하지 못했습니다: {error}'],
	'created.waits.cause': [
		'Compose is waiting for its dependencies, or was interrupted',
		'Compose가 의존 서비스를 기다리고 있거나 도중에 중단되었습니다',
	],
	'created.reason': ['Docker reports the state created', 'Docker에서 created 상태로 남아 있습니다'],

	'port.title': [
		'{service} cannot start: port {port} is already in use',
		'{service}을(를) 시작할 수 없습니다. 포트 {port}이(가) 이미 사용 중입니다',
	],
	'port.cause': [
		'Another program is listening on port {port} of this host',
		'이 호스트의 다른 프로그램이 포트 {port}을(를) 사용하고 있습니다',
	],
	'port.reason': ['Docker could not bind the port: {error}', 'Docker가 포트 할당을 거부했습니다: {error}'],
	'port.who': [
		'Find the program that uses the port and stop it, or give {service} another port',
		'해당 포트를 사용하는 프로그램을 찾아 종료하거나 {service}의 포트를 변경하세요',
	],

	'loop.title': ['{service} is in a restart loop', '{service} 컨테이너가 종료와 재시작을 반복합니다'],
	'loop.evidence': [
		'{count} {count|exit|exits} within {window:duration}, last exit code {code}',
		'{window:duration} 동안 {count}회 종료, 마지막 종료 코드 {code}',
	],
	'loop.cause': ['It crashes soon after each start: {line}', '시작 직후 매번 오류로 종료됩니다: {line}'],
	'loop.unknown.cause': [
		'It crashes soon after each start and logs no error',
		'시작 직후 매번 종료되지만 로그에 남은 오류가 없습니다',
	],
	'loop.unknown.reason': [
		'Restart policy {policy} starts it again each time',
		'재시작 정책 {policy}에 따라 매번 다시 시작됩니다',
	],
	'loop.reason': [
		'Restart policy {policy} starts it again each time, and its log ends with this error',
		'재시작 정책 {policy}에 따라 매번 다시 시작되며 로그가 이 오류로 끝납니다',
	],

	'paused.title': ['{service} is paused', '{service} 컨테이너가 일시 중지되었습니다'],
	'paused.cause': ['Paused manually (docker pause)', '누군가 컨테이너를 일시 중지했습니다(docker pause)'],
	'paused.reason': [
		'Docker reports the state paused. A paused container accepts connections but never responds',
		'Docker에서 paused 상태입니다. 일시 중지된 컨테이너는 연결은 받지만 응답하지 않습니다',
	],
} as const;
