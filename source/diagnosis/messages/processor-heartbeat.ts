/** Texts of `rules/processor-heartbeat.ts`. Each English, then Korean. */
export const processorHeartbeatMessages = {
	'impact.processor': [
		'New and changed DAG files are not read. Runs of known DAGs continue',
		'새 DAG 파일과 변경된 DAG 파일을 읽지 못합니다. 이미 알려진 DAG의 실행은 계속됩니다',
	],
} as const;
