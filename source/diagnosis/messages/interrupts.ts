/** What a fix interrupts. Each English, then Korean. */
export const interruptsMessages = {
	'interrupts.task': ['Interrupts 1 running task: {task}', '실행 중인 작업 1개가 중단됩니다: {task}'],
	'interrupts.tasks': ['Interrupts {count} running tasks: {tasks}', '실행 중인 작업 {count}개가 중단됩니다: {tasks}'],
	'interrupts.many tasks': [
		'Interrupts {count} running tasks: {tasks} and {more} more',
		'실행 중인 작업 {count}개가 중단됩니다: {tasks} 외 {more}개',
	],
	'interrupts.other tasks': [
		'Interrupts running tasks of other DAGs ({count} running in all pools)',
		'다른 DAG의 실행 중인 작업이 중단됩니다(전체 풀에서 실행 중: {count}개)',
	],
	'interrupts.no task': ['No task is running there now', '현재 실행 중인 작업이 없습니다'],
	'interrupts.database': [
		'Airflow is down until its database is back. Running tasks may fail',
		'데이터베이스가 복구될 때까지 Airflow가 동작하지 않습니다. 실행 중인 작업이 실패할 수 있습니다',
	],
	'interrupts.broker': [
		'Tasks that are queued in the broker may be lost',
		'브로커에서 대기 중인 작업이 유실될 수 있습니다',
	],
	'interrupts.scheduler': [
		'No tasks are queued until the scheduler is back. Running tasks continue',
		'스케줄러가 복구될 때까지 새 작업이 대기열에 들어가지 않습니다. 실행 중인 작업은 계속됩니다',
	],
	'interrupts.webserver': [
		'The Airflow UI and API are down until it is back. DAG runs continue',
		'복구될 때까지 Airflow UI와 API를 사용할 수 없습니다. DAG 실행은 계속됩니다',
	],
	'interrupts.mlflow': [
		'Tasks that log to MLflow meanwhile may fail',
		'그동안 MLflow에 기록하는 작업이 실패할 수 있습니다',
	],
} as const;
