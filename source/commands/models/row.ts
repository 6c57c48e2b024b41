import type { CommandRow } from '../../command-line/rows/command-row.ts';
import { json, watch } from '../../command-line/rows/shared-options.ts';

export const modelsRow: CommandRow = {
	name: 'models',
	group: 'look',
	summary: [
		'List registered model versions, newest first; with MLflow 3 also logged models and prompts',
		'등록된 모델 버전 목록(최신순). MLflow 3에서는 로깅된 모델과 프롬프트도 표시',
	],
	arguments: [{ name: 'MODEL', kind: 'model', help: ['Only versions of this model', '이 모델의 버전만 표시'] }],
	options: [json, watch],
	json: 'models',
	examples: [{ line: 'laketop models', does: ['List all model versions', '모든 모델 버전 목록'] }],
	load: () => import('./models.ts'),
};
