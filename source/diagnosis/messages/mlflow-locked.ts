/** Texts of `rules/mlflow-locked.ts`. Each English, then Korean. */
export const mlflowLockedMessages = {
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
} as const;
