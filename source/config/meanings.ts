import type { Text } from '../words/language.ts';
import type { KeyOf } from './option.ts';
import type { table } from './table.ts';

/**
 * The meaning of each option: for docs/configuration.md and docs/configuration.ko.md, and in English for editors. The
 * program never shows them, so they are not in the rows of the table, which every start loads.
 */
export const meanings: Readonly<Record<KeyOf<typeof table> | 'profile' | 'profiles', Text>> = {
	project: [
		'Compose project of the MLOps stack. Default: discovered by its labels.',
		'MLOps 스택의 Compose 프로젝트. 기본값: 레이블로 찾음.',
	],
	compose_file: [
		'Compose file of the MLOps stack, or several as in COMPOSE_FILE (base.yml:prod.yml). Default: the files that Compose recorded on the containers, otherwise those of the current folder: docker-compose-mlops.yml, or what Compose itself would read (COMPOSE_FILE, compose.yaml, compose.yml, docker-compose.yml or docker-compose.yaml, and its override). Relative to the config file, or from ~/.',
		'MLOps 스택의 Compose 파일. COMPOSE_FILE처럼 여러 개도 됩니다(base.yml:prod.yml). 기본값: Compose가 컨테이너에 기록한 파일, 없으면 현재 폴더의 docker-compose-mlops.yml이나 Compose가 읽을 파일(COMPOSE_FILE, compose.yaml, compose.yml, docker-compose.yml, docker-compose.yaml과 그 override 파일). 경로는 설정 파일 기준이거나 ~/로 시작합니다.',
	],
	docker_host: [
		'Docker Engine: unix:///path, tcp://host:port or ssh://user@host; or none for a stack without containers, such as managed Airflow. Default: the same as for docker (DOCKER_HOST, contexts, the usual sockets). If no socket exists and airflow.url is set, none.',
		'Docker 엔진: unix:///path, tcp://host:port, ssh://user@host. 관리형 Airflow처럼 컨테이너가 없는 스택은 none. 기본값: docker와 같음(DOCKER_HOST, 컨텍스트, 기본 소켓). 소켓이 없고 airflow.url이 설정되어 있으면 none.',
	],
	'airflow.url': [
		'Airflow webserver. Default: discovered from its published port.',
		'Airflow 웹 서버. 기본값: 게시된 포트에서 찾음.',
	],
	'airflow.username': [
		'User of Airflow. Default: the user that the environment of a container of the stack, or its Compose file, has Airflow create (_AIRFLOW_WWW_USER_USERNAME and _AIRFLOW_WWW_USER_PASSWORD), otherwise admin. That login is only sent to the published port of the same stack.',
		'Airflow 사용자. 기본값: 스택의 컨테이너 환경 변수나 Compose 파일에서 Airflow가 만들도록 지정한 사용자(_AIRFLOW_WWW_USER_USERNAME, _AIRFLOW_WWW_USER_PASSWORD), 없으면 admin. 이 로그인은 같은 스택에서 게시된 포트로만 보냅니다.',
	],
	'airflow.password': [
		'Password of the Airflow user. A file or a command is safer.',
		'Airflow 사용자의 비밀번호. 파일이나 명령이 더 안전합니다.',
	],
	'airflow.password_file': [
		'File whose first line is the password. Relative to the config file, or from ~/. Only its owner should have read access.',
		'첫 줄이 비밀번호인 파일. 경로는 설정 파일 기준이거나 ~/로 시작합니다. 소유자만 읽을 수 있어야 합니다.',
	],
	'airflow.password_command': [
		'Shell command whose first line of output is the password. It runs once, when needed, and only from a trusted config file (see Trust in docs/configuration.md).',
		'출력의 첫 줄이 비밀번호인 셸 명령. 필요할 때 한 번만, 신뢰하는 설정 파일에서만 실행됩니다(docs/configuration.ko.md의 ‘신뢰’ 참고).',
	],
	'airflow.token': [
		'Token used instead of user and password, as managed Airflow requires. A text NAME=VALUE is sent as a cookie. A file or a command is safer.',
		'사용자와 비밀번호 대신 쓰는 토큰으로, 관리형 Airflow에 필요합니다. NAME=VALUE 형식의 토큰은 쿠키로 보냅니다. 파일이나 명령이 더 안전합니다.',
	],
	'airflow.token_file': [
		'File whose first line is the token. Relative to the config file, or from ~/. Only its owner should have read access.',
		'첫 줄이 토큰인 파일. 경로는 설정 파일 기준이거나 ~/로 시작합니다. 소유자만 읽을 수 있어야 합니다.',
	],
	'airflow.token_command': [
		'Command whose first line of output is the token. It runs without a shell, when needed, and again when the token expires or is rejected. Only from a trusted config file (see Trust in docs/configuration.md).',
		'출력의 첫 줄이 토큰인 명령. 셸 없이 필요할 때 실행되며, 토큰이 만료되거나 거부되면 다시 실행됩니다. 신뢰하는 설정 파일에서만 실행됩니다(docs/configuration.ko.md의 ‘신뢰’ 참고).',
	],
	'airflow.keep_session': [
		'Keep the login session for the next command, in a file that only you can read ($XDG_RUNTIME_DIR/laketop, otherwise ~/.local/state/laketop). Otherwise every command logs in. More than five logins within 40s lock out everyone at the same address.',
		'로그인 세션을 다음 명령을 위해 본인만 읽을 수 있는 파일($XDG_RUNTIME_DIR/laketop, 없으면 ~/.local/state/laketop)에 보관합니다. 끄면 명령마다 로그인합니다. 40초 안에 로그인이 5번을 넘으면 같은 주소의 모든 사용자가 잠깁니다.',
	],
	'mlflow.url': [
		'MLflow server. Default: discovered from its published port.',
		'MLflow 서버. 기본값: 게시된 포트에서 찾음.',
	],
	'mlflow.username': ['User of MLflow, if it requires a login.', 'MLflow 사용자(로그인이 필요한 경우).'],
	'mlflow.password': [
		'Password of the MLflow user. A file or a command is safer.',
		'MLflow 사용자의 비밀번호. 파일이나 명령이 더 안전합니다.',
	],
	'mlflow.password_file': [
		'File whose first line is the password. Relative to the config file, or from ~/. Only its owner should have read access.',
		'첫 줄이 비밀번호인 파일. 경로는 설정 파일 기준이거나 ~/로 시작합니다. 소유자만 읽을 수 있어야 합니다.',
	],
	'mlflow.password_command': [
		'Shell command whose first line of output is the password. It runs once, when needed, and only from a trusted config file (see Trust in docs/configuration.md).',
		'출력의 첫 줄이 비밀번호인 셸 명령. 필요할 때 한 번만, 신뢰하는 설정 파일에서만 실행됩니다(docs/configuration.ko.md의 ‘신뢰’ 참고).',
	],
	'mlflow.token': [
		'Token used instead of user and password. A file or a command is safer.',
		'사용자와 비밀번호 대신 쓰는 토큰. 파일이나 명령이 더 안전합니다.',
	],
	'mlflow.token_file': [
		'File whose first line is the token. Relative to the config file, or from ~/. Only its owner should have read access.',
		'첫 줄이 토큰인 파일. 경로는 설정 파일 기준이거나 ~/로 시작합니다. 소유자만 읽을 수 있어야 합니다.',
	],
	'mlflow.token_command': [
		'Command whose first line of output is the token. It runs without a shell, when needed, and again when the token expires or is rejected. Only from a trusted config file (see Trust in docs/configuration.md).',
		'출력의 첫 줄이 토큰인 명령. 셸 없이 필요할 때 실행되며, 토큰이 만료되거나 거부되면 다시 실행됩니다. 신뢰하는 설정 파일에서만 실행됩니다(docs/configuration.ko.md의 ‘신뢰’ 참고).',
	],
	'mlflow.series_tag': [
		'Tag whose value groups MLflow runs into one history. Default: runs of the same name. Runs whose names occur once form one history.',
		'이 태그의 값이 같은 MLflow 실행을 하나의 추이로 묶습니다. 기본값: 이름이 같은 실행끼리. 이름이 한 번씩만 나오는 실행들은 모두 하나의 추이가 됩니다.',
	],
	'mlflow.champion_margin': [
		'Share of a metric by which the newest version of a model may be worse than its champion, from 0 to 1. A finding reports more, unless the versions vary that much.',
		'모델의 최신 버전이 챔피언보다 나빠도 되는 메트릭의 비율, 0에서 1. 더 나쁘면 문제로 알립니다. 버전마다 원래 그만큼 다르면 알리지 않습니다.',
	],
	dag: [
		'DAG to show first, and the one for commands that name none. Default: ml_pipeline_end_to_end if Airflow has it, otherwise the DAG with the newest run. Commands that modify something never choose that one by themselves.',
		'처음 보여 주고, DAG를 지정하지 않은 명령이 사용하는 DAG. 기본값: Airflow에 ml_pipeline_end_to_end가 있으면 그것, 없으면 가장 최근에 실행된 DAG. 변경하는 명령은 가장 최근에 실행된 DAG를 스스로 고르지 않습니다.',
	],
	experiment: [
		'MLflow experiment to show. Default: lakehouse_ml_pipeline if MLflow has it, otherwise the experiment with the newest run.',
		'보여 줄 MLflow 실험. 기본값: MLflow에 lakehouse_ml_pipeline이 있으면 그것, 없으면 가장 최근에 실행된 실험.',
	],
	pages: ['Web pages to check in addition to the discovered ones.', '자동으로 찾은 페이지 외에 더 점검할 웹 페이지.'],
	read_only: ['Disable every key and command that modifies something.', '변경하는 키와 명령을 모두 비활성화합니다.'],
	stats_interval: [
		'Interval of CPU and memory samples, in seconds, from 1 to 60.',
		'CPU와 메모리 측정 간격(초), 1에서 60.',
	],
	symbols: [
		'Drawing characters. auto measures how wide the terminal draws them.',
		'화면에 쓸 기호. auto는 터미널이 기호를 그리는 너비를 측정해 정합니다.',
	],
	theme: [
		"Colour theme. auto uses light if the terminal reports a light background, otherwise the terminal's own 16 colours. NO_COLOR has priority and equals mono.",
		'색 테마. auto는 터미널이 밝은 배경이라고 알리면 light, 아니면 터미널의 16색을 사용합니다. NO_COLOR가 우선하며 mono와 같습니다.',
	],
	mouse: [
		'Click selects, double click opens, the wheel scrolls. Without it, the mouse selects text as in any program of the terminal.',
		'클릭하면 선택하고, 두 번 클릭하면 열고, 휠로 스크롤합니다. 끄면 다른 터미널 프로그램처럼 마우스로 텍스트를 선택합니다.',
	],
	language: [
		'Language of the screen, the help and messages. auto follows LC_ALL, LC_MESSAGES or LANG.',
		'화면, 도움말, 메시지의 언어. auto는 LC_ALL, LC_MESSAGES, LANG을 따릅니다.',
	],
	colours: [
		'Colours that override the theme: a name, a number from 0 to 255, or #rrggbb.',
		'테마 대신 쓸 색: 이름, 0에서 255까지의 숫자, #rrggbb.',
	],
	keys: [
		'Key bindings: an action id with a key, a list of keys, or null to unbind it. docs/keys.md lists actions and keys.',
		'단축키: 동작 id에 키 하나, 키 목록, 또는 해제하려면 null. 동작과 키는 docs/keys.md에 있습니다.',
	],
	'notify.bell': ['Ring the terminal bell.', '터미널 벨을 울립니다.'],
	'notify.desktop': [
		'Desktop notification by the terminal, also over ssh: osc9 (iTerm2, Windows Terminal, kitty) or osc777 (urxvt, VTE, foot, Ghostty).',
		'터미널이 보내는 데스크톱 알림이며 ssh에서도 동작합니다: osc9(iTerm2, Windows Terminal, kitty) 또는 osc777(urxvt, VTE, foot, Ghostty).',
	],
	'notify.command': [
		'Shell command to run. Its environment has LAKETOP_NOTICE_TITLE and LAKETOP_NOTICE; its standard input is the notification as JSON. It runs only from a trusted config file (see Trust in docs/configuration.md).',
		'실행할 셸 명령. 환경 변수 LAKETOP_NOTICE_TITLE과 LAKETOP_NOTICE를 받고, 표준 입력으로 알림을 JSON으로 받습니다. 신뢰하는 설정 파일에서만 실행됩니다(docs/configuration.ko.md의 ‘신뢰’ 참고).',
	],
	'notify.webhook': [
		'Address that receives the notification as JSON by POST. Chat servers show its field `text`.',
		'알림을 JSON으로 POST할 주소. 채팅 서버는 필드 `text`를 보여 줍니다.',
	],
	'notify.severity': [
		'Lowest severity that sends a notification: warning or critical.',
		'알림을 보낼 가장 낮은 심각도: warning 또는 critical.',
	],
	'notify.every': ['Minimum interval between two notifications, in seconds.', '알림 사이의 최소 간격(초).'],
	'notify.quiet': [
		'Quiet hours in local time, without notifications. Findings that still exist at their end are notified then.',
		'알림을 보내지 않는 시간대(현지 시각). 이 시간이 끝났을 때 남아 있는 문제는 그때 알립니다.',
	],
	profile: [
		'Default profile, used if neither --profile nor LAKETOP_PROFILE names one.',
		'--profile과 LAKETOP_PROFILE이 없을 때 사용하는 기본 프로필.',
	],
	profiles: [
		'Stacks by name. An option of a profile overrides the same option at the top level.',
		'이름을 붙인 스택들. 프로필의 옵션은 최상위의 같은 옵션보다 우선합니다.',
	],
};
