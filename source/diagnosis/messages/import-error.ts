/** Texts of `rules/import-error.ts`. Each English, then Korean. */
export const importErrorMessages = {
	'fix.reparse request': [
		'Re-parse the DAG file now (asks the DAG processor; restarts nothing)',
		'DAG 파일을 지금 다시 파싱하세요(DAG 프로세서에 요청하며 재시작하는 것은 없습니다)',
	],
	'fix.reparse': [
		'Re-parse the DAG file now (restarts the scheduler)',
		'DAG 파일을 지금 다시 파싱하세요(스케줄러를 재시작합니다)',
	],
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
	'import.fix': ['Fix line {line} of {file}', '{file} 파일의 {line}번째 줄을 수정하세요'],
} as const;
