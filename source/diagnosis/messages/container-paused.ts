/** Texts of `rules/container-paused.ts`. Each English, then Korean. */
export const containerPausedMessages = {
	'fix.unpause container': ['Unpause {service}', '{service} 컨테이너의 일시 중지를 해제하세요'],
	'paused.title': ['{service} is paused', '{service} 컨테이너가 일시 중지되었습니다'],
	'paused.cause': ['Paused manually (docker pause)', '누군가 컨테이너를 일시 중지했습니다(docker pause)'],
	'paused.reason': [
		'Docker reports the state paused. A paused container accepts connections but never responds',
		'Docker에서 paused 상태입니다. 일시 중지된 컨테이너는 연결은 받지만 응답하지 않습니다',
	],
} as const;
