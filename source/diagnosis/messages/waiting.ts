/** Why tasks wait: sentences without their subject. Each English, then Korean. */
export const waitingMessages = {
	'waits.dag gone': [
		'DAG {dag} is gone: Airflow no longer finds its file',
		'DAG {dag}이(가) 없어졌습니다. Airflow가 DAG 파일을 찾지 못합니다',
	],
	'waits.dag paused': ['Waiting for its DAG to be unpaused', 'DAG의 일시 중지가 해제되기를 기다립니다'],
	'waits.max active runs': [
		'Waiting for another DAG run to end: {active} of {limit} active (max_active_runs)',
		'다른 DAG 실행이 끝나기를 기다립니다. {limit}개 중 {active}개 실행 중(max_active_runs)',
	],
	'waits.run not started': ['Waiting for its DAG run to start', 'DAG 실행이 시작되기를 기다립니다'],
	'waits.upstream': ['Waiting for {tasks}', '{tasks} 작업이 끝나기를 기다립니다'],
	'waits.upstream rule': [
		'Waiting for {tasks} (trigger rule {rule})',
		'{tasks} 작업이 끝나기를 기다립니다(트리거 규칙 {rule})',
	],
	'waits.past': [
		'Waiting for {task} in DAG run {run}, which is {state} (depends_on_past)',
		'이전 DAG 실행({run})의 {task} 작업을 기다립니다. 현재 상태 {state}(depends_on_past)',
	],
	'waits.past unknown': [
		'Waiting for the same task in DAG run {run} (depends_on_past)',
		'이전 DAG 실행({run})의 같은 작업을 기다립니다(depends_on_past)',
	],
	'waits.past downstream': [
		'Waiting for {task} in DAG run {run}, which is {state} (wait_for_downstream)',
		'이전 DAG 실행({run})의 {task} 작업을 기다립니다. 현재 상태 {state}(wait_for_downstream)',
	],
	'waits.answer': ['Waiting for an answer', '답변을 기다립니다'],
	'waits.answer to': ['Waiting for an answer: {subject}', '답변을 기다립니다: {subject}'],
	'waits.retry': ['Waiting for its retry', '재시도를 기다립니다'],
	'waits.retry at': ['Waiting for its retry at {at:time}', '{at:time} 재시도를 기다립니다'],
	'waits.retry after': [
		'Waiting for its retry, not before {at:time}',
		'재시도를 기다립니다. {at:time} 이후에 시작됩니다',
	],
	'waits.reschedule': ['Waiting for its next check (reschedule)', '다음 확인을 기다립니다(reschedule)'],
	'waits.reschedule at': [
		'Waiting for its next check at {at:time} (reschedule)',
		'{at:time} 다음 확인을 기다립니다(reschedule)',
	],
	'waits.no triggerer': [
		'Deferred, but no triggerer is running to resume it',
		'지연(deferred)되었지만 다시 시작할 트리거러가 없습니다',
	],
	'waits.triggerer down': [
		'Deferred, but the triggerer has sent no heartbeat for {age:duration}',
		'지연(deferred)되었지만 트리거러의 하트비트가 {age:duration} 동안 없습니다',
	],
	'waits.trigger': ['Waiting for its trigger (deferred)', '트리거를 기다립니다(deferred)'],
	'waits.named trigger': [
		'Waiting for its trigger {trigger} (deferred)',
		'트리거 {trigger}을(를) 기다립니다(deferred)',
	],
	'waits.pool missing': ['Pool {pool} does not exist', '풀 {pool}이(가) 없습니다'],
	'waits.pool zero': ['Pool {pool} has 0 slots', '풀 {pool}의 슬롯이 0개입니다'],
	'waits.pool too small': [
		'Needs {wanted} slots, but pool {pool} has {slots}',
		'슬롯 {wanted}개가 필요하지만 풀 {pool}에는 {slots}개뿐입니다',
	],
	'waits.pool full': [
		'Waiting for a free slot in pool {pool} ({taken} of {slots} in use)',
		'풀 {pool}의 빈 슬롯을 기다립니다({slots}개 중 {taken}개 사용 중)',
	],
	'waits.max active tasks': [
		'Waiting for other tasks of its DAG: {active} of {limit} active (max_active_tasks)',
		'DAG의 다른 작업이 끝나기를 기다립니다. {limit}개 중 {active}개 실행 중(max_active_tasks)',
	],
	'waits.per dag': [
		'Waiting for other instances of this task: at most {limit} at once (max_active_tis_per_dag)',
		'같은 작업의 다른 인스턴스를 기다립니다. 동시 실행 한도 {limit}개(max_active_tis_per_dag)',
	],
	'waits.per run': [
		'Waiting for other instances of this task: at most {limit} at once (max_active_tis_per_dagrun)',
		'같은 작업의 다른 인스턴스를 기다립니다. 동시 실행 한도 {limit}개(max_active_tis_per_dagrun)',
	],
	'waits.task concurrency': [
		'Waiting for other instances of this task (max_active_tis_per_dag)',
		'같은 작업의 다른 인스턴스를 기다립니다(max_active_tis_per_dag)',
	],
	'waits.parallelism': [
		'Waiting for other tasks: {active} of {limit} active (core.parallelism)',
		'다른 작업이 끝나기를 기다립니다. {limit}개 중 {active}개 실행 중(core.parallelism)',
	],
	// Airflow's own sentence.
	'waits.dependency': ['Waiting. Airflow: {reason}', '대기 중. Airflow: {reason}'],
	'waits.scheduler': ['Waiting for the scheduler', '스케줄러를 기다립니다'],
	'waits.no worker': ['Waiting for {service}, which is not running', '실행 중이 아닌 {service}을(를) 기다립니다'],
	'waits.message lost': [
		'Its message is gone from the broker, so no worker will run it. Airflow gives up at {at:time}',
		'브로커에서 작업 메시지가 사라져 실행할 워커가 없습니다. Airflow가 {at:time}에 포기합니다',
	],
	'waits.worker slots': [
		'Waiting for a free worker slot ({running} running, {slots} slots)',
		'워커의 빈 슬롯을 기다립니다(실행 중 {running}개, 슬롯 {slots}개)',
	],
	'waits.unserved queue': [
		'Waiting in queue {queue}, which no worker consumes',
		'워커가 가져가지 않는 대기열 {queue}에서 기다립니다',
	],
	'waits.worker': ['Waiting for a worker to pick it up', '워커가 가져가기를 기다립니다'],
} as const;
