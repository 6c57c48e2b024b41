/** Findings about MLflow. Each English, then Korean. */
export const mlflowMessages = {
	'mlflow page.title': ['MLflow does not answer', 'MLflow가 응답하지 않습니다'],
	'mlflow page.hangs.cause': [
		'The MLflow server runs but does not answer: it hangs, or is overloaded',
		'MLflow 서버가 실행 중이지만 응답하지 않습니다. 멈췄거나 과부하 상태입니다',
	],

	'mlflow api.title': ['MLflow answers, but refuses requests', 'MLflow가 응답하지만 요청을 거부합니다'],
	'mlflow api.host.cause': [
		'It checks the Host header and does not know this name (MLflow 3.5 and later)',
		'Host 헤더를 검사하며 이 이름을 허용하지 않습니다(MLflow 3.5 이상)',
	],
	'mlflow api.login.cause': [
		'It wants a login, and has been given none or a wrong one',
		'로그인이 필요하지만 인증 정보가 없거나 틀렸습니다',
	],
	'mlflow api.other.cause': ['{message}', '{message}'],
	'mlflow api.reason': [
		'Its health page answers, the API says: {message}',
		'상태 페이지는 정상이지만 API 응답은 다음과 같습니다: {message}',
	],
	'mlflow api.host.fix': [
		'Start the server with --allowed-hosts that holds this name',
		'서버를 시작할 때 --allowed-hosts에 이 이름을 추가하세요',
	],
	'mlflow api.login.fix': [
		'Give laketop the login: LAKETOP_MLFLOW_USERNAME and LAKETOP_MLFLOW_PASSWORD',
		'인증 정보를 설정하세요. LAKETOP_MLFLOW_USERNAME, LAKETOP_MLFLOW_PASSWORD',
	],
	'mlflow api.impact': ['Experiments and models cannot be shown', '실험과 모델을 표시할 수 없습니다'],

	'locked.title': ['The MLflow database is locked', 'MLflow 데이터베이스가 잠겨 있습니다'],
	'locked.holders': ['Processes that hold the lock', '잠금을 가진 프로세스'],
	'locked.holder.cause': [
		'Another program in {service} holds the lock: {command} (process {pid})',
		'{service} 안의 다른 프로그램이 잠금을 가지고 있습니다: {command}(프로세스 {pid})',
	],
	'locked.own.cause': [
		'A request of the MLflow server itself holds the lock: a long write',
		'MLflow 서버 자신의 요청이 잠금을 가지고 있습니다. 오래 걸리는 쓰기 작업입니다',
	],
	'locked.cause': [
		'Another program has its SQLite file open and holds the lock: a backup, a shell, a second server',
		'다른 프로그램이 SQLite 파일을 열어 잠그고 있습니다. 백업, 셸, 두 번째 서버 등을 확인하세요',
	],
	'locked.reason': [
		'The log of {service} reports "database is locked", and its API does not work since',
		'{service} 로그에 "database is locked"가 기록되었고 그 후로 API가 동작하지 않습니다',
	],
	'locked.held.reason': [
		'MLflow does not answer, and another process holds a write lock on its database file',
		'MLflow가 응답하지 않고, 다른 프로세스가 데이터베이스 파일의 쓰기 잠금을 가지고 있습니다',
	],
	'locked.impact': [
		'Tasks that log to MLflow fail or hang, and its page hangs',
		'MLflow에 기록하는 작업이 실패하거나 멈추고 페이지도 멈춥니다',
	],
	'locked.wait.fix': [
		'Wait for that program to finish, or stop it. A restart of MLflow does not help',
		'해당 프로그램이 끝나기를 기다리거나 중지하세요. MLflow를 재시작해도 해결되지 않습니다',
	],
	'locked.kill.fix': ['Stop process {pid}', '프로세스 {pid}을(를) 종료하세요'],
	'locked.find.fix': [
		'Find the program that has the file open on the host',
		'호스트에서 파일을 열고 있는 프로그램을 찾으세요',
	],

	'road.title': ['The worker does not reach MLflow', '워커가 MLflow에 연결하지 못합니다'],
	'road.evidence': ['From within {service}: {url} gives {answer}', '{service} 안에서 {url} 요청 결과: {answer}'],
	'road.name.cause': [
		'The name in MLFLOW_TRACKING_URI is not known on its network',
		'MLFLOW_TRACKING_URI의 호스트 이름을 워커의 네트워크에서 찾을 수 없습니다',
	],
	'road.refused.cause': [
		'Nothing listens at {url}: the address or port in MLFLOW_TRACKING_URI is wrong',
		'{url}에서 응답하는 서비스가 없습니다. MLFLOW_TRACKING_URI의 주소나 포트가 틀렸습니다',
	],
	'road.host.cause': [
		'MLflow refuses the name by which the worker calls it (403, Host header)',
		'MLflow가 워커가 사용하는 호스트 이름을 거부합니다(403, Host 헤더)',
	],
	'road.other.cause': ['The connection fails: {answer}', '연결에 실패했습니다: {answer}'],
	'road.reason': [
		'The server answers from this host, and the same request from within the worker does not succeed',
		'이 호스트에서는 서버가 응답하지만 워커 안에서 보낸 같은 요청은 실패합니다',
	],

	'empty.title': ['{run} logged nothing to MLflow', '{run} 실행이 MLflow에 남긴 기록이 없습니다'],
	'empty.evidence': [
		'The run succeeded at {at:time}, but the experiment {experiment} has no MLflow run from that period',
		'{at:time}에 성공했지만 실험 {experiment}에 해당 시간의 MLflow run이 없습니다',
	],
	'empty.cause': [
		'Its tasks log to another tracking server or another experiment',
		'작업이 다른 서버나 다른 실험에 기록하고 있습니다',
	],
	'empty.reason': [
		'Tasks that logged to {experiment} in earlier runs succeeded in this run: {tasks}',
		'이전 실행에서 {experiment}에 기록한 작업이 이번 실행에서도 성공했습니다: {tasks}',
	],
	'empty.impact': [
		'The metrics and models of this run are missing here',
		'이 실행의 지표와 모델을 여기서 찾을 수 없습니다',
	],
	'empty.fix': [
		'Compare MLFLOW_TRACKING_URI of the worker with the address laketop watches, and the experiment names',
		'워커의 MLFLOW_TRACKING_URI와 laketop이 보는 주소, 실험 이름을 비교하세요',
	],

	'drop.title': ['{metric} has dropped', '{metric} 지표가 하락했습니다'],
	'drop.evidence': [
		'{value} now; the median of the {count} runs before is {median}',
		'현재 {value}, 이전 {count}회 실행의 중앙값 {median}',
	],
	'drop.cause': [
		'The newest data or model is worse than those before',
		'최신 데이터 또는 모델의 품질이 이전보다 나빠졌습니다',
	],
	'drop.reason': [
		'It fell by {by}, more than the runs before differ among themselves',
		'{by}만큼 하락했으며 이전 실행들 사이의 편차보다 큽니다',
	],
	'drop.impact': [
		'Whoever takes the newest model takes a worse one',
		'최신 모델을 사용하면 이전보다 나쁜 모델을 사용하게 됩니다',
	],
	'drop.fix': ['Compare the runs in MLflow', 'MLflow에서 실행들을 비교하세요'],

	'registration.title': [
		'Version {version} of {model} was not registered',
		'{model}의 버전 {version} 등록에 실패했습니다',
	],
	'registration.cause': [
		'MLflow could not copy the model into its store',
		'MLflow가 모델을 저장소에 복사하지 못했습니다',
	],
	'registration.reason': [
		'MLflow has it as FAILED_REGISTRATION',
		'MLflow에 FAILED_REGISTRATION 상태로 기록되어 있습니다',
	],

	'artifacts.title': ['MLflow cannot write artifacts', 'MLflow가 아티팩트를 기록하지 못합니다'],
	'artifacts.cause': [
		"The folder of its artifact store does not belong to the server's user, or is full",
		'아티팩트 저장소 폴더의 소유자가 서버 사용자가 아니거나 공간이 부족합니다',
	],
	'artifacts.reason': ['The log of {service} says so: {line}', '{service} 로그에 기록되어 있습니다: {line}'],
	'artifacts.impact': [
		'Models and plots are not kept; tasks that log them fail',
		'모델과 그래프가 저장되지 않고 이를 기록하는 작업이 실패합니다',
	],
} as const;
