/** Texts of `rules/pools.ts`. Each English, then Korean. */
export const poolsMessages = {
	'pool.title': ['Pool {pool} has no slots', '풀 {pool}에 슬롯이 없습니다'],
	'pool.full.title': ['Pool {pool} is full', '풀 {pool}이(가) 가득 찼습니다'],
	'pool.evidence': [
		'{slots} {slots|slot|slots}: {running} running, {queued} queued, {scheduled} {scheduled|task|tasks} waiting',
		'슬롯 {slots}개, 실행 {running}, 대기 {queued}, 슬롯을 기다리는 작업 {scheduled}개',
	],
	'pool.zero.cause': [
		'The pool is set to {slots} slots, so none of its tasks can run',
		'슬롯이 {slots}개로 설정되어 이 풀의 작업은 실행될 수 없습니다',
	],
	'pool.full.cause': [
		'More tasks are ready to run than the pool allows at once',
		'풀에서 허용하는 수보다 많은 작업이 동시에 실행되려고 합니다',
	],
	'pool.reason': ['Reported by Airflow', 'Airflow에서 확인한 내용입니다'],
	'pool.impact': ['Tasks in this pool stay scheduled', '이 풀의 작업은 예약됨(scheduled) 상태로 남습니다'],
} as const;
