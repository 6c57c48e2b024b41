import type { CommandRow } from '../../command-line/rows/command-row.ts';
import { json, watch, zoneOfTimes } from '../../command-line/rows/shared-options.ts';

export const mlflowRunsRow: CommandRow = {
	name: 'mlflow-runs',
	group: 'look',
	summary: [
		"List MLflow runs of the experiment, selected and sorted by MLflow's own filter language",
		'실험의 MLflow 실행 목록. MLflow의 필터 언어로 선택하고 정렬',
	],
	details: [
		[
			"Comparisons are joined by AND: metrics.loss < 0.3 and params.layer = 'gold' and status = 'FINISHED'. Names with other characters stand between backticks: tags.`mlflow.user`. Texts are compared with =, !=, LIKE and ILIKE, numbers with =, !=, >, >=, < and <=; times are milliseconds since 1970.",
			"비교식은 AND로 연결합니다: metrics.loss < 0.3 and params.layer = 'gold' and status = 'FINISHED'. 다른 문자가 있는 이름은 백틱으로 감쌉니다: tags.`mlflow.user`. 텍스트는 =, !=, LIKE, ILIKE로, 숫자는 =, !=, >, >=, <, <=로 비교하고 시각은 1970년부터의 밀리초입니다.",
		],
		zoneOfTimes,
	],
	options: [
		{
			name: 'filter',
			value: { name: 'FILTER', kind: 'text' },
			help: ["Only MLflow runs that match, in MLflow's filter language", 'MLflow 필터 언어의 조건에 맞는 실행만 표시'],
		},
		{
			name: 'order-by',
			value: { name: 'ORDER', kind: 'text' },
			help: [
				'Order, such as "metrics.accuracy DESC" or "params.layer" (default: newest first)',
				'정렬 기준. 예: "metrics.accuracy DESC", "params.layer"(기본값: 최신순)',
			],
		},
		{
			name: 'columns',
			value: { name: 'COLUMNS', kind: 'text' },
			help: [
				'Columns beside the name, separated by commas, such as "status,metrics.accuracy,params.layer,tags.team": status, started, duration, metrics, params, dag-run, run-id, or one metric, param or tag (default: all but dag-run)',
				'이름 외의 열을 쉼표로 구분: status, started, duration, metrics, params, dag-run, run-id 또는 메트릭, 파라미터, 태그 하나(기본값: dag-run을 뺀 전체). 예: "status,metrics.accuracy,params.layer,tags.team"',
			],
		},
		{
			name: 'limit',
			short: 'n',
			value: { name: 'N', kind: 'count', range: [1, 10_000] },
			help: ['Maximum number of MLflow runs (default: 20)', '최대 MLflow 실행 수(기본값: 20)'],
		},
		json,
		watch,
	],
	json: 'mlflow-runs',
	examples: [
		{
			line: 'laketop mlflow-runs --filter "metrics.accuracy > 0.8" --order-by "metrics.accuracy DESC"',
			does: [
				'List the MLflow runs above an accuracy, best first',
				'정확도가 기준보다 높은 MLflow 실행을 높은 순으로 표시',
			],
		},
		{
			line: 'laketop mlflow-runs --order-by "metrics.accuracy DESC" --columns metrics.accuracy,params.layer,run-id',
			does: ['Print a table of one metric and one param', '메트릭 하나와 파라미터 하나의 표 출력'],
		},
		{
			line: 'laketop mlflow-runs --filter "status = \'FAILED\'" --json',
			does: ['Print the failed MLflow runs as JSON', '실패한 MLflow 실행을 JSON으로 출력'],
		},
	],
	load: () => import('./mlflow-runs.ts'),
};
