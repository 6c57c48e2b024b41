import type { CommandRow } from '../command-row.ts';
import { json, watch } from '../shared-options.ts';

export const compareRow: CommandRow = {
	name: 'compare',
	group: 'look',
	summary: [
		'Compare MLflow runs: params that differ, metrics side by side with better and worse',
		'MLflow 실행 비교: 다른 파라미터, 나란히 놓은 메트릭과 개선 또는 악화',
	],
	arguments: [
		{
			name: 'RUN',
			kind: 'mlflow-run',
			required: true,
			many: true,
			help: [
				'Two or more MLflow runs (id or name); the first is what the others are compared with',
				'둘 이상의 MLflow 실행(id 또는 이름), 나머지는 첫 번째와 비교됨',
			],
		},
	],
	options: [json, watch],
	json: 'compare',
	examples: [
		{
			line: 'laketop compare model_training model_evaluation',
			does: ['Compare the second MLflow run with the first', '두 번째 MLflow 실행을 첫 번째와 비교'],
		},
	],
	load: () => import('./compare.ts'),
};
