/** Findings about Airflow's services, its database and its broker. Each English, then Korean. */
export const airflowMessages = {
	'page.title': ['The Airflow webserver does not respond', 'Airflow 웹 서버가 응답하지 않습니다'],
	'page.title api': ['The Airflow API server does not respond', 'Airflow API 서버가 응답하지 않습니다'],
	'page.hangs.cause': [
		'{service} is running but does not respond: it hangs or is overloaded',
		'{service}이(가) 실행 중이지만 응답하지 않습니다. 멈췄거나 과부하 상태입니다',
	],
	'page.refused.cause': [
		'{service} is running, but nothing listens on its port. It is still starting, or its workers keep crashing',
		'{service} 컨테이너는 실행 중이지만 프로그램이 연결을 받지 않습니다. 아직 시작 중이거나 내부 프로세스가 계속 종료되고 있습니다',
	],
	'page.answers.cause': [
		'The server responds with HTTP {status}: probably one of its dependencies fails',
		'서버가 HTTP {status}으로(로) 응답합니다. 의존하는 서비스 중 하나가 실패하는 것으로 보입니다',
	],
	'page.elsewhere.cause': [
		'Nothing responds at {url}, and no container here serves it. The address is wrong, or that server is down',
		'{url}에서 응답이 없고 이 주소를 제공하는 컨테이너도 없습니다. 주소가 틀렸거나 서버가 중지되었습니다',
	],
	'page.managed.cause': [
		'Nothing responds at {url}. The address is wrong, or that server is down',
		'{url}에서 응답이 없습니다. 주소가 틀렸거나 서버가 중지되었습니다',
	],
	'page.address.cause': [
		'The address {url} is wrong: {service} is published at {published}',
		'주소 {url}이(가) 틀렸습니다. {service}은(는) {published}에 게시되어 있습니다',
	],
	'mlflow page.url': [
		'Check the address: --mlflow-url, or mlflow.url in laketop.yaml',
		'주소를 확인하세요. --mlflow-url 또는 laketop.yaml의 mlflow.url',
	],
	'page.elsewhere.reason': ['Request to {url}: {answer}', '{url} 요청 결과: {answer}'],
	'page.reason': [
		'The container is running and had time to start. Request to {url}: {answer}',
		'컨테이너는 실행 중이고 시작할 시간도 충분했습니다. {url} 요청 결과: {answer}',
	],
	'page.unreachable.cause': [
		'{service} is healthy on {host} but unreachable from here. Its port is probably published on localhost of {host} only, or a firewall blocks it',
		'{service}은(는) {host}에서 정상이지만 여기에서는 연결할 수 없습니다. 포트가 {host}의 localhost에만 게시되었거나 방화벽이 막고 있을 가능성이 큽니다',
	],
	'page.unreachable.reason': [
		'The health check inside {service} succeeds. Request to {url} from here: {answer}',
		'{service} 내부의 헬스 체크는 성공합니다. 여기에서 {url} 요청 결과: {answer}',
	],
	'page.tunnel': [
		'Run laketop on {host}, or open a tunnel (ssh -N -L {port}:localhost:{port} {host}) and pass --{id}-url http://localhost:{port}',
		'{host}에서 laketop을 실행하거나 터널(ssh -N -L {port}:localhost:{port} {host})을 열고 --{id}-url http://localhost:{port} 옵션을 지정하세요',
	],
	'page.ssh.cause': [
		'{service} is healthy on {host}, but ssh does not lead to its port. The ssh server of {host} probably forbids forwarding',
		'{service}은(는) {host}에서 정상이지만 ssh로 포트에 연결할 수 없습니다. {host}의 ssh 서버가 포워딩을 금지할 가능성이 큽니다',
	],
	'page.ssh': [
		'Allow forwarding in sshd_config of {host} (AllowTcpForwarding local), or run laketop on {host}',
		'{host}의 sshd_config에서 포워딩을 허용하거나(AllowTcpForwarding local) {host}에서 laketop을 실행하세요',
	],
	'page.url': [
		'Check the address: --airflow-url, or airflow.url in laketop.yaml',
		'주소를 확인하세요. --airflow-url 또는 laketop.yaml의 airflow.url',
	],

	'api.title': ['Airflow API requests fail', 'Airflow API 요청이 실패합니다'],
	'api.cause': ['{message}', '{message}'],
	'api.reason': [
		'The health endpoint responds, but requests for DAGs and DAG runs fail',
		'헬스 체크 엔드포인트는 응답하지만 DAG와 DAG 실행 조회 요청이 실패합니다',
	],

	'logins closed.title': ['Airflow accepts no logins for now', 'Airflow가 당분간 로그인을 받지 않습니다'],
	'logins closed.cause': [
		'Too many logins from this address within a short time; failed ones count too',
		'짧은 시간에 이 주소에서 로그인이 너무 많았습니다. 실패한 로그인도 포함됩니다',
	],
	'logins closed.fix': [
		'Check user name and password, then wait: laketop tries again by itself',
		'사용자 이름과 비밀번호를 확인하고 기다리세요. laketop이 자동으로 다시 시도합니다',
	],
	'logins closed.setting': [
		'If the logins are wanted, raise auth_rate_limit in the configuration of Airflow (default: 5 per 40 second)',
		'필요한 로그인이면 Airflow 설정의 auth_rate_limit를 늘리세요(기본값: 5 per 40 second)',
	],
	'login.title': ["Airflow rejects laketop's login", 'Airflow가 laketop의 로그인을 거부합니다'],
	'login.password.cause': [
		'The password of {user} is wrong, or the user does not exist',
		'{user}의 비밀번호가 다르거나 해당 사용자가 없습니다',
	],
	'login.backend.cause': [
		'The API accepts neither sessions nor Basic auth (api.auth_backends)',
		'API가 세션과 Basic 인증을 모두 허용하지 않습니다(api.auth_backends)',
	],
	'login.role.cause': ['{user} has no role that may read DAGs', '{user}에게 DAG를 조회할 권한(role)이 없습니다'],
	'login.token.cause': ['The token is missing, wrong or has expired', '토큰이 없거나 잘못되었거나 만료되었습니다'],
	'login.token role.cause': [
		'The user of the token has no role that may read DAGs',
		'토큰의 사용자에게 DAG를 조회할 권한(role)이 없습니다',
	],
	'login.token.fix': [
		'Check airflow.token, airflow.token_file or airflow.token_command',
		'airflow.token, airflow.token_file 또는 airflow.token_command를 확인하세요',
	],
	'login.reason': ['Airflow itself responds: {message}', 'Airflow 자체는 응답합니다: {message}'],
	'login.fix': [
		'Set the correct password: LAKETOP_AIRFLOW_PASSWORD, or airflow.password_file in laketop.yaml',
		'올바른 비밀번호를 설정하세요. LAKETOP_AIRFLOW_PASSWORD 또는 laketop.yaml의 airflow.password_file',
	],
	'login.reset': ['Or reset the password of {user}', '또는 {user}의 비밀번호를 새로 설정하세요'],
	'login.backend.fix': [
		'Set AIRFLOW__API__AUTH_BACKENDS=airflow.api.auth.backend.session,airflow.api.auth.backend.basic_auth in the Compose file, then run up',
		'Compose 파일에 AIRFLOW__API__AUTH_BACKENDS=airflow.api.auth.backend.session,airflow.api.auth.backend.basic_auth를 설정한 뒤 up을 실행하세요',
	],

	'session only.title': [
		'The Airflow API accepts sessions only, no passwords',
		'Airflow API가 비밀번호 인증 없이 세션만 허용합니다',
	],
	'session only.cause': [
		'api.auth_backends contains {backends}, but not basic_auth',
		'api.auth_backends에 {backends}만 있고 basic_auth가 없습니다',
	],
	'session only.reason': [
		'The webserver runs with this setting. laketop signs in through the login form and is not affected',
		'웹 서버가 이 설정으로 시작되었습니다. laketop은 로그인 양식을 사용하므로 영향이 없습니다',
	],
	'session only.impact': [
		'Scripts and clients that send a user name and password get 401',
		'사용자와 비밀번호를 보내는 스크립트나 다른 프로그램은 401 응답을 받습니다',
	],

	'no user.title': ['Airflow has no user {user}', 'Airflow에 {user} 사용자가 없습니다'],
	'no user.cause': [
		'The user was never created in this database',
		'이 데이터베이스에 해당 사용자가 생성되지 않았습니다',
	],
	'no user.reason': [
		'Airflow rejects the login, and its users are: {users}',
		'로그인이 거부되었고 Airflow의 사용자는 다음과 같습니다: {users}',
	],
	'no user.impact': ['Nobody can sign in as {user}', '아무도 {user}으로(로) 로그인할 수 없습니다'],

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

	'database.title': [
		'The Airflow metadata database is unreachable',
		'Airflow 메타데이터 데이터베이스에 연결할 수 없습니다',
	],
	'database.cause': [
		'The server refuses connections, or the address or password configured in Airflow is wrong',
		'데이터베이스 서버가 연결을 거부하거나 Airflow에 설정된 주소 또는 비밀번호가 틀렸습니다',
	],
	'database.says.cause': ['The database reports: {words}', '데이터베이스 응답: {words}'],
	'database.hangs.cause': [
		'The database is running but does not respond: it hangs or is overloaded',
		'데이터베이스가 실행 중이지만 응답하지 않습니다. 멈췄거나 과부하 상태입니다',
	],
	'database.hangs.reason': [
		'A query inside {service} timed out',
		'{service} 컨테이너 안에서 보낸 쿼리도 시간 초과되었습니다',
	],
	'database.reason': [
		'Airflow reports it as unhealthy, although {service} is running',
		'{service} 컨테이너는 실행 중이지만 Airflow가 비정상으로 보고합니다',
	],
	'database.managed.reason': ['Airflow reports it as unhealthy', 'Airflow가 비정상이라고 보고합니다'],
	'database.elsewhere.reason': [
		'Airflow reports it as unhealthy, and no container here runs it',
		'Airflow는 비정상이라고 보고하지만, 이 엔진에는 해당 컨테이너가 없습니다',
	],

	'connections.title': ['The database has no free connections', '데이터베이스 연결이 모두 사용 중입니다'],
	'connections.evidence': ['{count} of {limit} connections in use', '최대 {limit}개 중 {count}개 연결 사용 중'],
	'connections.cause': ['Open connections have reached max_connections', '연결 수가 max_connections에 도달했습니다'],
	'connections.reason': ['Reported by Postgres', 'Postgres에서 확인한 내용입니다'],
	'connections.fix': [
		'Terminate connections that have been idle for more than 10s',
		'10초 넘게 유휴 상태인 연결을 종료하세요',
	],

	'migration.title': ['The Airflow database is not initialised', 'Airflow 데이터베이스가 초기화되지 않았습니다'],
	'migration.cause': [
		'Its tables are missing: the database is new or was emptied',
		'테이블이 없습니다. 새 데이터베이스이거나 내용이 삭제되었습니다',
	],
	'migration.reason': [
		'The database responds but has no alembic_version table',
		'데이터베이스는 응답하지만 alembic_version 테이블이 없습니다',
	],
	'migration.sign.reason': ['Logged by {service}: {line}', '{service} 로그에 기록되어 있습니다: {line}'],
	'migration.impact': [
		'Scheduler, webserver and worker cannot work until it is initialised',
		'초기화할 때까지 스케줄러, 웹 서버, 워커가 모두 동작하지 않습니다',
	],

	'broker.title': ['Redis rejects writes', 'Redis가 쓰기를 거부합니다'],
	'broker.hangs.title': ['Redis does not respond', 'Redis가 응답하지 않습니다'],
	'broker.hangs.cause': [
		'Redis is running but does not respond: it hangs or is overloaded',
		'Redis가 실행 중이지만 응답하지 않습니다. 멈췄거나 과부하 상태입니다',
	],
	'broker.answer': ['Response to PING: {answer}', 'PING 응답: {answer}'],
	'broker.memory': [
		'{used:bytes} of {limit:bytes} used, eviction policy {policy}',
		'{limit:bytes} 중 {used:bytes} 사용, 축출(eviction) 정책 {policy}',
	],
	'broker.oom.cause': [
		'Redis reached its memory limit (maxmemory), and policy {policy} evicts nothing',
		'메모리 한도(maxmemory)에 도달했고 정책 {policy} 때문에 데이터를 비우지 못합니다',
	],
	'broker.save.cause': [
		'Redis cannot save to disk and therefore rejects writes',
		'디스크에 저장하지 못해 쓰기를 거부하고 있습니다',
	],
	'broker.loading.cause': ['Redis is still loading its data after a start', '시작 후 데이터를 불러오는 중입니다'],
	'broker.other.cause': ['Redis responds: {answer}', 'Redis 응답: {answer}'],
	'broker.reason': [
		'The container is running and responds, so neither the network nor the process is at fault',
		'컨테이너가 실행 중이고 응답하므로 네트워크나 프로그램 자체의 문제는 아닙니다',
	],
	'broker.hangs.reason': [
		'The container is running, but redis-cli inside it timed out',
		'컨테이너는 실행 중이지만 그 안에서 실행한 redis-cli가 시간 초과되었습니다',
	],
	'broker.raise': ['Remove its memory limit until the next start', '다음 시작 때까지 메모리 한도를 해제하세요'],

	'celery.title': ['The worker does not respond to Celery', '워커가 Celery 호출에 응답하지 않습니다'],
	'celery.cause': [
		'Its main process hangs, or lost the broker connection without noticing',
		'메인 프로세스가 멈췄거나 브로커와의 연결이 끊긴 것을 감지하지 못했습니다',
	],
	'celery.reason': [
		'A Celery ping found no worker, although its container is running and the broker responds',
		'컨테이너는 실행 중이고 브로커도 응답하지만 Celery ping에 응답하는 워커가 없습니다',
	],
	'celery.evidence': ['Output of celery inspect ping:', 'celery inspect ping 결과:'],

	'queue.title': ['Tasks pile up in queue {queue}', '대기열 {queue}에 작업이 쌓이고 있습니다'],
	'queue.evidence': [
		'{count} {count|message waits|messages wait} in Redis',
		'Redis에 메시지 {count}개가 대기 중입니다',
	],
	'queue.cause': ['No worker consumes this queue', '이 대기열에서 작업을 가져가는 워커가 없습니다'],
	'queue.reason': [
		'The broker responds and holds the messages. A working consumer would have emptied the queue',
		'브로커는 응답하며 메시지를 보관 중입니다. 워커가 정상이라면 이미 비워졌을 것입니다',
	],

	'logs folder.title': ['Airflow cannot write its logs', 'Airflow가 로그를 기록하지 못합니다'],
	'logs folder.cause': [
		'{folder} is not owned by the Airflow user ({user})',
		'{folder} 폴더가 Airflow 사용자({user})의 소유가 아닙니다',
	],
	'logs folder.reason': ['Logged by {service}: {line}', '{service} 로그에 기록되어 있습니다: {line}'],
	'logs folder.impact': [
		'Scheduler, webserver and worker do not start, or tasks cannot run',
		'스케줄러, 웹 서버, 워커가 시작되지 않거나 작업이 실행되지 않습니다',
	],
	'logs folder.fix': [
		'Change the owner of the folder to the Airflow user',
		'폴더의 소유자를 Airflow 사용자로 변경하세요',
	],
	'logs folder.restart': [
		'Then restart {service} now instead of waiting for its next retry',
		'그런 다음 {service}의 다음 재시도를 기다리지 말고 바로 재시작하세요',
	],
} as const;
