/** Texts of `rules/log-driver.ts`. Each English, then Korean. */
export const logDriverMessages = {
	'log driver.title': ['The log of {service} cannot be read', '{service}의 로그를 읽을 수 없습니다'],
	'log driver.cause': [
		'Log driver {driver} keeps no log that Docker can read back',
		'로그 드라이버 {driver}은(는) Docker가 다시 읽을 수 있는 로그를 남기지 않습니다',
	],
	'log driver.reason': [
		'Docker reports this when asked for the log',
		'로그를 요청하면 Docker가 읽을 수 없다고 응답합니다',
	],
	'log driver.impact': [
		'If the service fails, laketop cannot show why',
		'장애가 발생해도 laketop에서 원인을 확인할 수 없습니다',
	],
	'log driver.fix': [
		'Set the log driver of {service} to json-file or local in the Compose file',
		'Compose 파일에서 {service}의 로그 드라이버를 json-file이나 local로 변경하세요',
	],
} as const;
