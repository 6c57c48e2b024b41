/** Texts of `rules/scheduler-heartbeat.ts`. Each English, then Korean. */
export const schedulerHeartbeatMessages = {
	'heartbeat.title': ['Scheduler heartbeat is stale', '스케줄러의 하트비트가 멈췄습니다'],
	'heartbeat.evidence': [
		'Last heartbeat {age:duration} ago (expected every 5s)',
		'마지막 하트비트 {age:duration} 전(정상 주기 5초)',
	],
	'heartbeat.cause': [
		'The container is up but the scheduler loop is stuck',
		'컨테이너는 실행 중이지만 스케줄러 루프가 멈췄습니다',
	],
	'heartbeat.elsewhere.cause': [
		'The scheduler is not running, and none of the containers here is a scheduler',
		'스케줄러가 실행 중이 아니며 여기에는 해당 컨테이너도 없습니다',
	],
	'heartbeat.managed.cause': ['The scheduler is not running', '스케줄러가 실행 중이 아닙니다'],
	'heartbeat.reason': [
		'The database responds, and the scheduler container has been up for {up:duration}',
		'데이터베이스는 응답하고 스케줄러 컨테이너는 {up:duration} 전부터 실행 중입니다',
	],
	'heartbeat.elsewhere.reason': [
		'The database responds, so the heartbeat time that Airflow reports is correct',
		'데이터베이스가 응답하므로 Airflow가 보고한 하트비트 시각은 정확합니다',
	],
	'impact.scheduler': [
		'No DAG runs start and no tasks are queued. Running tasks continue',
		'새 DAG 실행이 시작되지 않고 다음 작업도 대기열에 들어가지 않습니다. 이미 실행 중인 작업은 계속됩니다',
	],
} as const;
