import type { CommandRow } from '../command-row.ts';
import { json, watch } from '../shared-options.ts';

export const modelsRow: CommandRow = {
	name: 'models',
	group: 'look',
	summary: [
		'List registered model versions, newest first: aliases, stage, state',
		'등록된 모델 버전 목록(최신순): 별칭, 스테이지, 상태',
	],
	arguments: [{ name: 'MODEL', kind: 'model', help: ['Only versions of this model', '이 모델의 버전만 표시'] }],
	options: [json, watch],
	json: 'models',
	examples: [{ line: 'laketop models', does: ['List all model versions', '모든 모델 버전 목록'] }],
	load: () => import('./models.ts'),
};
