/** Findings about the engine and its machine. Each English, then Korean. */
export const hostMessages = {
	'engine.title': ['The Docker Engine is unreachable', 'Docker 엔진에 연결할 수 없습니다'],
	'engine.down.cause': ['It is not running, or its address is wrong', '실행 중이 아니거나 지정된 주소에 없습니다'],
	'engine.permission.cause': [
		'This user has no permission to use the Docker socket',
		'현재 사용자에게 Docker 소켓을 사용할 권한이 없습니다',
	],
	'engine.other.cause': ['{message}', '{message}'],
	'engine.reason': ['{message}', '{message}'],
	'engine.impact': [
		'Containers cannot be shown or changed. Whether they are running is unknown',
		'컨테이너를 조회하거나 변경할 수 없습니다. 실행 여부도 알 수 없습니다',
	],
	'engine.start': ['Start the Docker Engine', 'Docker 엔진을 시작하세요'],
	'engine.check': [
		'Check the Docker Engine address {address} (set by {origin})',
		'Docker 엔진 주소 {address}을(를) 확인하세요({origin}에서 지정됨)',
	],
	'engine.podman': [
		"Start Podman's API, which laketop uses like Docker's",
		'laketop이 Docker API처럼 사용하는 Podman API를 시작하세요',
	],
	'engine.podman root': [
		'Run laketop as root, or use rootless Podman: only root may use the socket of rootful Podman',
		'laketop을 root로 실행하거나 rootless Podman을 사용하세요. rootful Podman의 소켓은 root만 사용할 수 있습니다',
	],
	'engine.join': [
		'Add your user to the group that owns the socket, then log in again',
		'소켓을 소유한 그룹에 사용자를 추가한 뒤 다시 로그인하세요',
	],

	'disk.title': ['The disk of {path} is nearly full', '{path}이(가) 있는 디스크가 거의 가득 찼습니다'],
	'disk.full.title': ['The disk of {path} is full', '{path}이(가) 있는 디스크가 가득 찼습니다'],
	'disk.evidence': [
		'{free:bytes} of {total:bytes} free ({share:percent})',
		'{total:bytes} 중 {free:bytes} 남음({share:percent})',
	],
	'disk.cause': [
		'Logs, images and volumes use nearly all of its space',
		'로그, 이미지, 볼륨 등이 공간을 거의 모두 차지하고 있습니다',
	],
	'disk.reason': ['Reported by the file system', '파일 시스템에서 확인한 값입니다'],
	'disk.prune': ['Remove stopped containers and unused images', '중지된 컨테이너와 사용하지 않는 이미지를 삭제하세요'],
	'disk.logs': ['Delete task logs older than 30 days', '30일이 지난 작업 로그를 삭제하세요'],
	'inodes.title': [
		'The disk of {path} is nearly out of inodes',
		'{path}이(가) 있는 디스크의 inode가 거의 소진되었습니다',
	],
	'inodes.evidence': ['{free} of {total} inodes free', '전체 inode {total}개 중 {free}개 남음'],
	'inodes.cause': [
		'Too many small files, usually old task logs',
		'작은 파일이 너무 많습니다. 대부분 오래된 작업 로그입니다',
	],
	'inodes.reason': [
		'The disk has free space, but a file cannot be created without an inode',
		'디스크에 여유 공간이 있어도 inode가 없으면 파일을 만들 수 없습니다',
	],

	'growth.title': ['The disk of {path} is filling up fast', '{path}이(가) 있는 디스크가 빠르게 채워지고 있습니다'],
	'growth.evidence': [
		'{growth:bytes} per hour; {free:bytes} free, full in about {left:duration}',
		'시간당 {growth:bytes} 증가, 남은 공간 {free:bytes}(약 {left:duration} 후 가득 참)',
	],
	'growth.cause': [
		'Something writes a lot, usually a log, a volume or repeated image builds',
		'로그, 볼륨, 반복되는 이미지 빌드 등이 많은 양을 기록하고 있습니다',
	],
	'growth.reason': ['Free space was measured over the last 30 minutes', '최근 30분 동안 남은 공간을 측정한 결과입니다'],

	'host memory.title': ['The host is nearly out of memory', '호스트 메모리가 거의 소진되었습니다'],
	'host memory.evidence': [
		'{free:bytes} of {total:bytes} available, {swap:bytes} of swap free',
		'전체 {total:bytes} 중 사용 가능 {free:bytes}, 남은 스왑 {swap:bytes}',
	],
	'host memory.cause': [
		'The programs on this host need more memory than it has. The largest container is {service}',
		'호스트의 프로그램들이 사용 가능한 메모리보다 많이 사용합니다. 가장 큰 컨테이너는 {service}입니다',
	],
	'host memory.reason': ['Reported by the kernel (MemAvailable)', '커널이 계산한 값입니다(MemAvailable)'],
	'host memory.impact': [
		'The kernel swaps, then kills processes. A task or service may end without warning',
		'커널이 스왑을 사용하다가 프로세스를 강제 종료합니다. 작업이나 서비스가 예고 없이 종료될 수 있습니다',
	],
	'host memory.fix': [
		'Lower AIRFLOW__CELERY__WORKER_CONCURRENCY, or stop programs you do not need',
		'AIRFLOW__CELERY__WORKER_CONCURRENCY를 줄이거나 불필요한 프로그램을 중지하세요',
	],

	'clock.title': ['The clocks of this host and {server} differ', '이 호스트와 {server}의 시계가 서로 다릅니다'],
	'clock.evidence': ['Clock of {server}: {direction}{skew:duration}', '{server}의 시계: {direction}{skew:duration}'],
	'clock.cause': ['NTP does not synchronise one of them', '둘 중 하나가 NTP로 동기화되지 않습니다'],
	'clock.reason': [
		'The network delay does not explain the time in its response',
		'응답에 담긴 시각의 차이가 전송 시간으로 설명되지 않습니다',
	],
	'clock.impact': [
		'Sessions, schedules and heartbeats depend on these clocks. Times shown here are off by the same amount',
		'세션, 스케줄, 하트비트가 이 시계에 의존합니다. 화면에 표시되는 시각도 그만큼 어긋납니다',
	],
	'clock.fix': ['Check the NTP synchronisation of both hosts', '두 호스트의 NTP 동기화 상태를 확인하세요'],
	'host cpu.evidence': [
		'Containers use {used}% of the {limit}% CPU of this host',
		'컨테이너들이 이 호스트의 CPU {limit}% 중 {used}%를 사용하고 있습니다',
	],
} as const;
