/** Texts of `rules/task-failed.ts`. Each English, then Korean. */
export const taskFailedMessages = {
	'fix.clear': [
		'Clear the failed tasks and the tasks that wait for them',
		'실패한 작업과 이를 기다리는 작업을 재실행(clear)하세요',
	],
	'failed.title': ['{task} failed in the newest DAG run of {dag}', '{task} 작업이 실패했습니다({dag}의 최근 DAG 실행)'],
	'failed.again.title': ['{task} keeps failing with the same error', '{task} 작업이 같은 오류로 반복해서 실패합니다'],
	'failed.retry.title': ['{task} failed and will be retried', '{task} 작업이 실패하여 재시도를 기다리고 있습니다'],
	'failed.evidence': ['Try {try} of {tries} failed: {reason}', '{tries}회 중 {try}번째 시도 실패: {reason}'],
	'failed.tail': ['End of its log:', '로그의 마지막 부분:'],
	'failed.same': ['Same error in {count} DAG runs: {runs}', '같은 오류가 발생한 DAG 실행 {count}건: {runs}'],
	'failed.upstream': [
		'{count} {count|task|tasks} could not run because of it: {tasks}',
		'이 때문에 작업 {count}개를 실행하지 못했습니다: {tasks}',
	],
	'failed.artifacts.cause': [
		'MLflow cannot write to its artifact store: {reason}',
		'MLflow가 아티팩트 저장소에 기록하지 못합니다: {reason}',
	],
	'failed.database.cause': [
		'The task lost its database connection: {reason}',
		'작업이 데이터베이스 연결을 잃었습니다: {reason}',
	],
	'failed.disk.cause': ['The disk was full: {reason}', '디스크가 가득 찼습니다: {reason}'],
	'failed.killed.cause': [
		'The task process was killed, usually because memory ran out',
		'작업 프로세스가 강제 종료되었습니다. 대부분 메모리 부족이 원인입니다',
	],
	'failed.marked.cause': [
		'Someone set the state of the task or its DAG run while it was running',
		'실행 중에 누군가 작업이나 DAG 실행의 상태를 지정하여 작업이 종료되었습니다',
	],
	'failed.marked later.cause': [
		'Its last try succeeded; someone set its state afterwards',
		'마지막 시도는 성공했으며, 그 뒤에 누군가 작업의 상태를 지정했습니다',
	],
	'failed.ended.cause': [
		'The task process received SIGTERM: the worker was stopped or restarted',
		'작업 프로세스가 SIGTERM을 받았습니다. 워커가 중지되거나 재시작되었습니다',
	],
	'failed.zombie.cause': [
		'Its worker disappeared: Airflow received no more heartbeats',
		'실행 중 워커가 사라져 Airflow가 하트비트를 받지 못했습니다',
	],
	'failed.unread.cause': ['Not known: its log has not been read', '알 수 없음: 로그를 아직 읽지 못했습니다'],
	'failed.no log.cause': [
		'It ended without a log: it never started on the worker, or was killed there',
		'로그 없이 종료되었습니다. 워커에서 시작되지 못했거나 강제 종료된 경우입니다',
	],
	'failed.code.cause': ['The task code raised: {reason}', '작업 코드에서 오류가 발생했습니다: {reason}'],
	'failed.reason': [
		'The log of the try ends with this error, and no failing service explains it',
		'해당 시도의 로그가 이 오류로 끝나며, 이를 설명할 서비스 장애가 없습니다',
	],
	'failed.log.reason': ['Found in the log of the try', '해당 시도의 로그에서 확인했습니다'],
} as const;
