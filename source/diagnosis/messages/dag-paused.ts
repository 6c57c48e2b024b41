/** Texts of `rules/dag-paused.ts`. Each English, then Korean. */
export const dagPausedMessages = {
	'paused.dag.title': [
		'{dag} is paused, and {count} {count|DAG run waits|DAG runs wait}',
		'{dag}이(가) 일시 중지되어 DAG 실행 {count}건이 대기 중입니다',
	],
	'paused.dag.evidence': ['{run} has been queued for {age:duration}', '{run} 실행이 {age:duration} 동안 대기 중입니다'],
	'paused.dag.cause': [
		'The DAG was paused manually. A trigger does not unpause it',
		'누군가 DAG를 일시 중지했습니다. DAG를 트리거해도 자동으로 해제되지 않습니다',
	],
	'paused.dag.reason': [
		'Airflow shows the DAG as paused. Runs of a paused DAG do not start',
		'Airflow에 일시 중지로 표시되어 있습니다. 일시 중지된 DAG의 실행은 시작되지 않습니다',
	],
	'paused.run.title': ['{dag} is paused while {run} is running', '{run} 실행 중에 {dag}이(가) 일시 중지되었습니다'],
	'paused.run.cause': [
		'The DAG is paused, so no further tasks are queued',
		'DAG가 일시 중지되어 다음 작업이 대기열에 들어가지 않습니다',
	],
	'paused.run.evidence': ['Waiting for {age:duration}: {tasks}', '{age:duration} 동안 대기 중: {tasks}'],
	'paused.run.reason': [
		'Airflow shows the DAG as paused, and nothing else blocks these tasks',
		'Airflow에 일시 중지로 표시되어 있으며 이 작업들을 막는 다른 원인이 없습니다',
	],
	'paused.dag.fix': ['Unpause {dag}', '{dag}의 일시 중지를 해제하세요'],
} as const;
