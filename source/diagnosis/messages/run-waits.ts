/** Texts of `rules/run-waits.ts`. Each English, then Korean. */
export const runWaitsMessages = {
	'run queued.title': ['DAG run {run} does not start', 'DAG 실행 {run}이(가) 시작되지 않습니다'],
	'run queued.cause': [
		'{dag} has reached its limit of active DAG runs (max_active_runs)',
		'{dag}에 허용된 동시 실행 수(max_active_runs)만큼 이미 실행 중입니다',
	],
	'run queued.scheduler.cause': ['The scheduler does not start it', '스케줄러가 실행을 시작하지 않습니다'],
	'run queued.reason': [
		'The DAG is not paused, and {active} of its DAG runs {active|is|are} running',
		'DAG는 일시 중지 상태가 아니며 현재 {active}건이 실행 중입니다',
	],
} as const;
