/** Texts of `rules/database.ts`. Each English, then Korean. */
export const databaseMessages = {
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
	'impact.database': [
		'Airflow cannot work without its metadata database: nothing is scheduled, and the UI fails',
		'Airflow는 메타데이터 데이터베이스 없이 동작할 수 없습니다. 스케줄링이 멈추고 UI도 열리지 않습니다',
	],
} as const;
