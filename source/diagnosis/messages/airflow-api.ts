/** Texts of `rules/airflow-api.ts`. Each English, then Korean. */
export const airflowApiMessages = {
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
	'impact.view': [
		'laketop cannot show or change DAGs and DAG runs. What it shows of them is outdated',
		'laketop이 DAG와 DAG 실행을 조회하거나 변경할 수 없습니다. 표시된 내용은 이전 상태입니다',
	],
} as const;
