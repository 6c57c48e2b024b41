/** Findings about DAG files and DAGs. Each English, then Korean. */
export const dagMessages = {
	'import.title': ['{file} cannot be imported', '{file} 파일을 임포트할 수 없습니다'],
	'import.evidence': ['{file}, line {line}: {message}', '{file} {line}번째 줄: {message}'],
	'import.trace': ['End of the stack trace:', '스택 트레이스의 마지막 부분:'],
	'import.syntax.cause': ['Syntax error in line {line}: {message}', '{line}번째 줄의 구문 오류: {message}'],
	'import.module.cause': [
		'Python module {module} is not installed in the Airflow image, or is not on its path',
		'Python 모듈 {module}이(가) Airflow 이미지에 설치되지 않았거나 경로에 없습니다',
	],
	'import.timeout.cause': [
		'Importing the file takes longer than Airflow allows: usually it calls a server at top level',
		'파일을 임포트하는 시간이 Airflow 제한을 초과합니다. 대부분 파일 최상위에서 외부 서버에 접속하는 경우입니다',
	],
	'import.permission.cause': ['The Airflow user may not read the file', 'Airflow 사용자에게 파일 읽기 권한이 없습니다'],
	'import.other.cause': ['Line {line} fails: {message}', '{line}번째 줄에서 오류가 발생합니다: {message}'],
	'import.reason': [
		'The {reader} imported the file and recorded this stack trace',
		'{reader}이(가) 파일을 실행하고 이 스택 트레이스를 기록했습니다',
	],
	'import.python.reason': [
		'Python of the {reader} read the current file',
		'{reader}의 Python으로 현재 파일을 직접 읽어 확인했습니다',
	],
	'import.impact': [
		'The DAGs in this file are not updated: Airflow runs their previous version, or none',
		'이 파일의 DAG가 갱신되지 않습니다. 이전 상태로 실행되거나 아예 실행되지 않습니다',
	],
	'import.fix': ['Fix line {line} of {file}', '{file} 파일의 {line}번째 줄을 수정하세요'],

	'unreadable.title': ['Airflow cannot read {file}', 'Airflow가 {file} 파일을 읽을 수 없습니다'],
	'unreadable.evidence': [
		'Mode {mode}, owner {owner}, Airflow user {user}',
		'권한 {mode}, 소유자 {owner}, Airflow 사용자 {user}',
	],
	'unreadable.cause': [
		'The file permissions deny access to the Airflow user',
		'파일 권한 때문에 Airflow 사용자가 읽을 수 없습니다',
	],
	'unreadable.reason': [
		'Mode and owner show this. The bind mount keeps those of the host',
		'권한과 소유자를 확인한 결과이며, 마운트는 호스트의 값을 그대로 사용합니다',
	],
	'unreadable.chmod': ['Make it readable for all users', '모든 사용자가 읽을 수 있게 권한을 변경하세요'],
	'unreadable.chown': ['Change its owner to the Airflow user', '소유자를 Airflow 사용자로 변경하세요'],

	'twice.title': ['{count} DAG files define {dag}', 'DAG 파일 {count}개가 {dag}을(를) 정의합니다'],
	'twice.evidence': ['Files that define {dag}:', '{dag}을(를) 정의하는 파일:'],
	'twice.cause': [
		'Airflow keeps one DAG per dag_id. The file parsed last owns {dag} until another one is parsed',
		'Airflow는 dag_id마다 DAG를 하나만 유지합니다. {dag}은(는) 마지막으로 파싱된 파일의 내용으로 바뀌며, 다른 파일이 파싱되면 또 바뀝니다',
	],
	'twice.reason': [
		'Python of the {reader} finds {dag} in {count} files, but Airflow shows only one of them',
		'{reader}의 Python은 {dag}을(를) 파일 {count}개에서 찾지만 Airflow에는 그중 하나만 표시됩니다',
	],
	'twice.impact': [
		'Tasks, schedule and code of {dag} change with each parse',
		'파싱할 때마다 {dag}의 작업, 스케줄, 코드가 바뀝니다',
	],
	'twice.fix': [
		'Change the dag_id in one of them, or delete the file you do not need',
		'한쪽의 dag_id를 바꾸거나 필요 없는 파일을 삭제하세요',
	],

	'not shown.title': [
		'The DAG in {file} does not appear in Airflow',
		'{file} 파일의 DAG가 Airflow에 표시되지 않습니다',
	],
	'not shown.evidence': [
		'{file} changed {age:duration} ago. Airflow has no DAG and no import error for it',
		'{file} 파일은 {age:duration} 전에 변경되었지만 Airflow에 DAG도 임포트 오류도 없습니다',
	],
	'not shown.scan.cause': [
		'The {reader} has not scanned the folder since. It looks for new files every {interval:duration}',
		'{reader}이(가) 아직 폴더를 다시 확인하지 않았습니다. 새 파일은 {interval:duration}마다 확인합니다',
	],
	'not shown.python.cause': ['Python fails to run it: {message}', 'Python 실행 오류: {message}'],
	'not shown.none.cause': [
		'It defines no DAG at top level, or .airflowignore excludes it',
		'최상위에 정의된 DAG가 없거나 .airflowignore에 의해 제외됩니다',
	],
	'not shown.timeout.cause': [
		'Parsing it takes longer than the {reader} allows and leaves no import error',
		'파일을 파싱하는 시간이 {reader} 제한을 초과하여 임포트 오류도 남지 않습니다',
	],
	'not shown.reason': [
		'The file is mounted and readable, and contains the words dag and airflow',
		'파일이 마운트에 있고 읽을 수 있으며 dag와 airflow라는 단어를 포함합니다',
	],
	'not shown.python.reason': [
		'Python of the {reader} ran the file: exit code {code}',
		'{reader}의 Python으로 파일을 실행한 결과 종료 코드는 {code}입니다',
	],

	'mount.title': ['The DAG folder is not mounted', 'DAG 폴더가 마운트되지 않았습니다'],
	'mount.cause': [
		'{service} has no mount at {folder} and sees the empty folder of its image',
		'{service}의 {folder} 경로에 마운트가 없어 이미지의 빈 폴더만 보입니다',
	],
	'mount.reason': ['Mounts listed by Docker: {mounts}', 'Docker에서 확인한 마운트 목록: {mounts}'],
	'mount.impact': [
		'Airflow finds no DAGs, so nothing is scheduled',
		'Airflow가 DAG를 찾지 못하여 아무것도 스케줄되지 않습니다',
	],
	'mount.fix': [
		'Add ./dags:{folder} to the volumes of {service} in the Compose file, then run up',
		'Compose 파일의 {service} volumes에 ./dags:{folder}을(를) 추가한 뒤 up을 실행하세요',
	],

	'stale mount.title': ['The DAG folder bind mount is stale', 'DAG 폴더 마운트가 변경을 반영하지 않습니다'],
	'stale mount.cause': [
		'The host folder was replaced (moved, deleted or checked out again). The container still sees the old one',
		'호스트의 폴더가 교체(이동, 삭제, 새로 체크아웃)되어 컨테이너는 이전 폴더를 계속 보고 있습니다',
	],
	'stale mount.reason': [
		'The folder is {host} on the host and {inside} in {service} (device:inode)',
		'호스트의 폴더는 {host}, {service} 안에서는 {inside}입니다(장치:inode)',
	],
	'stale mount.missing.cause': ['The host folder no longer exists', '호스트의 폴더가 없어졌습니다'],

	'dag missing.title': ['Airflow has no DAG {dag}', 'Airflow에 {dag} DAG가 없습니다'],
	'dag missing.evidence': ['DAGs in Airflow: {names}', 'Airflow의 DAG: {names}'],
	'dag missing.cause': [
		'No file that Airflow parses defines it',
		'Airflow가 읽는 파일 중 이 DAG를 정의한 파일이 없습니다',
	],
	'dag missing.reason': [
		'Airflow lists {count} {count|DAG|DAGs}, but not {dag}',
		'Airflow가 DAG {count}개를 보여 주지만 {dag}은(는) 없습니다',
	],
	'dag missing.fix': [
		'Check that its file is in the DAG folder, or choose another DAG with --dag',
		'DAG 폴더에 파일이 있는지 확인하거나 --dag로 다른 DAG를 지정하세요',
	],

	'paused.dag.title': [
		'{dag} is paused, and {count} {count|DAG run waits|DAG runs wait}',
		'{dag}이(가) 일시 중지되어 DAG 실행 {count}건이 대기 중입니다',
	],
	'paused.dag.evidence': ['{run} has been queued for {age:duration}', '{run} 실행이 {age:duration} 동안 대기 중입니다'],
	'paused.dag.cause': [
		'The DAG was paused manually. A trigger does not unpause it',
		'누군가 DAG를 일시 중지했습니다. DAG를 트리거해도 자동으로 해제되지 않습니다',
	],
	'paused.dag.reason': [
		'Airflow shows the DAG as paused. Runs of a paused DAG do not start',
		'Airflow에 일시 중지로 표시되어 있습니다. 일시 중지된 DAG의 실행은 시작되지 않습니다',
	],
	'paused.run.title': ['{dag} is paused while {run} is running', '{run} 실행 중에 {dag}이(가) 일시 중지되었습니다'],
	'paused.run.cause': [
		'The DAG is paused, so no further tasks are queued',
		'DAG가 일시 중지되어 다음 작업이 대기열에 들어가지 않습니다',
	],
	'paused.run.evidence': ['Waiting for {age:duration}: {tasks}', '{age:duration} 동안 대기 중: {tasks}'],
	'paused.run.reason': [
		'Airflow shows the DAG as paused, and nothing else blocks these tasks',
		'Airflow에 일시 중지로 표시되어 있으며 이 작업들을 막는 다른 원인이 없습니다',
	],
	'paused.dag.fix': ['Unpause {dag}', '{dag}의 일시 중지를 해제하세요'],

	'late.title': ['{dag} missed its schedule', '{dag}이(가) 예정된 시각에 시작되지 않았습니다'],
	'late.evidence': ['Due at {at:time}, {late:duration} ago', '예정 시각 {at:time}, {late:duration} 경과'],
	'late.active.cause': [
		'It has reached its limit of active DAG runs (max_active_runs)',
		'동시에 허용된 실행 수(max_active_runs)만큼 이미 실행 중입니다',
	],
	'late.cause': ['The scheduler has not created the DAG run', '스케줄러가 DAG 실행을 생성하지 않았습니다'],
	'late.reason': [
		'The DAG is not paused and is overdue, but Airflow still lists that DAG run as next',
		'DAG는 일시 중지 상태가 아니고 예정 시각이 지났지만 Airflow는 여전히 그 실행을 예정 상태로 두고 있습니다',
	],
} as const;
