/** Findings about containers. Each English, then Korean. */
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
		'{service}이(가) healthy가 되기를 기다리는 서비스가 시작되지 않습니다',
	],
	'probe.fix': [
		'Raise interval and timeout of the {service} health check in the Compose file, or use a cheaper command',
		'Compose 파일에서 {service} 헬스 체크의 interval과 timeout을 늘리거나 더 가벼운 명령을 사용하세요',
	],

	'paused.title': ['{service} is paused', '{service} 컨테이너가 일시 중지되었습니다'],
	'paused.cause': ['Paused manually (docker pause)', '누군가 컨테이너를 일시 중지했습니다(docker pause)'],
	'paused.reason': [
		'Docker reports the state paused. A paused container accepts connections but never responds',
		'Docker에서 paused 상태입니다. 일시 중지된 컨테이너는 연결은 받지만 응답하지 않습니다',
	],

	'missing.title': ['{service} has no container', '{service}의 컨테이너가 없습니다'],
	'missing.cause': ['The container was removed or never created', '컨테이너가 삭제되었거나 생성된 적이 없습니다'],
	'missing.reason': [
		'The Compose file defines {service}, but Docker has no container for it',
		'Compose 파일에는 {service} 서비스가 있지만 Docker에는 해당 컨테이너가 없습니다',
	],
	'missing.evidence': ['Services with a container: {others}', '컨테이너가 있는 서비스: {others}'],

	'stack missing.title': [
		'The stack is not running: it has no containers',
		'스택이 실행 중이 아닙니다. 컨테이너가 하나도 없습니다',
	],
	'stack missing.cause': [
		'It was removed (docker compose down), or never started on this Docker Engine',
		'스택이 제거되었거나(docker compose down) 이 Docker 엔진에서 시작된 적이 없습니다',
	],
	'stack missing.reason': [
		'Docker responds but has no containers of an Airflow stack',
		'Docker는 응답하지만 Airflow 스택의 컨테이너가 없습니다',
	],

	'project absent.title': [
		'Project {project} has no containers on this Docker Engine',
		'이 Docker 엔진에 프로젝트 {project}의 컨테이너가 없습니다',
	],
	'project absent.cause': [
		'The project name is probably misspelled, or the stack was removed',
		'프로젝트 이름을 잘못 입력했거나 스택이 제거된 것으로 보입니다',
	],
	'project absent.reason': ['Projects on this Docker Engine: {found}', '이 Docker 엔진의 프로젝트: {found}'],
	'project absent.pass': ['Pass --project {name}', '--project {name} 옵션을 사용하세요'],
	'project absent.check': ['Check the name passed to --project', '--project에 지정한 이름을 확인하세요'],

	'stack stopped.title': ['The stack is stopped', '스택 전체가 중지되었습니다'],
	'stack stopped.evidence': [
		'{count} containers exited together, the last at {at:time}',
		'컨테이너 {count}개가 함께 종료되었습니다(마지막 종료 {at:time})',
	],
	'stack stopped.cause': [
		'The whole stack was stopped (docker compose stop)',
		'누군가 스택 전체를 중지했습니다(docker compose stop)',
	],
	'stack stopped.reason': [
		'All containers exited within minutes of each other, and none was started again',
		'모든 컨테이너가 비슷한 시각에 종료되었고 다시 시작된 것이 없습니다',
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

	'memory.title': ['{service} is close to its memory limit', '{service}의 메모리 사용량이 한도에 가깝습니다'],
	'memory.evidence': [
		'{used:bytes} of {limit:bytes} ({share:percent})',
		'{limit:bytes} 중 {used:bytes} 사용({share:percent})',
	],
	'memory.cause': ['It uses nearly all the memory it is allowed', '허용된 메모리를 거의 모두 사용하고 있습니다'],
	'memory.reason': [
		'The limit is set on this container, not on the host',
		'호스트가 아니라 이 컨테이너에 설정된 한도입니다',
	],
	'memory.impact': [
		'At the limit the kernel kills the largest process. A task then fails without a log',
		'한도에 도달하면 커널이 메모리를 가장 많이 쓰는 프로세스를 강제 종료하여 작업이 로그 없이 실패합니다',
	],
	'memory.fix': [
		'Raise mem_limit of {service} in the Compose file, or lower its concurrency',
		'Compose 파일에서 {service}의 mem_limit를 늘리거나 동시 실행 수를 줄이세요',
	],

	'cpu.title': ['{service} is throttled by its CPU limit', '{service}이(가) CPU 한도로 제한되고 있습니다'],
	'cpu.evidence': [
		'CPU usage stays at {used}%, the limit is {limit}%',
		'CPU를 계속 {used}% 사용하고 있으며 한도는 {limit}%입니다',
	],
	'cpu.cause': [
		'Its workload needs more CPU than the limit allows',
		'작업에 필요한 CPU 시간이 설정된 한도보다 많습니다',
	],
	'cpu.reason': [
		'Usage is at the limit of this container, not of the host',
		'호스트가 아니라 이 컨테이너에 설정된 한도에 도달해 있습니다',
	],
	'cpu.impact': [
		'It responds slowly: health checks and heartbeats are late, and tasks take longer',
		'응답이 느려져 헬스 체크와 하트비트가 늦어지고 작업 시간이 길어집니다',
	],
	'cpu.fix': ['Raise cpus of {service} in the Compose file', 'Compose 파일에서 {service}의 cpus를 늘리세요'],

	'oom.title': ['A process in {service} was OOM-killed', '{service}의 프로세스가 메모리 부족으로 강제 종료되었습니다'],
	'oom.evidence': ['Out of memory at {at:time}', '메모리 부족(OOM) 발생 시각 {at:time}'],
	'oom.task.evidence': [
		'{task} of DAG run {run} ended at {at:time}: probably the killed process',
		'DAG 실행 {run}의 {task}이(가) {at:time}에 종료되었습니다. 이 작업이 강제 종료된 것으로 보입니다',
	],
	'oom.cause': ['The container reached its memory limit', '컨테이너가 메모리 한도에 도달했습니다'],
	'oom.reason': [
		'Docker reported an oom event, and the container kept running',
		'Docker가 oom 이벤트를 보냈고 컨테이너 자체는 계속 실행 중입니다',
	],

	'drift.title': [
		'{service} {count|differs|differ} from {count|its|their} Compose file',
		'Compose 파일 내용과 다른 서비스: {service}',
	],
	'drift.config.cause': [
		'The Compose file or its .env changed after the container was created',
		'컨테이너를 만든 뒤 Compose 파일(또는 .env)이 변경되었습니다',
	],
	'drift.config.reason': [
		'The configuration hash on the container differs from the one that Compose computes now',
		'Compose가 계산한 서비스 해시가 컨테이너에 기록된 값과 다릅니다',
	],
	'drift.image.cause': [
		'{image} now refers to another image than the running one',
		'{image} 이름이 가리키는 이미지가 실행 중인 이미지와 다릅니다',
	],
	'drift.image.reason': [
		'The image was pulled or built again. Running: {running}, current: {now}',
		'그 사이 이미지를 새로 받았거나 빌드했습니다. 실행 중: {running}, 현재: {now}',
	],
	'drift.impact': [
		'The changes are not applied yet. The next up applies them, possibly at a bad time',
		'변경 사항이 아직 적용되지 않았습니다. 다음 up 때 적용되므로 원하지 않는 시점에 재생성될 수 있습니다',
	],

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

	'network.title': [
		'{service} is disconnected from the stack network',
		'{service}이(가) 스택의 네트워크에서 분리되었습니다',
	],
	'network.cause': ['It is no longer connected to {network}', '더 이상 {network} 네트워크에 연결되어 있지 않습니다'],
	'network.reason': [
		'All other services are connected to {network}; {service} is connected to {own}',
		'스택의 다른 서비스는 모두 {network}에 연결되어 있지만 {service}의 네트워크는 {own}입니다',
	],
	'network.fix': ['Connect {service} to {network} again', '{service}을(를) {network}에 다시 연결하세요'],
} as const;
