/** Texts of `rules/host-memory.ts`. Each English, then Korean. */
export const hostMemoryMessages = {
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
} as const;
