/** What several rules say: what is impact, and what can be done. Each English, then Korean. */
export const commonMessages = {
	'section.since': ['since {at:time} ({age:duration})', '{at:time}부터({age:duration})'],
	'section.evidence': ['Evidence', '근거'],
	'section.cause': ['Cause', '원인'],
	'section.reason': ['Why this cause', '판단 이유'],
	'section.impact': ['Impact', '예상되는 영향'],
	'section.fixes': ['Fixes', '조치 방법'],
	'section.follows': ['What follows from it', '이로 인해 발생한 문제'],
	'section.none': ['Nothing is wrong', '발견된 문제가 없습니다'],
	'section.partly': ['No findings, but not everything was checked', '발견된 문제는 없지만 일부를 점검하지 못했습니다'],
	'section.not checked': ['Not checked', '점검하지 못한 항목'],
	'section.skipped': ['Skipped', '건너뛴 점검'],
	'section.acknowledged': ['Acknowledged', '확인된 문제'],
	'section.ack until': ['by {by} until {at:date}', '{by} 확인, {at:date}까지'],
	'section.ack clears': ['by {by} until it clears', '{by} 확인, 해소될 때까지'],
	'ack.clears': ['Acknowledged until it clears: {title}', '해소될 때까지 확인 처리했습니다: {title}'],
	'ack.for': [
		'Acknowledged for {for:duration}, until {until}: {title}',
		'{until}까지 {for:duration} 동안 확인 처리했습니다: {title}',
	],
	'section.waiting': ['Looking at everything once', '전체 상태를 확인하는 중입니다'],
	'section.deep': [
		'{key} checks everything now, also what costs something: Celery, the road to MLflow, the database',
		'{key} 키를 누르면 Celery, MLflow 연결, 데이터베이스까지 지금 모두 점검합니다',
	],

	'impact.database': [
		'Airflow cannot work without its metadata database: nothing is scheduled, and its page fails',
		'Airflow는 메타데이터 데이터베이스 없이 동작할 수 없습니다. 스케줄링이 멈추고 웹 페이지도 열리지 않습니다',
	],
	'impact.broker': [
		'No task reaches a worker: queued tasks stay queued, and runs stand still',
		'작업이 워커로 전달되지 않습니다. 대기 중인 작업은 그대로 남고 DAG 실행이 멈춥니다',
	],
	'impact.scheduler': [
		'No run is started and no further task is queued; tasks that run already go on',
		'새 DAG 실행이 시작되지 않고 다음 작업도 대기열에 들어가지 않습니다. 이미 실행 중인 작업은 계속됩니다',
	],
	'impact.webserver': [
		'Neither the Airflow page nor its API answers; the pipeline itself goes on',
		'Airflow 웹 페이지와 API가 응답하지 않습니다. 파이프라인 자체는 계속 실행됩니다',
	],
	'impact.worker': [
		'Queued tasks are not taken; tasks that ran there are lost, and retried if they have tries left',
		'대기 중인 작업을 가져갈 워커가 없습니다. 실행 중이던 작업은 중단되며 재시도 횟수가 남아 있으면 다시 실행됩니다',
	],
	'impact.triggerer': ['Deferred tasks do not wake up', '지연(deferred)된 작업이 다시 시작되지 않습니다'],
	'impact.mlflow': [
		'Every stage of the pipeline logs to MLflow: the next one waits for it, then fails',
		'파이프라인의 모든 단계가 MLflow에 기록합니다. 다음 단계는 응답을 기다리다가 실패합니다',
	],
	'impact.replica': [
		'Other replicas of the service still run, with less capacity than before',
		'서비스의 다른 복제본은 계속 실행 중이지만 처리 용량이 줄었습니다',
	],
	'impact.other': ['What depends on {service} fails', '{service}에 의존하는 서비스가 실패합니다'],
	'impact.data': [
		'Data that is being written may be lost when the disk is full',
		'디스크가 가득 차면 기록 중인 데이터가 손실될 수 있습니다',
	],
	'impact.run': ['The run {run} does not get on', '{run} 실행이 더 진행되지 않습니다'],
	'impact.schedule': [
		'Runs of {dag} come late or not at all, and models grow old',
		'{dag}의 실행이 늦어지거나 누락되어 모델이 최신 상태를 유지하지 못합니다',
	],
	'impact.dag': [
		'Airflow runs {dag} as it was before the change, or not at all',
		'Airflow가 {dag} DAG을 변경 전 상태로 실행하거나 아예 실행하지 않습니다',
	],
	'impact.view': [
		'laketop cannot show or change DAGs and runs until then; what it shows of them is old',
		'그때까지 laketop은 DAG과 실행을 조회하거나 변경할 수 없으며, 표시된 내용은 이전 상태입니다',
	],

	'fix.start': ['Start {service}', '{service} 컨테이너를 시작하세요'],
	'fix.restart': ['Restart {service}', '{service} 컨테이너를 재시작하세요'],
	'fix.unpause container': ['Let {service} go on', '{service} 컨테이너의 일시 정지를 해제하세요'],
	'fix.up': [
		'Create and start {service} as the Compose file has it',
		'Compose 파일에 정의된 대로 {service} 서비스를 생성하고 시작하세요',
	],
	'fix.up all': ['Bring the stack up as the Compose file has it', 'Compose 파일에 정의된 대로 스택 전체를 시작하세요'],
	'fix.read log': ['Read the log of {service}', '{service}의 로그를 확인하세요'],
	'fix.read task log': ['Read the log of {task}', '{task}의 로그를 확인하세요'],
	'fix.inspect': ['Look at its mounts, environment and health check', '마운트, 환경 변수, 헬스 체크 설정을 확인하세요'],
	'fix.read source': ['Read the file as Airflow has it', 'Airflow가 읽은 파일 내용을 확인하세요'],
	'fix.disk use': ['See what takes the room', '무엇이 공간을 차지하는지 확인하세요'],
	'fix.check': [
		'Run the deep checks now (they take some seconds of CPU in the containers)',
		'정밀 점검을 지금 실행하세요(컨테이너에서 CPU를 몇 초 사용합니다)',
	],
	'fix.init': [
		'Run the first-time initialisation: migrate the database and create the admin user',
		'초기화를 실행하세요. 데이터베이스를 마이그레이션하고 관리자 계정을 생성합니다',
	],
	'fix.reparse': [
		'Have the scheduler read the file at once (restarts it)',
		'스케줄러가 파일을 즉시 다시 읽게 하세요(스케줄러를 재시작합니다)',
	],
	'fix.clear': ['Run what failed again, and what waited for it', '실패한 작업과 그 뒤의 작업을 다시 실행하세요(clear)'],

	'interrupts.task': ['Interrupts 1 running task: {task}', '실행 중인 작업 1개가 중단됩니다: {task}'],
	'interrupts.tasks': ['Interrupts {count} running tasks: {tasks}', '실행 중인 작업 {count}개가 중단됩니다: {tasks}'],
	'interrupts.many tasks': [
		'Interrupts {count} running tasks: {tasks} and {more} more',
		'실행 중인 작업 {count}개가 중단됩니다: {tasks} 외 {more}개',
	],
	'interrupts.other tasks': [
		'Interrupts running tasks of other DAGs (running in all pools: {count})',
		'다른 DAG의 실행 중인 작업이 중단됩니다(전체 풀에서 실행 중: {count}개)',
	],
	'interrupts.no task': ['No task is running there now', '현재 실행 중인 작업이 없습니다'],
	'interrupts.database': [
		'Airflow cannot work until its database is back; running tasks may fail',
		'데이터베이스가 복구될 때까지 Airflow가 동작하지 않으며 실행 중인 작업이 실패할 수 있습니다',
	],
	'interrupts.broker': ['Tasks that wait in the broker may be lost', '브로커에서 대기 중인 작업이 유실될 수 있습니다'],
	'interrupts.scheduler': [
		'No task is queued until the scheduler is back; running tasks go on',
		'스케줄러가 복구될 때까지 새 작업이 대기열에 들어가지 않습니다. 실행 중인 작업은 계속됩니다',
	],
	'interrupts.webserver': [
		'The Airflow page and API are down until it is back; runs go on',
		'복구될 때까지 Airflow 웹 페이지와 API를 사용할 수 없습니다. 실행은 계속됩니다',
	],
	'interrupts.mlflow': [
		'Tasks that log to MLflow meanwhile may fail',
		'그동안 MLflow에 기록하는 작업이 실패할 수 있습니다',
	],

	'evidence.lines': ['The last lines of {service}:', '{service} 로그의 마지막 줄:'],
	'evidence.state': ['{service} is {state}, health {health}', '{service}의 상태는 {state}, 헬스 체크는 {health}입니다'],
	'evidence.sign': [
		'The log of {service} says so, {count} times lately:',
		'{service} 로그에 최근 {count}회 기록되었습니다:',
	],
	'evidence.page': ['{url}: {answer}', '{url}: {answer}'],
	'evidence.health': [
		'Airflow itself calls its scheduler {scheduler} and its database {database}',
		'Airflow가 보고한 상태: 스케줄러 {scheduler}, 데이터베이스 {database}',
	],
	'evidence.failure': ['The answer: {message}', '응답: {message}'],
} as const;
