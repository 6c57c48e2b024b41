/** Findings about pools. Each English, then Korean. */
export const poolMessages = {
	'pool.title': ['The pool {pool} has no slots', '풀 {pool}에 슬롯이 없습니다'],
	'pool.full.title': ['The pool {pool} is full', '풀 {pool}이(가) 가득 찼습니다'],
	'pool.evidence': [
		'{slots} slots, {running} running, {queued} queued, {scheduled} tasks wait for one',
		'슬롯 {slots}개, 실행 {running}, 대기 {queued}, 슬롯을 기다리는 작업 {scheduled}개',
	],
	'pool.zero.cause': [
		'Somebody set it to {slots} slots: nothing in it may run',
		'슬롯이 {slots}개로 설정되어 이 풀의 작업은 실행될 수 없습니다',
	],
	'pool.full.cause': [
		'More tasks want to run at once than the pool allows',
		'풀에서 허용하는 수보다 많은 작업이 동시에 실행되려고 합니다',
	],
	'pool.reason': ['Airflow counts its slots', 'Airflow가 집계한 슬롯 수입니다'],
	'pool.impact': ['Tasks in this pool stay scheduled', '이 풀의 작업은 scheduled 상태로 남습니다'],
	'pool.fix': ['Give the pool {pool} {slots} slots', '풀 {pool}의 슬롯을 {slots}개로 늘리세요'],
} as const;
