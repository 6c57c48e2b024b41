/** Texts of `rules/network-disconnected.ts`. Each English, then Korean. */
export const networkDisconnectedMessages = {
	'network.title': [
		'{service} is disconnected from the stack network',
		'{service}이(가) 스택의 네트워크에서 분리되었습니다',
	],
	'network.cause': ['It is no longer connected to {network}', '더 이상 {network} 네트워크에 연결되어 있지 않습니다'],
	'network.reason': [
		'All other services are connected to {network}; {service} is connected to {own}',
		'스택의 다른 서비스는 모두 {network}에 연결되어 있지만 {service}의 네트워크는 {own}입니다',
	],
	'network.fix': ['Connect {service} to {network} again', '{service}을(를) {network}에 다시 연결하세요'],
} as const;
