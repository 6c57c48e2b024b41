/** Texts of `rules/queue-backlog.ts`. Each English, then Korean. */
export const queueBacklogMessages = {
	'queue.title': ['Tasks pile up in queue {queue}', '대기열 {queue}에 작업이 쌓이고 있습니다'],
	'queue.evidence': [
		'{count} {count|message waits|messages wait} in Redis',
		'Redis에 메시지 {count}개가 대기 중입니다',
	],
	'queue.cause': ['No worker consumes this queue', '이 대기열에서 작업을 가져가는 워커가 없습니다'],
	'queue.reason': [
		'The broker responds and holds the messages. A working consumer would have emptied the queue',
		'브로커는 응답하며 메시지를 보관 중입니다. 워커가 정상이라면 이미 비워졌을 것입니다',
	],
} as const;
