import type { CommandRow } from '../../command-line/rows/command-row.ts';
import { json, svg, toFile, watch } from '../../command-line/rows/shared-options.ts';

export const chartRow: CommandRow = {
	name: 'chart',
	group: 'look',
	summary: [
		'Draw a metric over the steps of MLflow runs, or over MLflow runs',
		'step 또는 MLflow 실행에 따른 메트릭을 차트로 그리기',
	],
	arguments: [
		{
			name: 'METRIC',
			kind: 'metric',
			required: true,
			help: ['Metric, or several separated by commas', '메트릭, 쉼표로 여러 개 지정 가능'],
		},
		{
			name: 'RUN',
			kind: 'mlflow-run',
			many: true,
			help: [
				'MLflow runs (ID or name), or a DAG run (default: the newest MLflow run that logged the metric)',
				'MLflow 실행(ID 또는 이름) 또는 DAG 실행(기본값: 메트릭을 기록한 가장 최근 MLflow 실행)',
			],
		},
	],
	options: [
		{
			name: 'x',
			value: { name: 'AXIS', kind: 'choice', choices: ['step', 'time', 'relative', 'runs'] },
			help: [
				'Horizontal axis: step, time, time since the start of the MLflow run (relative), or MLflow runs by their start (default: step; runs for metrics that are logged once)',
				'가로축: step, 시각(time), MLflow 실행 시작 후 경과 시간(relative), 시작 순서의 MLflow 실행(runs)(기본값: step, 한 번만 기록된 메트릭은 runs)',
			],
		},
		{ name: 'log', help: ['Logarithmic values', '값을 로그 눈금으로 표시'] },
		{
			name: 'smooth',
			value: { name: 'PERCENT', kind: 'count', range: [0, 99] },
			help: [
				'Smooth the lines: 0 (default) to 99, the weight of the values before',
				'선을 평활화: 0(기본값)부터 99, 이전 값의 비중',
			],
		},
		svg,
		...toFile,
		json,
		watch,
	],
	json: 'chart',
	details: [
		[
			'Over runs, each point is the last value of an MLflow run: of those named, or of all runs of the series that a single one belongs to, without failed ones.',
			'runs에서는 점 하나가 MLflow 실행의 마지막 값입니다. 지정한 실행들, 또는 하나만 지정하면 그 실행이 속한 계열의 모든 실행(실패 제외)을 표시합니다.',
		],
	],
	examples: [
		{
			line: 'laketop chart loss',
			does: ['Draw a metric of the newest MLflow run that logged it', '가장 최근에 기록된 메트릭의 차트'],
		},
		{
			line: 'laketop chart loss,val_loss model_training --log',
			does: ['Draw two metrics of one MLflow run', '한 MLflow 실행의 메트릭 두 개를 차트로 그리기'],
		},
		{
			line: 'laketop chart accuracy --x runs',
			does: ['Draw a metric over the MLflow runs that logged it', 'MLflow 실행에 따른 메트릭 차트'],
		},
	],
	load: () => import('./chart.ts'),
};
