/** Texts of `rules/restart-loop.ts`. Each English, then Korean. */
export const restartLoopMessages = {
	'loop.title': ['{service} is in a restart loop', '{service} 컨테이너가 종료와 재시작을 반복합니다'],
	'loop.evidence': [
		'{count} {count|exit|exits} within {window:duration}, last exit code {code}',
		'{window:duration} 동안 {count}회 종료, 마지막 종료 코드 {code}',
	],
	'loop.cause': ['It crashes soon after each start: {line}', '시작 직후 매번 오류로 종료됩니다: {line}'],
	'loop.unknown.cause': [
		'It crashes soon after each start and logs no error',
		'시작 직후 매번 종료되지만 로그에 남은 오류가 없습니다',
	],
	'loop.unknown.reason': [
		'Restart policy {policy} starts it again each time',
		'재시작 정책 {policy}에 따라 매번 다시 시작됩니다',
	],
	'loop.reason': [
		'Restart policy {policy} starts it again each time, and its log ends with this error',
		'재시작 정책 {policy}에 따라 매번 다시 시작되며 로그가 이 오류로 끝납니다',
	],
} as const;
