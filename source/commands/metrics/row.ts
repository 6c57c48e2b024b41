import type { CommandRow } from '../../command-line/rows/command-row.ts';
import { json, watch } from '../../command-line/rows/shared-options.ts';

export const metricsRow: CommandRow = {
	name: 'metrics',
	group: 'look',
	summary: [
		'Show the newest metrics of the experiment and their change, or one MLflow run',
		'실험의 최신 메트릭과 변화, 또는 MLflow 실행 하나 보기',
	],
	options: [
		{
			name: 'run',
			short: 'r',
			value: { name: 'ID', kind: 'mlflow-run' },
			help: [
				'Params and metrics of this MLflow run (ID or name), or of a DAG run',
				'이 MLflow 실행(ID 또는 이름)이나 DAG 실행의 파라미터와 메트릭',
			],
		},
		json,
		watch,
	],
	json: 'metrics',
	examples: [
		{ line: 'laketop metrics', does: ['Show the latest value of each metric', '각 메트릭의 최신 값 보기'] },
		{
			line: 'laketop metrics --run model_training',
			does: ['Show the newest MLflow run of this name', '이 이름의 가장 최근 MLflow 실행 보기'],
		},
	],
	load: () => import('./metrics.ts'),
};
