import type { CommandRow } from '../command-row.ts';
import { json, svg, toFile, watch } from '../shared-options.ts';

export const chartRow: CommandRow = {
	name: 'chart',
	group: 'look',
	summary: ['Draw a metric over the steps of MLflow runs', 'MLflow 실행의 step에 따른 메트릭을 차트로 그리기'],
	arguments: [
		{
			name: 'METRIC',
			kind: 'text',
			required: true,
			help: ['Metric, or several separated by commas', '메트릭, 쉼표로 여러 개 지정 가능'],
		},
		{
			name: 'RUN',
			kind: 'mlflow-run',
			many: true,
			help: [
				'MLflow runs (id or name), or a DAG run (default: the newest MLflow run that logged the metric)',
				'MLflow 실행(id 또는 이름) 또는 DAG 실행(기본값: 메트릭을 기록한 가장 최근 MLflow 실행)',
			],
		},
	],
	options: [
		{
			name: 'x',
			value: { name: 'AXIS', kind: 'choice', choices: ['step', 'time', 'relative'] },
			help: [
				'Horizontal axis: step, time, or time since the start of the MLflow run (default: step)',
				'가로축: step, 시각(time), MLflow 실행 시작 후 경과 시간(relative)(기본값: step)',
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
	examples: [
		{
			line: 'laketop chart loss',
			does: ['Draw a metric of the newest MLflow run that logged it', '가장 최근에 기록된 메트릭의 차트'],
		},
		{
			line: 'laketop chart loss,val_loss model_training --log',
			does: ['Draw two metrics of one MLflow run', '한 MLflow 실행의 메트릭 두 개를 차트로 그리기'],
		},
	],
	load: () => import('./chart.ts'),
};
