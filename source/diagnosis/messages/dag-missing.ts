/** Texts of `rules/dag-missing.ts`. Each English, then Korean. */
export const dagMissingMessages = {
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
} as const;
