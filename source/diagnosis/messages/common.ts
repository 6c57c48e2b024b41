/** Impacts and fixes that several rules share. Each English, then Korean. */
export const commonMessages = {
	'section.since': ['since {at:time} ({age:duration})', '{at:time}부터({age:duration})'],
	'section.evidence': ['Evidence', '근거'],
	'section.cause': ['Cause', '원인'],
	'section.reason': ['Reason', '판단 이유'],
	'section.impact': ['Impact', '예상되는 영향'],
	'section.fixes': ['Fixes', '조치 방법'],
	'section.follows': ['Consequences', '이로 인해 발생한 문제'],
	'section.none': ['No problems found', '발견된 문제가 없습니다'],
	'section.partly': ['No findings, but some checks could not run', '발견된 문제는 없지만 일부를 점검하지 못했습니다'],
	'section.not checked': ['Not checked', '점검하지 못한 항목'],
	'section.skipped': ['Skipped', '건너뛴 점검'],
	'section.acknowledged': ['Acknowledged', '확인 처리됨'],
	'section.ack until': ['by {by} until {at:date}', '{by}이(가) {at:date}까지 확인 처리'],
	'section.ack clears': ['by {by} until it clears', '{by}이(가) 해소될 때까지 확인 처리'],
	'ack.clears': ['Acknowledged until it clears: {title}', '해소될 때까지 확인 처리했습니다: {title}'],
	'ack.for': [
		'Acknowledged for {for:duration}, until {until}: {title}',
		'{until}까지 {for:duration} 동안 확인 처리했습니다: {title}',
	],
	'section.waiting': ['Running the first checks', '첫 점검을 실행하는 중입니다'],
	'section.deep': [
		'Press {key} to run all checks now, including Celery, the connection to MLflow and the database',
		'{key} 키를 누르면 Celery, MLflow 연결, 데이터베이스까지 지금 모두 점검합니다',
	],

	'impact.database': [
		'Airflow cannot work without its metadata database: nothing is scheduled, and the UI fails',
		'Airflow는 메타데이터 데이터베이스 없이 동작할 수 없습니다. 스케줄링이 멈추고 UI도 열리지 않습니다',
	],
	'impact.broker': [
		'No task reaches a worker: queued tasks stay queued, and DAG runs stop progressing',
		'작업이 워커로 전달되지 않습니다. 대기 중인 작업은 그대로 남고 DAG 실행이 멈춥니다',
	],
	'impact.scheduler': [
		'No DAG runs start and no tasks are queued. Running tasks continue',
		'새 DAG 실행이 시작되지 않고 다음 작업도 대기열에 들어가지 않습니다. 이미 실행 중인 작업은 계속됩니다',
	],
	'impact.webserver': [
		'The Airflow UI and API do not respond. DAG runs continue',
		'Airflow UI와 API가 응답하지 않습니다. DAG 실행은 계속됩니다',
	],
	'impact.worker': [
		'Queued tasks are not picked up. Tasks that ran there are lost, and retried if they have tries left',
		'대기 중인 작업을 가져갈 워커가 없습니다. 실행 중이던 작업은 중단되며 재시도 횟수가 남아 있으면 다시 실행됩니다',
	],
	'impact.triggerer': ['Deferred tasks do not resume', '지연(deferred)된 작업이 다시 시작되지 않습니다'],
	'impact.processor': [
		'New and changed DAG files are not read. Runs of known DAGs continue',
		'새 DAG 파일과 변경된 DAG 파일을 읽지 못합니다. 이미 알려진 DAG의 실행은 계속됩니다',
	],
	'impact.mlflow': [
		'Every stage of the pipeline logs to MLflow. The next stage waits for it, then fails',
		'파이프라인의 모든 단계가 MLflow에 기록합니다. 다음 단계는 응답을 기다리다가 실패합니다',
	],
	'impact.replica': [
		'Other replicas of the service keep running, with less capacity',
		'서비스의 다른 복제본은 계속 실행 중이지만 처리 용량이 줄었습니다',
	],
	'impact.other': ['Services that depend on {service} fail', '{service}에 의존하는 서비스가 실패합니다'],
	'impact.data': [
		'Data that is being written may be lost when the disk is full',
		'디스크가 가득 차면 기록 중인 데이터가 손실될 수 있습니다',
	],
	'impact.run': ['DAG run {run} does not progress', 'DAG 실행 {run}이(가) 더 진행되지 않습니다'],
	'impact.schedule': [
		'DAG runs of {dag} are late or missed, and models become outdated',
		'{dag}의 DAG 실행이 늦어지거나 누락되어 모델이 최신 상태를 유지하지 못합니다',
	],
	'impact.dag': [
		'Airflow runs the previous version of {dag}, or does not run it',
		'Airflow가 {dag} DAG를 변경 전 상태로 실행하거나 아예 실행하지 않습니다',
	],
	'impact.view': [
		'laketop cannot show or change DAGs and DAG runs. What it shows of them is outdated',
		'laketop이 DAG와 DAG 실행을 조회하거나 변경할 수 없습니다. 표시된 내용은 이전 상태입니다',
	],

	'fix.start': ['Start {service}', '{service} 컨테이너를 시작하세요'],
	'fix.restart': ['Restart {service}', '{service} 컨테이너를 재시작하세요'],
	'fix.unpause container': ['Unpause {service}', '{service} 컨테이너의 일시 중지를 해제하세요'],
	'fix.up': [
		'Create and start {service} from the Compose file',
		'Compose 파일에 정의된 대로 {service} 서비스를 생성하고 시작하세요',
	],
	'fix.up all': ['Start the whole stack from the Compose file', 'Compose 파일에 정의된 대로 스택 전체를 시작하세요'],
	'fix.read log': ['Read the log of {service}', '{service}의 로그를 확인하세요'],
	'fix.read task log': ['Read the log of {task}', '{task}의 로그를 확인하세요'],
	'fix.inspect': ['Inspect its mounts, environment and health check', '마운트, 환경 변수, 헬스 체크 설정을 확인하세요'],
	'fix.read source': ['Read the DAG file as Airflow parsed it', 'Airflow가 읽은 파일 내용을 확인하세요'],
	'fix.disk use': ['See what uses the disk space', '무엇이 공간을 차지하는지 확인하세요'],
	'fix.check': [
		'Run the deep checks now (they use a few seconds of CPU in the containers)',
		'정밀 점검을 지금 실행하세요(컨테이너에서 CPU를 몇 초 사용합니다)',
	],
	'fix.init': [
		'Initialise Airflow: migrate the database and create the admin user',
		'초기화를 실행하세요. 데이터베이스를 마이그레이션하고 관리자 계정을 생성합니다',
	],
	'reader.scheduler': ['scheduler', '스케줄러'],
	'reader.processor': ['DAG processor', 'DAG 프로세서'],
	'fix.reparse request': [
		'Re-parse the DAG file now (asks the DAG processor; restarts nothing)',
		'DAG 파일을 지금 다시 파싱하세요(DAG 프로세서에 요청하며 재시작하는 것은 없습니다)',
	],
	'fix.reparse': [
		'Re-parse the DAG file now (restarts the scheduler)',
		'DAG 파일을 지금 다시 파싱하세요(스케줄러를 재시작합니다)',
	],
	'fix.clear': [
		'Clear the failed tasks and the tasks that wait for them',
		'실패한 작업과 이를 기다리는 작업을 재실행(clear)하세요',
	],

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

	'evidence.lines': ['Last lines of {service}:', '{service} 로그의 마지막 줄:'],
	'evidence.state': ['{service} is {state}', '{service}의 상태는 {state}입니다'],
	'evidence.sign': [
		'Logged by {service} {count} {count|time|times} recently:',
		'{service} 로그에 최근 {count}회 기록되었습니다:',
	],
	'evidence.page': ['{url}: {answer}', '{url}: {answer}'],
	'evidence.health': [
		'Airflow reports: scheduler {scheduler}, database {database}',
		'Airflow가 보고한 상태: 스케줄러 {scheduler}, 데이터베이스 {database}',
	],
	'evidence.failure': ['Response: {message}', '응답: {message}'],
} as const;
