/** Texts of `rules/api-auth.ts`. Each English, then Korean. */
export const apiAuthMessages = {
	'session only.title': [
		'The Airflow API accepts sessions only, no passwords',
		'Airflow API가 비밀번호 인증 없이 세션만 허용합니다',
	],
	'session only.cause': [
		'api.auth_backends contains {backends}, but not basic_auth',
		'api.auth_backends에 {backends}만 있고 basic_auth가 없습니다',
	],
	'session only.reason': [
		'The webserver runs with this setting. laketop signs in through the login form and is not affected',
		'웹 서버가 이 설정으로 시작되었습니다. laketop은 로그인 양식을 사용하므로 영향이 없습니다',
	],
	'session only.impact': [
		'Scripts and clients that send a user name and password get 401',
		'사용자와 비밀번호를 보내는 스크립트나 다른 프로그램은 401 응답을 받습니다',
	],
} as const;
