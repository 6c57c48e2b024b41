/** Texts of `rules/celery-send.ts`. Each English, then Korean. */
export const celerySendMessages = {
	'dispatch.broken.title': [
		'The scheduler cannot send tasks to the broker',
		'스케줄러가 작업을 브로커로 보내지 못합니다',
	],
	'dispatch.slow.title': ['Sending tasks to the broker times out', '작업을 브로커로 보내는 중 시간 초과가 발생합니다'],
	'dispatch.broken.cause': [
		'A send timed out while Python was importing redis. The import stays broken and sending fails until {service} restarts',
		'Python이 redis를 임포트하는 동안 전송 시간이 초과되었습니다. {service} 컨테이너를 재시작할 때까지 임포트가 깨진 상태로 남아 전송이 실패합니다',
	],
	'dispatch.slow.cause': [
		'A send takes longer than [celery] operation_timeout ({timeout:precise}): the host or the broker is overloaded',
		'전송이 [celery] operation_timeout({timeout:precise})보다 오래 걸립니다. 호스트나 브로커가 과부하 상태입니다',
	],
	'dispatch.broken.reason': [
		'Airflow fails tasks that it cannot send. No task has started since that line was logged',
		'Airflow는 보내지 못한 작업을 실패로 처리합니다. 이 로그가 기록된 뒤 시작된 작업이 없습니다',
	],
	'dispatch.slow.reason': [
		'Airflow retries a send three times, then fails the task',
		'Airflow는 전송을 세 번 더 시도한 뒤 작업을 실패로 처리합니다',
	],
	'dispatch.timeout.evidence': [
		'[celery] operation_timeout of {service} is {timeout:precise}',
		'{service}의 [celery] operation_timeout은 {timeout:precise}입니다',
	],
	'dispatch.failed.evidence': [
		'Tasks that failed before they started: {tasks}',
		'시작되지 못하고 실패한 작업: {tasks}',
	],
	'dispatch.impact': [
		'Tasks fail without a log and never reach a worker',
		'작업이 워커에 전달되지 못하고 로그 없이 실패합니다',
	],
	'dispatch.timeout.fix': [
		'Set AIRFLOW__CELERY__OPERATION_TIMEOUT to {seconds} in the Compose file. It takes effect at the next up',
		'Compose 파일에서 AIRFLOW__CELERY__OPERATION_TIMEOUT을 {seconds}으로(로) 설정하세요. 다음 up부터 적용됩니다',
	],
	'dispatch.clear.fix': [
		'Clear the failed tasks of {run} to send them again',
		'DAG 실행 {run}의 실패한 작업을 재실행(clear)하여 다시 보내세요',
	],
	'dispatch.clear after.fix': [
		'After the restart, clear the failed tasks of {run} to send them again',
		'재시작한 뒤 DAG 실행 {run}의 실패한 작업을 재실행(clear)하여 다시 보내세요',
	],
	'dispatch.restart.fix': [
		'Restart {service} to import redis again',
		'{service} 컨테이너를 재시작하여 redis를 다시 임포트하게 하세요',
	],
} as const;
