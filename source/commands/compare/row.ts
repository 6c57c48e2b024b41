import type { CommandRow } from '../../command-line/rows/command-row.ts';
import { json, svg, toFile, watch } from '../../command-line/rows/shared-options.ts';

export const compareRow: CommandRow = {
	name: 'compare',
	group: 'look',
	summary: [
		'Compare MLflow runs or model versions: params that differ, metrics side by side with better and worse',
		'MLflow 실행 또는 모델 버전 비교: 다른 파라미터, 나란히 놓은 메트릭과 개선 또는 악화',
	],
	arguments: [
		{
			name: 'RUN',
			kind: 'mlflow-run',
			required: true,
			many: true,
			help: [
				'Two or more MLflow runs (ID or name) or model versions (models:/NAME/VERSION, models:/NAME@ALIAS); the others are compared with the first',
				'둘 이상의 MLflow 실행(ID 또는 이름) 또는 모델 버전(models:/이름/버전, models:/이름@별칭), 나머지는 첫 번째와 비교됨',
			],
		},
	],
	options: [svg, ...toFile, json, watch],
	json: 'compare',
	examples: [
		{
			line: 'laketop compare model_training model_evaluation',
			does: ['Compare the second MLflow run with the first', '두 번째 MLflow 실행을 첫 번째와 비교'],
		},
		{
			line: 'laketop compare models:/lakehouse_model/1 models:/lakehouse_model@champion',
			does: [
				'What changed from version 1 to the champion: also tags, aliases and what made them',
				'버전 1에서 챔피언까지의 변경 사항: 태그, 별칭, 만든 실행 포함',
			],
		},
	],
	load: () => import('./compare.ts'),
};
