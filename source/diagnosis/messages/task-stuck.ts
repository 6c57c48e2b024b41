/** Texts of `rules/task-stuck.ts`. Each English, then Korean. */
export const taskStuckMessages = {
	'stuck.title': ['{task} appears to be stuck', '{task} 작업이 멈춘 것으로 보입니다'],
	'stuck.cause': [
		'It waits for a response that never comes, or is in an endless loop',
		'오지 않는 응답을 기다리거나 무한 루프에 빠져 있습니다',
	],
	'stuck.reason': [
		'The worker is healthy, and this task usually takes {usual:duration}',
		'워커는 정상이며 이 작업의 평소 소요 시간은 {usual:duration}입니다',
	],
	'stuck.fix': ['Stop DAG run {run}', 'DAG 실행 {run}을(를) 중지하세요'],
} as const;
