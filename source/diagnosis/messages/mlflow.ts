/** Findings about MLflow. Each English, then Korean. */
export const mlflowMessages = {
	'mlflow page.title': ['MLflow does not respond', 'MLflow가 응답하지 않습니다'],
	'mlflow page.hangs.cause': [
		'{service} is running but does not respond: it hangs or is overloaded',
		'{service}이(가) 실행 중이지만 응답하지 않습니다. 멈췄거나 과부하 상태입니다',
	],

	'mlflow api.title': ['MLflow rejects API requests', 'MLflow가 API 요청을 거부합니다'],
	'mlflow api.host.cause': [
		'It checks the Host header and does not allow this name (MLflow 3.5 and later)',
		'Host 헤더를 검사하며 이 이름을 허용하지 않습니다(MLflow 3.5 이상)',
	],
	'mlflow api.login.cause': [
		'It requires a login, and none is configured',
		'로그인이 필요하지만 인증 정보가 설정되지 않았습니다',
	],
	'mlflow api.wrong login.cause': [
		'It rejects the configured login: the user name, password or token is wrong',
		'설정된 로그인을 거부했습니다. 사용자 이름, 비밀번호 또는 토큰이 잘못되었습니다',
	],
	'mlflow api.other.cause': ['{message}', '{message}'],
	'mlflow api.reason': [
		'The health endpoint responds, but the API reports: {message}',
		'헬스 체크 엔드포인트는 응답하지만 API 응답은 다음과 같습니다: {message}',
	],
	'mlflow api.host.fix': [
		'Add this name to --allowed-hosts when you start the server',
		'서버를 시작할 때 --allowed-hosts에 이 이름을 추가하세요',
	],
	'mlflow api.login.fix': [
		'Set LAKETOP_MLFLOW_USERNAME and LAKETOP_MLFLOW_PASSWORD, or LAKETOP_MLFLOW_TOKEN',
		'LAKETOP_MLFLOW_USERNAME과 LAKETOP_MLFLOW_PASSWORD 또는 LAKETOP_MLFLOW_TOKEN을 설정하세요',
	],
	'mlflow api.impact': ['Experiments and models cannot be shown', '실험과 모델을 표시할 수 없습니다'],

	'locked.title': ['The MLflow database is locked', 'MLflow 데이터베이스가 잠겨 있습니다'],
	'locked.holders': ['Processes that hold the lock:', '잠금을 가진 프로세스:'],
	'locked.holder.cause': [
		'Another program in {service} holds the lock: {command} (process {pid})',
		'{service} 안의 다른 프로그램이 잠금을 가지고 있습니다: {command}(프로세스 {pid})',
	],
	'locked.own.cause': [
		'The MLflow server itself holds the lock: a long write',
		'MLflow 서버 자신의 요청이 잠금을 가지고 있습니다. 오래 걸리는 쓰기 작업입니다',
	],
	'locked.cause': [
		'Another program holds the lock on its SQLite file: a backup, a shell or a second server',
		'다른 프로그램이 SQLite 파일의 잠금을 가지고 있습니다. 백업, 셸, 두 번째 서버 등을 확인하세요',
	],
	'locked.reason': [
		'{service} logged "database is locked", and its API has failed since',
		'{service} 로그에 "database is locked"가 기록되었고 그 후로 API가 동작하지 않습니다',
	],
	'locked.held.reason': [
		'MLflow does not respond, and another process holds a write lock on its database file',
		'MLflow가 응답하지 않고, 다른 프로세스가 데이터베이스 파일의 쓰기 잠금을 가지고 있습니다',
	],
	'locked.impact': [
		'Tasks that log to MLflow fail or hang, and its UI hangs',
		'MLflow에 기록하는 작업이 실패하거나 멈추고 UI도 멈춥니다',
	],
	'locked.wait.fix': [
		'Wait for that program to finish, or stop it. Restarting MLflow does not help',
		'해당 프로그램이 끝나기를 기다리거나 중지하세요. MLflow를 재시작해도 해결되지 않습니다',
	],
	'locked.kill.fix': ['Stop process {pid}', '프로세스 {pid}을(를) 종료하세요'],
	'locked.find.fix': [
		'Find the program on the host that has the file open',
		'호스트에서 파일을 열고 있는 프로그램을 찾으세요',
	],

	'mlflow connection.title': ['The worker cannot connect to MLflow', '워커가 MLflow에 연결하지 못합니다'],
	'mlflow connection.evidence': [
		'Request to {url} inside {service}: {answer}',
		'{service} 안에서 {url} 요청 결과: {answer}',
	],
	'mlflow connection.name.cause': [
		'The host name in MLFLOW_TRACKING_URI does not resolve on the worker network',
		'MLFLOW_TRACKING_URI의 호스트 이름을 워커의 네트워크에서 찾을 수 없습니다',
	],
	'mlflow connection.refused.cause': [
		'Nothing listens at {url}: the address or port in MLFLOW_TRACKING_URI is wrong',
		'{url}에서 응답하는 서비스가 없습니다. MLFLOW_TRACKING_URI의 주소나 포트가 틀렸습니다',
	],
	'mlflow connection.host.cause': [
		'MLflow rejects the host name that the worker uses (403, Host header)',
		'MLflow가 워커가 사용하는 호스트 이름을 거부합니다(403, Host 헤더)',
	],
	'mlflow connection.other.cause': ['The connection fails: {answer}', '연결에 실패했습니다: {answer}'],
	'mlflow connection.reason': [
		'The server responds to this host, but the same request inside the worker fails',
		'이 호스트에서는 서버가 응답하지만 워커 안에서 보낸 같은 요청은 실패합니다',
	],

	'empty.title': ['DAG run {run} logged nothing to MLflow', 'DAG 실행 {run}이(가) MLflow에 남긴 기록이 없습니다'],
	'empty.evidence': [
		'The DAG run succeeded at {at:time}, but experiment {experiment} has no MLflow run from that time',
		'DAG 실행은 {at:time}에 성공했지만 실험 {experiment}에 해당 시간의 MLflow 실행이 없습니다',
	],
	'empty.cause': [
		'Its tasks log to another tracking server or another experiment',
		'작업이 다른 서버나 다른 실험에 기록하고 있습니다',
	],
	'empty.reason': [
		'Tasks that logged to {experiment} in earlier DAG runs succeeded in this one: {tasks}',
		'이전 DAG 실행에서 {experiment}에 기록한 작업이 이번에도 성공했습니다: {tasks}',
	],
	'empty.impact': [
		'The metrics and models of this DAG run are missing here',
		'이 DAG 실행의 메트릭과 모델을 여기서 찾을 수 없습니다',
	],
	'empty.fix': [
		'Compare MLFLOW_TRACKING_URI and the experiment names of the worker with those that laketop uses',
		'워커의 MLFLOW_TRACKING_URI와 실험 이름을 laketop이 사용하는 것과 비교하세요',
	],

	'drop.title': ['{metric} dropped', '{metric} 메트릭이 하락했습니다'],
	'drop.evidence': [
		'{value} now, median of the previous {count} MLflow runs {median}',
		'현재 {value}, 이전 MLflow 실행 {count}회의 중앙값 {median}',
	],
	'drop.cause': [
		'The newest data or model is worse than the previous ones',
		'최신 데이터 또는 모델의 품질이 이전보다 나빠졌습니다',
	],
	'drop.reason': [
		'It fell by {by}, more than the previous MLflow runs vary',
		'{by}만큼 하락했으며 이전 MLflow 실행들 사이의 편차보다 큽니다',
	],
	'drop.impact': [
		'Users of the newest model get a worse one than before',
		'최신 모델을 사용하면 이전보다 나쁜 모델을 사용하게 됩니다',
	],
	'drop.fix': ['Compare the MLflow runs', 'MLflow 실행들을 비교하세요'],

	'registration.title': [
		'Version {version} of {model} was not registered',
		'{model}의 버전 {version} 등록에 실패했습니다',
	],
	'registration.cause': [
		'MLflow could not copy the model to its store',
		'MLflow가 모델을 저장소에 복사하지 못했습니다',
	],
	'registration.reason': [
		'MLflow reports the status FAILED_REGISTRATION',
		'MLflow에 FAILED_REGISTRATION 상태로 기록되어 있습니다',
	],

	'registration.impact': ['This version cannot be used', '이 버전을 사용할 수 없습니다'],

	'artifacts.title': ['MLflow cannot write artifacts', 'MLflow가 아티팩트를 기록하지 못합니다'],
	'artifacts.cause': [
		'The artifact folder is not owned by the server user, or its disk is full',
		'아티팩트 저장소 폴더의 소유자가 서버 사용자가 아니거나 공간이 부족합니다',
	],
	'artifacts.reason': ['Logged by {service}: {line}', '{service} 로그에 기록되어 있습니다: {line}'],
	'artifacts.impact': [
		'Models and plots are not saved, and tasks that log them fail',
		'모델과 그래프가 저장되지 않고 이를 기록하는 작업이 실패합니다',
	],
} as const;
