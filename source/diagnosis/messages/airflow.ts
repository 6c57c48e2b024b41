/** Findings about Airflow's services, its database and its broker. Each English, then Korean. */
export const airflowMessages = {
	'page.title': ['The Airflow page does not load', 'Airflow 웹 페이지가 열리지 않습니다'],
	'page.hangs.cause': [
		'airflow-webserver runs but does not answer: it hangs, or is overloaded',
		'airflow-webserver가 실행 중이지만 응답하지 않습니다. 멈췄거나 과부하 상태입니다',
	],
	'page.refused.cause': [
		'The container {service} runs, but its program does not listen: it has not finished starting, or its workers keep dying',
		'{service} 컨테이너는 실행 중이지만 프로그램이 연결을 받지 않습니다. 아직 시작 중이거나 내부 프로세스가 계속 종료되고 있습니다',
	],
	'page.answers.cause': [
		'The webserver answers with an error ({status}): something that it needs does not work',
		'웹 서버가 오류({status})로 응답합니다. 필요한 서비스 중 하나가 동작하지 않습니다',
	],
	'page.elsewhere.cause': [
		'Nothing answers at {url}, and no container here serves it: the address is wrong, or that server is down',
		'{url}에서 응답이 없고 이 주소를 제공하는 컨테이너도 없습니다. 주소가 틀렸거나 서버가 중지되었습니다',
	],
	'page.address.cause': [
		'{url} is not where {service} is published ({published}): the address that is given is wrong',
		'{url} 주소는 {service} 컨테이너가 공개된 곳({published})이 아닙니다. 지정한 주소가 잘못되었습니다',
	],
	'mlflow page.url': [
		'Check the address: --mlflow-url, or mlflow.url in laketop.yaml',
		'주소를 확인하세요. --mlflow-url 또는 laketop.yaml의 mlflow.url',
	],
	'page.reason': [
		'Its container runs and is not being started; {url} was asked and gave: {answer}',
		'컨테이너는 실행 중이고 시작 중도 아닙니다. {url} 요청 결과: {answer}',
	],
	'page.road.cause': [
		'{service} is well on {host}, but no road leads to its page from here: most likely its port is published for {host} itself alone, or a firewall is between',
		'{service}은(는) {host}에서 정상이지만 여기에서는 웹 페이지에 접속할 수 없습니다. 포트가 {host} 내부에만 공개되었거나 방화벽이 막고 있을 가능성이 큽니다',
	],
	'page.road.reason': [
		'The health check inside of {service} succeeds; {url} was asked from here and gave: {answer}',
		'{service} 내부의 상태 점검은 성공합니다. 여기에서 {url} 요청 결과: {answer}',
	],
	'page.tunnel': [
		'Run laketop on {host}; or make a tunnel, ssh -N -L {port}:localhost:{port} {host}, and give --{id}-url http://localhost:{port}',
		'{host}에서 laketop을 실행하거나 ssh -N -L {port}:localhost:{port} {host} 터널을 만들고 --{id}-url http://localhost:{port} 을 지정하세요',
	],
	'page.url': [
		'Check the address: --airflow-url, or airflow.url in laketop.yaml',
		'주소를 확인하세요. --airflow-url 또는 laketop.yaml의 airflow.url',
	],

	'api.title': ["Airflow's page answers, its API fails", 'Airflow 페이지는 응답하지만 API 호출이 실패합니다'],
	'api.cause': ['{message}', '{message}'],
	'api.reason': [
		'The health page answers, the requests for DAGs and runs do not succeed',
		'상태 페이지는 정상 응답하지만 DAG과 실행 조회 요청이 실패합니다',
	],

	'login.title': ['Airflow refuses the login of laketop', 'Airflow가 laketop의 로그인을 거부합니다'],
	'login.password.cause': [
		'The password of {user} is another one, or there is no such user',
		'{user}의 비밀번호가 다르거나 해당 사용자가 없습니다',
	],
	'login.backend.cause': [
		'The API accepts neither session nor Basic auth (api.auth_backends)',
		'API가 세션과 Basic 인증을 모두 허용하지 않습니다(api.auth_backends)',
	],
	'login.role.cause': ['{user} lacks a role that may read DAGs', '{user}에게 DAG을 조회할 권한(role)이 없습니다'],
	'login.reason': ['Airflow answers to others: {message}', 'Airflow 자체는 응답합니다: {message}'],
	'login.fix': [
		'Give laketop the right password: LAKETOP_AIRFLOW_PASSWORD, or airflow.password_file in laketop.yaml',
		'올바른 비밀번호를 설정하세요. LAKETOP_AIRFLOW_PASSWORD 또는 laketop.yaml의 airflow.password_file',
	],
	'login.reset': ['Or give {user} a new password', '또는 {user}의 비밀번호를 새로 설정하세요'],
	'login.backend.fix': [
		'Set AIRFLOW__API__AUTH_BACKENDS=airflow.api.auth.backend.session,airflow.api.auth.backend.basic_auth in the Compose file, then up',
		'Compose 파일에 AIRFLOW__API__AUTH_BACKENDS=airflow.api.auth.backend.session,airflow.api.auth.backend.basic_auth를 설정한 뒤 up을 실행하세요',
	],

	'session only.title': [
		"Airflow's API takes no password, only sessions",
		'Airflow API가 비밀번호 인증 없이 세션만 허용합니다',
	],
	'session only.cause': [
		'api.auth_backends holds {backends}, and not basic_auth',
		'api.auth_backends에 {backends}만 있고 basic_auth가 없습니다',
	],
	'session only.reason': [
		'The webserver was started with that setting; laketop signs in by the form, and is not affected',
		'웹 서버가 이 설정으로 시작되었습니다. laketop은 로그인 양식을 사용하므로 영향이 없습니다',
	],
	'session only.impact': [
		'Scripts and other programs that send user and password get 401',
		'사용자와 비밀번호를 보내는 스크립트나 다른 프로그램은 401 응답을 받습니다',
	],

	'no user.title': ['Airflow has no user {user}', 'Airflow에 {user} 사용자가 없습니다'],
	'no user.cause': [
		'The admin user was never created in this database',
		'이 데이터베이스에 관리자 계정이 생성되지 않았습니다',
	],
	'no user.reason': [
		'The login is refused, and the table of users has: {users}',
		'로그인이 거부되었고 사용자 테이블의 내용은 다음과 같습니다: {users}',
	],
	'no user.impact': ['Nobody can sign in', '아무도 로그인할 수 없습니다'],

	'heartbeat.title': ['The scheduler gives no sign of life', '스케줄러의 하트비트가 멈췄습니다'],
	'heartbeat.evidence': [
		'Last heartbeat {age:duration} ago; one is due every 5 s',
		'마지막 하트비트 {age:duration} 전(정상 주기 5초)',
	],
	'heartbeat.cause': [
		'The scheduler process hangs: its container runs, but its loop does not turn',
		'스케줄러 프로세스가 멈췄습니다. 컨테이너는 실행 중이지만 루프가 돌지 않습니다',
	],
	'heartbeat.elsewhere.cause': [
		'The scheduler is not running, and no container here is it',
		'스케줄러가 실행 중이 아니며 여기에는 해당 컨테이너도 없습니다',
	],
	'heartbeat.reason': [
		'The database answers, and the container of the scheduler runs since {up:duration}',
		'데이터베이스는 응답하고 스케줄러 컨테이너는 {up:duration} 전부터 실행 중입니다',
	],
	'heartbeat.elsewhere.reason': [
		'The database answers, so that the heartbeat is as old as Airflow says',
		'데이터베이스가 응답하므로 Airflow가 보고한 하트비트 시각은 정확합니다',
	],

	'database.title': [
		"Airflow's metadata database is unreachable",
		'Airflow 메타데이터 데이터베이스에 연결할 수 없습니다',
	],
	'database.cause': [
		'Its server refuses connections, or the address and password that Airflow has for it are wrong',
		'데이터베이스 서버가 연결을 거부하거나 Airflow에 설정된 주소 또는 비밀번호가 틀렸습니다',
	],
	'database.says.cause': ['The database says: {words}', '데이터베이스 응답: {words}'],
	'database.hangs.cause': [
		'Its processes run but do not answer: they hang, or are overloaded',
		'프로세스가 실행 중이지만 응답하지 않습니다. 멈췄거나 과부하 상태입니다',
	],
	'database.silent.reason': [
		'A query in the container {service} itself got no answer',
		'{service} 컨테이너 안에서 직접 보낸 쿼리에도 응답이 없습니다',
	],
	'database.reason': [
		'Airflow calls it unhealthy, while the container {service} runs',
		'{service} 컨테이너는 실행 중이지만 Airflow가 비정상으로 보고합니다',
	],
	'database.elsewhere.reason': [
		'Airflow calls it unhealthy, and it is in no container here',
		'Airflow가 비정상으로 보고하며 여기에는 해당 컨테이너가 없습니다',
	],

	'connections.title': ['The database has no connection left', '데이터베이스 연결이 모두 사용 중입니다'],
	'connections.evidence': ['{count} of {limit} connections are taken', '최대 {limit}개 중 {count}개 연결 사용 중'],
	'connections.cause': [
		'More programs are connected than max_connections allows',
		'max_connections보다 많은 프로그램이 연결되어 있습니다',
	],
	'connections.reason': ['Postgres counts them itself', 'Postgres가 직접 집계한 값입니다'],
	'connections.fix': ['End the connections that idle in a transaction', '트랜잭션 상태로 방치된 연결을 종료하세요'],

	'migration.title': ["Airflow's database is not initialised", 'Airflow 데이터베이스가 초기화되지 않았습니다'],
	'migration.cause': [
		'Its tables are not there: it is new, or was emptied',
		'테이블이 없습니다. 새 데이터베이스이거나 내용이 삭제되었습니다',
	],
	'migration.reason': [
		'The database answers, and holds no table alembic_version',
		'데이터베이스는 응답하지만 alembic_version 테이블이 없습니다',
	],
	'migration.sign.reason': ['The log of {service} says so: {line}', '{service} 로그에 기록되어 있습니다: {line}'],
	'migration.impact': [
		'Neither scheduler nor webserver nor worker can do anything until then',
		'초기화할 때까지 스케줄러, 웹 서버, 워커가 모두 동작하지 않습니다',
	],

	'broker.title': ['Redis refuses to take tasks', 'Redis가 작업을 받지 않습니다'],
	'broker.hangs.title': ['Redis does not answer', 'Redis가 응답하지 않습니다'],
	'broker.hangs.cause': [
		'Its process runs but does not answer: it hangs, or is overloaded',
		'프로세스가 실행 중이지만 응답하지 않습니다. 멈췄거나 과부하 상태입니다',
	],
	'broker.answer': ['Its answer to a write: {answer}', '쓰기 요청에 대한 응답: {answer}'],
	'broker.memory': [
		'It uses {used:bytes}, may use {limit:bytes}, policy {policy}',
		'사용 {used:bytes}, 한도 {limit:bytes}, 정책 {policy}',
	],
	'broker.oom.cause': [
		'It has reached its memory limit (maxmemory), and its policy {policy} lets nothing go',
		'메모리 한도(maxmemory)에 도달했고 정책 {policy} 때문에 데이터를 비우지 못합니다',
	],
	'broker.save.cause': [
		'It cannot save to its disk, and therefore takes no writes',
		'디스크에 저장하지 못해 쓰기를 거부하고 있습니다',
	],
	'broker.loading.cause': ['It is still loading its data after a start', '시작 후 데이터를 불러오는 중입니다'],
	'broker.other.cause': ['Redis says: {answer}', 'Redis 응답: {answer}'],
	'broker.reason': [
		'Its container runs and answers, so that neither network nor program is at fault',
		'컨테이너가 실행 중이고 응답하므로 네트워크나 프로그램 자체의 문제는 아닙니다',
	],
	'broker.raise': ['Lift its memory limit until its next start', '다음 시작 때까지 메모리 한도를 해제하세요'],

	'celery.title': ['The worker does not answer Celery', '워커가 Celery 호출에 응답하지 않습니다'],
	'celery.cause': [
		'Its main process hangs, or has lost the broker without noticing',
		'메인 프로세스가 멈췄거나 브로커와의 연결이 끊긴 것을 감지하지 못했습니다',
	],
	'celery.reason': [
		'A Celery ping found no worker, while its container runs and the broker answers',
		'컨테이너는 실행 중이고 브로커도 응답하지만 Celery ping에 응답하는 워커가 없습니다',
	],
	'celery.evidence': ['celery inspect ping said:', 'celery inspect ping 결과:'],

	'queue.title': ['Tasks pile up in the queue {queue}', '대기열 {queue}에 작업이 쌓이고 있습니다'],
	'queue.evidence': ['{count} messages wait in Redis', 'Redis에 메시지 {count}개가 대기 중입니다'],
	'queue.cause': ['No worker takes tasks from this queue', '이 대기열에서 작업을 가져가는 워커가 없습니다'],
	'queue.reason': [
		'The broker answers and holds them; a worker that takes from it would have emptied it',
		'브로커는 응답하며 메시지를 보관 중입니다. 워커가 정상이라면 이미 비워졌을 것입니다',
	],

	'logs folder.title': ['Airflow cannot write its logs', 'Airflow가 로그를 기록하지 못합니다'],
	'logs folder.cause': [
		"The folder {folder} does not belong to Airflow's user ({user})",
		'{folder} 폴더가 Airflow 사용자({user})의 소유가 아닙니다',
	],
	'logs folder.reason': ['The log of {service} says so: {line}', '{service} 로그에 기록되어 있습니다: {line}'],
	'logs folder.impact': [
		'Scheduler, webserver and worker do not start, or no task can run',
		'스케줄러, 웹 서버, 워커가 시작되지 않거나 작업이 실행되지 않습니다',
	],
	'logs folder.fix': ["Give the folder to Airflow's user", '폴더의 소유자를 Airflow 사용자로 변경하세요'],
	'logs folder.restart': [
		'Then start {service} at once, instead of at its next try',
		'그런 다음 {service}을(를) 바로 재시작하세요',
	],
} as const;
