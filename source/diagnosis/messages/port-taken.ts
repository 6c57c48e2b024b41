/** Texts of `rules/port-taken.ts`. Each English, then Korean. */
export const portTakenMessages = {
	'port.title': [
		'{service} cannot start: port {port} is already in use',
		'{service}을(를) 시작할 수 없습니다. 포트 {port}이(가) 이미 사용 중입니다',
	],
	'port.cause': [
		'Another program is listening on port {port} of this host',
		'이 호스트의 다른 프로그램이 포트 {port}을(를) 사용하고 있습니다',
	],
	'port.reason': ['Docker could not bind the port: {error}', 'Docker가 포트 할당을 거부했습니다: {error}'],
	'port.who': [
		'Find the program that uses the port and stop it, or give {service} another port',
		'해당 포트를 사용하는 프로그램을 찾아 종료하거나 {service}의 포트를 변경하세요',
	],
} as const;
