/** Texts that several rules use, and words around findings. Each English, then Korean. */
export const commonMessages = {
	'mlflow page.url': [
		'Check the address: --mlflow-url, or mlflow.url in laketop.yaml',
		'주소를 확인하세요. --mlflow-url 또는 laketop.yaml의 mlflow.url',
	],
	'page.url': [
		'Check the address: --airflow-url, or airflow.url in laketop.yaml',
		'주소를 확인하세요. --airflow-url 또는 laketop.yaml의 airflow.url',
	],
	'login.backend.fix': [
		'Set AIRFLOW__API__AUTH_BACKENDS=airflow.api.auth.backend.session,airflow.api.auth.backend.basic_auth in the Compose file, then run up',
		'Compose 파일에 AIRFLOW__API__AUTH_BACKENDS=airflow.api.auth.backend.session,airflow.api.auth.backend.basic_auth를 설정한 뒤 up을 실행하세요',
	],
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
	'impact.processor': [
		'New and changed DAG files are not read. Runs of known DAGs continue',
		'새 DAG 파일과 변경된 DAG 파일을 읽지 못합니다. 이미 알려진 DAG의 실행은 계속됩니다',
	],
	'impact.scheduler': [
		'No DAG runs start and no tasks are queued. Running tasks continue',
		'새 DAG 실행이 시작되지 않고 다음 작업도 대기열에 들어가지 않습니다. 이미 실행 중인 작업은 계속됩니다',
	],
	'impact.database': [
		'Airflow cannot work without its metadata database: nothing is scheduled, and the UI fails',
		'Airflow는 메타데이터 데이터베이스 없이 동작할 수 없습니다. 스케줄링이 멈추고 UI도 열리지 않습니다',
	],
	'impact.webserver': [
		'The Airflow UI and API do not respond. DAG runs continue',
		'Airflow UI와 API가 응답하지 않습니다. DAG 실행은 계속됩니다',
	],
	'impact.worker': [
		'Queued tasks are not picked up. Tasks that ran there are lost, and retried if they have tries left',
		'대기 중인 작업을 가져갈 워커가 없습니다. 실행 중이던 작업은 중단되며 재시도 횟수가 남아 있으면 다시 실행됩니다',
	],
	'impact.broker': [
		'No task reaches a worker: queued tasks stay queued, and DAG runs stop progressing',
		'작업이 워커로 전달되지 않습니다. 대기 중인 작업은 그대로 남고 DAG 실행이 멈춥니다',
	],
	'impact.triggerer': ['Deferred tasks do not resume', '지연(deferred)된 작업이 다시 시작되지 않습니다'],
	'impact.mlflow': [
		'Every stage of the pipeline logs to MLflow. The next stage waits for it, then fails',
		'파이프라인의 모든 단계가 MLflow에 기록합니다. 다음 단계는 응답을 기다리다가 실패합니다',
	],
	'impact.replica': [
		'Other replicas of the service keep running, with less capacity',
		'서비스의 다른 복제본은 계속 실행 중이지만 처리 용량이 줄었습니다',
	],
	'impact.other': ['Services that depend on {service} fail', '{service}에 의존하는 서비스가 실패합니다'],
	'impact.run': ['DAG run {run} does not progress', 'DAG 실행 {run}이(가) 더 진행되지 않습니다'],
	'impact.schedule': [
		'DAG runs of {dag} are late or missed, and models become outdated',
		'{dag}의 DAG 실행이 늦어지거나 누락되어 모델이 최신 상태를 유지하지 못합니다',
	],
	'fix.start': ['Start {service}', '{service} 컨테이너를 시작하세요'],
	'fix.restart': ['Restart {service}', '{service} 컨테이너를 재시작하세요'],
	'fix.up': [
		'Create and start {service} from the Compose file',
		'Compose 파일에 정의된 대로 {service} 서비스를 생성하고 시작하세요',
	],
	'fix.read log': ['Read the log of {service}', '{service}의 로그를 확인하세요'],
	'fix.read task log': ['Read the log of {task}', '{task}의 로그를 확인하세요'],
	'fix.inspect': ['Inspect its mounts, environment and health check', '마운트, 환경 변수, 헬스 체크 설정을 확인하세요'],
	'fix.read source': ['Read the DAG file as Airflow parsed it', 'Airflow가 읽은 파일 내용을 확인하세요'],
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
	'evidence.lines': ['Last lines of {service}:', '{service} 로그의 마지막 줄:'],
	'evidence.state': ['{service} is {state}', '{service}의 상태는 {state}입니다'],
	'evidence.sign': [
		'Logged by {service} {count} {count|time|times} recently:',
		'{service} 로그에 최근 {count}회 기록되었습니다:',
	],
	'evidence.health': [
		'Airflow reports: scheduler {scheduler}, database {database}',
		'Airflow가 보고한 상태: 스케줄러 {scheduler}, 데이터베이스 {database}',
	],
	'evidence.failure': ['Response: {message}', '응답: {message}'],
	'import.impact': [
		'The DAGs in this file are not updated: Airflow runs their previous version, or none',
		'이 파일의 DAG가 갱신되지 않습니다. 이전 상태로 실행되거나 아예 실행되지 않습니다',
	],
	'unhealthy.evidence': [
		'{streak} {streak|health check|health checks} failed in a row, last exit code {code}:',
		'헬스 체크가 {streak}회 연속 실패했습니다. 마지막 종료 코드 {code}:',
	],
	'host cpu.evidence': [
		'Containers use {used}% of the {limit}% CPU of this host',
		'컨테이너들이 이 호스트의 CPU {limit}% 중 {used}%를 사용하고 있습니다',
	],
	'memory.fix': [
		'Raise mem_limit of {service} in the Compose file, or lower its concurrency',
		'Compose 파일에서 {service}의 mem_limit를 늘리거나 동시 실행 수를 줄이세요',
	],
	'pool.fix': ['Set pool {pool} to {slots} {slots|slot|slots}', '풀 {pool}의 슬롯을 {slots}개로 설정하세요'],
	'failed.mlflow.cause': ['The task could not reach MLflow: {reason}', '작업이 MLflow에 연결하지 못했습니다: {reason}'],
	'failed.mlflow host.cause': [
		'MLflow rejects the requested host name (Host header check): {reason}',
		'MLflow가 요청한 호스트 이름을 거부합니다(Host 헤더 검사): {reason}',
	],
	'queued.evidence': ['State {state} for {age:duration}', '{state} 상태로 {age:duration} 경과'],
	'slow.evidence': [
		'{elapsed:duration} so far, usually {usual:duration}',
		'현재 {elapsed:duration} 경과, 평소 소요 시간 {usual:duration}',
	],
} as const;
