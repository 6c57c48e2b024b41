/** Texts of `rules/run-slow.ts`. Each English, then Korean. */
export const runSlowMessages = {
	'slow.title': ['DAG run {run} takes longer than usual', 'DAG 실행 {run}이(가) 평소보다 오래 걸립니다'],
	'slow.task.evidence': [
		'{task}: {took:duration}, usually {usual:duration}',
		'{task}: {took:duration}, 평소 {usual:duration}',
	],
	'slow.all.cause': [
		'{slow} of {count} tasks take {factor} times as long as usual. The host or a shared service is slow, not one task',
		'작업 {count}개 중 {slow}개가 평소보다 {factor}배 오래 걸립니다. 한 작업이 아니라 호스트나 공용 서비스가 느린 상태입니다',
	],
	'slow.task.cause': [
		'{task} takes {took:duration}, usually {usual:duration}',
		'{task} 작업이 {took:duration} 걸립니다. 평소에는 {usual:duration}입니다',
	],
	'slow.waiting.cause': [
		'No task ran for {idle:duration} (usually {usual:duration}): its tasks are waiting',
		'{idle:duration} 동안 실행 중인 작업이 없었습니다(평소 {usual:duration}). 작업들이 대기하고 있습니다',
	],
	'slow.unknown.cause': [
		'No task is known to be slower than usual. {task} has been running for {age:duration}',
		'평소보다 느린 작업은 확인되지 않았습니다. 현재 {task} 작업이 {age:duration} 동안 실행 중입니다',
	],
	'slow.none.cause': ['None of its tasks is running', '실행 중인 작업이 없습니다'],
	'slow.reason': [
		'Compared with the tasks of the last {count} successful DAG runs',
		'최근 성공한 DAG 실행 {count}회의 작업 시간과 비교했습니다',
	],
	'slow.median.reason': [
		'Compared with the last successful DAG runs, and with their conf where durations follow it',
		'최근 성공한 DAG 실행들과 비교했습니다. 소요 시간이 conf를 따르면 conf도 반영합니다',
	],
	'slow.look.fix': ['See what its tasks are waiting for', '작업들이 무엇을 기다리는지 확인하세요'],
	'slow.services.fix': ['Compare the CPU and memory of the services', '서비스들의 CPU와 메모리 사용량을 비교하세요'],
} as const;
