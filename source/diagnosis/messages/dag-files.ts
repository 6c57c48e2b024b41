/** Texts of `rules/dag-files.ts`. Each English, then Korean. */
export const dagFilesMessages = {
	'impact.dag': [
		'Airflow runs the previous version of {dag}, or does not run it',
		'Airflow가 {dag} DAG를 변경 전 상태로 실행하거나 아예 실행하지 않습니다',
	],
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
} as const;
