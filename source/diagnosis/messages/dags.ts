/** Findings about DAG files and DAGs. Each English, then Korean. */
export const dagMessages = {
	'import.title': ['{file} cannot be imported', '{file} 파일을 불러올 수 없습니다'],
	'import.evidence': ['{file}, line {line}: {message}', '{file} {line}번째 줄: {message}'],
	'import.trace': ['The end of the stack trace:', '스택 트레이스의 마지막 부분:'],
	'import.syntax.cause': ['A syntax error in line {line}: {message}', '{line}번째 줄의 문법 오류: {message}'],
	'import.module.cause': [
		'The Python module {module} is not installed in the Airflow image, or is not on its path',
		'파이썬 모듈 {module}이(가) Airflow 이미지에 설치되지 않았거나 경로에 없습니다',
	],
	'import.timeout.cause': [
		'The file takes longer to load than Airflow allows: most often it asks a server at its top level',
		'파일을 불러오는 시간이 Airflow 제한을 초과합니다. 대부분 파일 최상위에서 외부 서버에 접속하는 경우입니다',
	],
	'import.permission.cause': ["Airflow's user may not read the file", 'Airflow 사용자에게 파일 읽기 권한이 없습니다'],
	'import.other.cause': ['It fails in line {line}: {message}', '{line}번째 줄에서 오류가 발생합니다: {message}'],
	'import.reason': [
		'The scheduler ran the file and kept this stack trace',
		'스케줄러가 파일을 실행하고 이 스택 트레이스를 기록했습니다',
	],
	'import.python.reason': [
		"The scheduler's own Python was asked to read the file as it is now",
		'스케줄러의 파이썬으로 현재 파일을 직접 읽어 확인했습니다',
	],
	'import.impact': [
		'The DAGs of this file are not updated: Airflow runs them as they were, or not at all',
		'이 파일의 DAG이 갱신되지 않습니다. 이전 상태로 실행되거나 아예 실행되지 않습니다',
	],
	'import.fix': ['Fix line {line} of {file}', '{file} 파일의 {line}번째 줄을 수정하세요'],

	'unreadable.title': ['Airflow may not read {file}', 'Airflow가 {file} 파일을 읽을 수 없습니다'],
	'unreadable.evidence': [
		"Mode {mode}, owner {owner}; Airflow's user is {user}",
		'권한 {mode}, 소유자 {owner}, Airflow 사용자 {user}',
	],
	'unreadable.cause': [
		"Its permissions do not let Airflow's user read it",
		'파일 권한 때문에 Airflow 사용자가 읽을 수 없습니다',
	],
	'unreadable.reason': [
		'Mode and owner say so; the mount keeps those of the host',
		'권한과 소유자를 확인한 결과이며, 마운트는 호스트의 값을 그대로 사용합니다',
	],
	'unreadable.chmod': ['Let everybody read it', '모든 사용자가 읽을 수 있게 권한을 변경하세요'],
	'unreadable.chown': ["Give it to Airflow's user", '소유자를 Airflow 사용자로 변경하세요'],

	'twice.title': ['{count} DAG files define {dag}', 'DAG 파일 {count}개가 {dag}을(를) 정의합니다'],
	'twice.evidence': ['Files that define {dag}', '{dag}을(를) 정의하는 파일'],
	'twice.cause': [
		'Airflow keeps one DAG per dag_id: whichever file it parsed last owns {dag}, until it parses the next one',
		'Airflow는 dag_id마다 DAG을 하나만 유지합니다. {dag}은(는) 마지막으로 파싱된 파일의 것이 되고, 파싱할 때마다 바뀝니다',
	],
	'twice.reason': [
		"The scheduler's Python finds {dag} in {count} files, and Airflow shows one of them",
		'스케줄러의 Python은 {dag}을(를) 파일 {count}개에서 찾지만 Airflow에는 그중 하나만 표시됩니다',
	],
	'twice.impact': [
		'Tasks, schedule and code of {dag} change from one parse to the next',
		'파싱할 때마다 {dag}의 작업, 일정, 코드가 바뀝니다',
	],
	'twice.fix': [
		'Give one of them another dag_id, or delete the file that is not wanted',
		'한쪽의 dag_id를 바꾸거나 필요 없는 파일을 삭제하세요',
	],

	'not shown.title': ['The DAG of {file} is not shown', '{file} 파일의 DAG이 표시되지 않습니다'],
	'not shown.evidence': [
		'{file} was changed {age:duration} ago; Airflow knows no DAG of it and no import error',
		'{file} 파일은 {age:duration} 전에 변경되었지만 Airflow에 DAG도 import 오류도 없습니다',
	],
	'not shown.scan.cause': [
		'The scheduler has not looked into the folder since: it lists new files every {interval:duration}',
		'스케줄러가 아직 폴더를 다시 확인하지 않았습니다. 새 파일은 {interval:duration}마다 확인합니다',
	],
	'not shown.python.cause': ['Python fails on it: {message}', '파이썬 실행 오류: {message}'],
	'not shown.none.cause': [
		'It defines no DAG at its top level, or is skipped by .airflowignore',
		'최상위에 정의된 DAG이 없거나 .airflowignore에 의해 제외됩니다',
	],
	'not shown.timeout.cause': [
		'Reading it takes longer than the scheduler allows, and leaves no import error',
		'파일을 읽는 시간이 스케줄러 제한을 초과하여 import 오류도 남지 않습니다',
	],
	'not shown.reason': [
		'The file is on the mount and readable, and holds the words dag and airflow',
		'파일이 마운트에 있고 읽을 수 있으며 dag와 airflow라는 단어를 포함합니다',
	],
	'not shown.python.reason': [
		"The scheduler's own Python ran the file: exit code {code}",
		'스케줄러의 파이썬으로 파일을 실행한 결과 종료 코드는 {code}입니다',
	],

	'mount.title': ['The DAG folder is not mounted', 'DAG 폴더가 마운트되지 않았습니다'],
	'mount.cause': [
		'{service} has no mount at {folder}: it sees the empty folder of its image',
		'{service}의 {folder} 경로에 마운트가 없어 이미지의 빈 폴더만 보입니다',
	],
	'mount.reason': ['The engine lists its mounts: {mounts}', 'Docker에서 확인한 마운트 목록: {mounts}'],
	'mount.impact': ['No DAG is found: nothing is scheduled', 'DAG을 찾을 수 없어 스케줄이 동작하지 않습니다'],
	'mount.fix': [
		'Put ./dags:{folder} under volumes of {service} in the Compose file, then up',
		'Compose 파일의 {service} volumes에 ./dags:{folder}을(를) 추가한 뒤 up을 실행하세요',
	],

	'stale mount.title': ['The mount of the DAG folder does not follow', 'DAG 폴더 마운트가 변경을 반영하지 않습니다'],
	'stale mount.cause': [
		'The folder on the host was replaced (moved, deleted, checked out anew): the container still holds the old one',
		'호스트의 폴더가 교체(이동, 삭제, 새로 체크아웃)되어 컨테이너는 이전 폴더를 계속 보고 있습니다',
	],
	'stale mount.reason': [
		'On the host the folder is {host}, in {service} it is {inside}',
		'호스트의 폴더는 {host}, {service} 안에서는 {inside}입니다(장치:inode)',
	],
	'stale mount.missing.cause': ['The folder on the host is gone', '호스트의 폴더가 없어졌습니다'],

	'dag missing.title': ['Airflow has no DAG {dag}', 'Airflow에 {dag} DAG이 없습니다'],
	'dag missing.evidence': ['DAGs in Airflow: {names}', 'Airflow의 DAG: {names}'],
	'dag missing.cause': [
		'No file that Airflow reads defines it',
		'Airflow가 읽는 파일 중 이 DAG을 정의한 파일이 없습니다',
	],
	'dag missing.reason': [
		'Airflow lists {count} DAGs, and {dag} is not among them',
		'Airflow가 DAG {count}개를 보여 주지만 {dag}은(는) 없습니다',
	],
	'dag missing.fix': [
		'See whether its file is in the DAG folder; or name the DAG that is meant: --dag',
		'DAG 폴더에 파일이 있는지 확인하거나 --dag로 사용할 DAG을 지정하세요',
	],

	'paused.dag.title': [
		'{dag} is paused, and {count} of its runs wait',
		'{dag}이(가) 일시 중지되어 실행 {count}건이 대기 중입니다',
	],
	'paused.dag.evidence': ['{run} is queued since {age:duration}', '{run} 실행이 {age:duration} 동안 대기 중입니다'],
	'paused.dag.cause': [
		'Somebody paused the DAG; a trigger does not unpause it',
		'누군가 DAG을 일시 중지했습니다. 실행을 요청해도 자동으로 해제되지 않습니다',
	],
	'paused.dag.reason': [
		'Airflow has it as paused; that alone keeps its runs from starting',
		'Airflow에 일시 중지로 표시되어 있으며 이것만으로 실행이 시작되지 않습니다',
	],
	'paused.run.title': ['{dag} is paused while {run} is active', '{run} 실행 중에 {dag}이(가) 일시 중지되었습니다'],
	'paused.run.cause': [
		'The DAG is paused: no more of its tasks are queued',
		'DAG이 일시 중지되어 다음 작업이 대기열에 들어가지 않습니다',
	],
	'paused.run.evidence': ['Waiting for {age:duration}: {tasks}', '{age:duration} 동안 대기 중: {tasks}'],
	'paused.run.reason': [
		'Airflow has it as paused, and nothing else holds these tasks',
		'Airflow에 일시 중지로 표시되어 있으며 이 작업들을 막는 다른 원인이 없습니다',
	],
	'paused.dag.fix': ['Unpause {dag}', '{dag}의 일시 중지를 해제하세요'],

	'late.title': ['{dag} was not started by its schedule', '{dag}이(가) 예정된 시각에 시작되지 않았습니다'],
	'late.evidence': ['Due at {at:time}, {late:duration} ago', '예정 시각 {at:time}, {late:duration} 경과'],
	'late.active.cause': [
		'As many runs of it are active as it may have (max_active_runs)',
		'동시에 허용된 실행 수(max_active_runs)만큼 이미 실행 중입니다',
	],
	'late.cause': ['The scheduler has not made the run', '스케줄러가 실행을 생성하지 않았습니다'],
	'late.reason': [
		'The DAG is not paused, its time has passed, and Airflow still plans that run',
		'DAG은 일시 중지 상태가 아니고 예정 시각이 지났지만 Airflow는 여전히 그 실행을 예정 상태로 두고 있습니다',
	],
} as const;
