/** Texts of `rules/schedule-missed.ts`. Each English, then Korean. */
export const scheduleMissedMessages = {
	'late.title': ['{dag} missed its schedule', '{dag}이(가) 예정된 시각에 시작되지 않았습니다'],
	'late.evidence': ['Due at {at:time}, {late:duration} ago', '예정 시각 {at:time}, {late:duration} 경과'],
	'late.active.cause': [
		'It has reached its limit of active DAG runs (max_active_runs)',
		'동시에 허용된 실행 수(max_active_runs)만큼 이미 실행 중입니다',
	],
	'late.cause': ['The scheduler has not created the DAG run', '스케줄러가 DAG 실행을 생성하지 않았습니다'],
	'late.reason': [
		'The DAG is not paused and is overdue, but Airflow still lists that DAG run as next',
		'DAG는 일시 중지 상태가 아니고 예정 시각이 지났지만 Airflow는 여전히 그 실행을 예정 상태로 두고 있습니다',
	],
} as const;
