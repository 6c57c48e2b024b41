/** Texts of `rules/task-waits.ts`. Each English, then Korean. */
export const taskWaitsMessages = {
	'queued.title': ['{task} is waiting in the queue', '{task} 작업이 대기열에서 기다리고 있습니다'],
	'queued.ready.title': ['{task} is scheduled but not queued', '{task} 작업이 예약되었지만 대기열에 들어가지 않습니다'],
	'queued.scheduler.cause': ['The scheduler does not process it', '스케줄러가 작업을 처리하지 못하고 있습니다'],
	'queued.unknown.cause': ['It is stuck between the broker and the worker', '브로커와 워커 사이에서 멈춰 있습니다'],
	'queued.reason': [
		'{running} {running|task|tasks} running; worker {worker}, broker {broker}, pool {pool} with {open} open {open|slot|slots}',
		'실행 중인 작업 {running}개, 워커 {worker}, 브로커 {broker}, 풀 {pool}의 빈 슬롯 {open}개',
	],
	'waits.title': ['{task} does not start', '{task} 작업이 시작되지 않습니다'],
	'waits.airflow says': ['Airflow: {name}: {reason}', 'Airflow: {name}: {reason}'],
	'waits.put back': [
		'Restore the DAG file, or stop the DAG run if the DAG was removed on purpose',
		'DAG 파일을 복원하세요. 의도적으로 삭제했다면 DAG 실행을 중지하세요',
	],
	'waits.stop run': ['Stop DAG run {run}', 'DAG 실행 {run}을(를) 중지하세요'],
	'waits.clear past': [
		'Clear the failed tasks of the previous DAG run ({run}). This DAG run then continues',
		'이전 DAG 실행({run})의 실패한 작업을 재실행(clear)하세요. 그러면 이 DAG 실행도 계속됩니다',
	],
	'waits.start triggerer': [
		'Add a triggerer service (airflow triggerer) to the Compose file and start it',
		'Compose 파일에 트리거러 서비스(airflow triggerer)를 추가하고 시작하세요',
	],
	'waits.make pool': [
		'Create pool {pool}, or correct the pool name in the DAG',
		'풀 {pool}을(를) 만들거나 DAG의 풀 이름을 수정하세요',
	],
	'waits.clear lost': [
		'Clear {tasks}: the scheduler then sends a new message',
		'{tasks} 작업을 재실행(clear)하세요. 스케줄러가 메시지를 다시 보냅니다',
	],
	'waits.give up': [
		'Or wait: at {at:time} Airflow gives up (task_queued_timeout) and retries the task if it has tries left',
		'또는 기다리세요. {at:time}에 Airflow가 포기하고(task_queued_timeout) 재시도 횟수가 남아 있으면 다시 실행합니다',
	],
	'waits.more slots': [
		'Raise the worker slots (worker_concurrency), or start another worker',
		'워커 슬롯(worker_concurrency)을 늘리거나 워커를 추가하세요',
	],
	'waits.listen': [
		'Start a worker for queue {queue} (airflow celery worker --queues {queue}), or correct the queue in the DAG',
		'대기열 {queue}의 워커를 시작하거나(airflow celery worker --queues {queue}) DAG의 대기열 이름을 수정하세요',
	],
} as const;
