/** Findings about runs and tasks. Each English, then Korean. */
export const runMessages = {
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
	'failed.mlflow.cause': ['The task could not reach MLflow: {reason}', '작업이 MLflow에 연결하지 못했습니다: {reason}'],
	'failed.mlflow host.cause': [
		'MLflow rejects the requested host name (Host header check): {reason}',
		'MLflow가 요청한 호스트 이름을 거부합니다(Host 헤더 검사): {reason}',
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

	'queued.title': ['{task} is waiting in the queue', '{task} 작업이 대기열에서 기다리고 있습니다'],
	'queued.ready.title': ['{task} is scheduled but not queued', '{task} 작업이 예약되었지만 대기열에 들어가지 않습니다'],
	'queued.evidence': ['State {state} for {age:duration}', '{state} 상태로 {age:duration} 경과'],
	'queued.scheduler.cause': ['The scheduler does not process it', '스케줄러가 작업을 처리하지 못하고 있습니다'],
	'queued.unknown.cause': ['It is stuck between the broker and the worker', '브로커와 워커 사이에서 멈춰 있습니다'],
	'queued.reason': [
		'{running} {running|task|tasks} running; worker {worker}, broker {broker}, pool {pool} with {open} open {open|slot|slots}',
		'실행 중인 작업 {running}개, 워커 {worker}, 브로커 {broker}, 풀 {pool}의 빈 슬롯 {open}개',
	],

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

	'slow.title': ['DAG run {run} takes longer than usual', 'DAG 실행 {run}이(가) 평소보다 오래 걸립니다'],
	'slow.evidence': [
		'{elapsed:duration} so far, usually {usual:duration}',
		'현재 {elapsed:duration} 경과, 평소 소요 시간 {usual:duration}',
	],
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
		'Compared with the median duration of the last successful DAG runs',
		'최근 성공한 DAG 실행들의 소요 시간 중앙값과 비교했습니다',
	],
	'slow.look.fix': ['See what its tasks are waiting for', '작업들이 무엇을 기다리는지 확인하세요'],
	'slow.services.fix': ['Compare the CPU and memory of the services', '서비스들의 CPU와 메모리 사용량을 비교하세요'],

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

	'zombie.title': ['Airflow detected zombie tasks', 'Airflow가 좀비 작업을 감지했습니다'],
	'zombie.cause': [
		'Their worker disappeared: it was killed, restarted or disconnected',
		'실행 중이던 워커가 강제 종료, 재시작 또는 단절되어 사라졌습니다',
	],
	'zombie.reason': [
		'The scheduler logged that it received no heartbeats from these tasks',
		'스케줄러가 해당 작업의 하트비트를 받지 못했다고 기록했습니다',
	],
	'zombie.impact': [
		'They are retried if they have tries left. Otherwise they fail without a log',
		'재시도 횟수가 남아 있으면 다시 실행되고, 없으면 로그 없이 실패합니다',
	],

	'not reset.title': [
		'DAG run {run} has ended, but some of its tasks are waiting',
		'DAG 실행 {run}은(는) 끝났지만 대기 중인 작업이 남아 있습니다',
	],
	'not reset.evidence': [
		'DAG run state {state}; tasks without a state or waiting: {tasks}',
		'DAG 실행 상태 {state}, 상태가 없거나 대기 중인 작업: {tasks}',
	],
	'not reset.cause': [
		'Tasks were cleared without resetting the DAG run (the API default of reset_dag_runs is false)',
		'DAG 실행을 초기화하지 않고 작업만 재실행(clear)했습니다(API의 reset_dag_runs 기본값은 false)',
	],
	'not reset.reason': [
		'The scheduler processes only DAG runs that are queued or running',
		'스케줄러는 대기 중(queued)이거나 실행 중(running)인 DAG 실행만 처리합니다',
	],
	'not reset.impact': ['These tasks never run', '이 작업들은 실행되지 않습니다'],
	'not reset.fix': ['Clear the whole DAG run', 'DAG 실행 전체를 재실행(clear)하세요'],

	'double.title': ['{dag} was triggered twice at the same time', '{dag}이(가) 동시에 두 번 트리거되었습니다'],
	'double.evidence': ['{first} and {second}, {apart:duration} apart', '{first}, {second} (간격 {apart:duration})'],
	'double.cause': [
		'Two people or programs triggered it at the same time',
		'두 사람 또는 두 프로그램이 같은 DAG를 동시에 트리거했습니다',
	],
	'double.reason': [
		'Both were triggered manually, and both are active',
		'둘 다 수동으로 시작되었고 현재 함께 진행 중입니다',
	],
	'double.impact': ['Both write to the same tables and experiments', '같은 테이블과 실험에 동시에 기록합니다'],
	'double.fix': ['Stop the later DAG run', '나중에 시작된 DAG 실행을 중지하세요'],
} as const;
