/** Texts of `rules/mlflow-run-missing.ts`. Each English, then Korean. */
export const mlflowRunMissingMessages = {
	'empty.title': ['DAG run {run} logged nothing to MLflow', 'DAG 실행 {run}이(가) MLflow에 남긴 기록이 없습니다'],
	'empty.evidence': [
		'The DAG run succeeded at {at:time}, but experiment {experiment} has no MLflow run from that time',
		'DAG 실행은 {at:time}에 성공했지만 실험 {experiment}에 해당 시간의 MLflow 실행이 없습니다',
	],
	'empty.cause': [
		'Its tasks log to another tracking server or another experiment',
		'작업이 다른 서버나 다른 실험에 기록하고 있습니다',
	],
	'empty.reason': [
		'Tasks that logged to {experiment} in earlier DAG runs succeeded in this one: {tasks}',
		'이전 DAG 실행에서 {experiment}에 기록한 작업이 이번에도 성공했습니다: {tasks}',
	],
	'empty.impact': [
		'The metrics and models of this DAG run are missing here',
		'이 DAG 실행의 메트릭과 모델을 여기서 찾을 수 없습니다',
	],
	'empty.fix': [
		'Compare MLFLOW_TRACKING_URI and the experiment names of the worker with those that laketop uses',
		'워커의 MLFLOW_TRACKING_URI와 실험 이름을 laketop이 사용하는 것과 비교하세요',
	],
} as const;
