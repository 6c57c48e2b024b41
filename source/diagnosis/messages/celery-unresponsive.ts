/** Texts of `rules/celery-unresponsive.ts`. Each English, then Korean. */
export const celeryUnresponsiveMessages = {
	'celery.title': ['The worker does not respond to Celery', '워커가 Celery 호출에 응답하지 않습니다'],
	'celery.cause': [
		'Its main process hangs, or lost the broker connection without noticing',
		'메인 프로세스가 멈췄거나 브로커와의 연결이 끊긴 것을 감지하지 못했습니다',
	],
	'celery.reason': [
		'A Celery ping found no worker, although its container is running and the broker responds',
		'컨테이너는 실행 중이고 브로커도 응답하지만 Celery ping에 응답하는 워커가 없습니다',
	],
	'celery.evidence': ['Output of celery inspect ping:', 'celery inspect ping 결과:'],
	'impact.worker': [
		'Queued tasks are not picked up. Tasks that ran there are lost, and retried if they have tries left',
		'대기 중인 작업을 가져갈 워커가 없습니다. 실행 중이던 작업은 중단되며 재시도 횟수가 남아 있으면 다시 실행됩니다',
	],
} as const;
