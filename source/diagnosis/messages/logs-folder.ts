/** Texts of `rules/logs-folder.ts`. Each English, then Korean. */
export const logsFolderMessages = {
	'logs folder.title': ['Airflow cannot write its logs', 'Airflow가 로그를 기록하지 못합니다'],
	'logs folder.cause': [
		'{folder} is not owned by the Airflow user ({user})',
		'{folder} 폴더가 Airflow 사용자({user})의 소유가 아닙니다',
	],
	'logs folder.reason': ['Logged by {service}: {line}', '{service} 로그에 기록되어 있습니다: {line}'],
	'logs folder.impact': [
		'Scheduler, webserver and worker do not start, or tasks cannot run',
		'스케줄러, 웹 서버, 워커가 시작되지 않거나 작업이 실행되지 않습니다',
	],
	'logs folder.fix': [
		'Change the owner of the folder to the Airflow user',
		'폴더의 소유자를 Airflow 사용자로 변경하세요',
	],
	'logs folder.restart': [
		'Then restart {service} now instead of waiting for its next retry',
		'그런 다음 {service}의 다음 재시도를 기다리지 말고 바로 재시작하세요',
	],
} as const;
