/** Texts of `rules/container-created.ts`. Each English, then Korean. */
export const containerCreatedMessages = {
	'created.title': ['{service} was created but never started', '{service} 컨테이너가 생성되었지만 시작되지 않았습니다'],
	'created.cause': ['The start failed: {error}', '시작하지 못했습니다: {error}'],
	'created.waits.cause': [
		'Compose is waiting for its dependencies, or was interrupted',
		'Compose가 의존 서비스를 기다리고 있거나 도중에 중단되었습니다',
	],
	'created.reason': ['Docker reports the state created', 'Docker에서 created 상태로 남아 있습니다'],
} as const;
