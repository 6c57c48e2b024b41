import type { CommandRow } from '../../command-line/rows/command-row.ts';
import { changing, json, watch } from '../../command-line/rows/shared-options.ts';

export const assetsRow: CommandRow = {
	name: 'assets',
	group: 'look',
	summary: [
		'List assets: last event, producing tasks, DAGs that they start (Airflow 3)',
		'에셋 목록: 마지막 이벤트, 생성 작업, 시작되는 DAG(Airflow 3)',
	],
	arguments: [
		{
			name: 'FILTER',
			kind: 'asset',
			help: ['Only assets whose name or URI contains this text', '이름이나 URI에 이 문자열이 있는 에셋만 표시'],
		},
	],
	options: [
		{
			name: 'events',
			help: [
				'Also list their newest events, and the DAG runs these started',
				'최근 이벤트와 그 이벤트로 시작된 DAG 실행도 표시',
			],
		},
		json,
		watch,
	],
	json: 'assets',
	examples: [
		{ line: 'laketop assets', does: ['List all assets', '모든 에셋 목록'] },
		{
			line: 'laketop assets --events',
			does: ['Also list what changed, and what that started', '변경과 그로 인해 시작된 것도 표시'],
		},
	],
	load: () => import('./assets.ts'),
};

export const materializeRow: CommandRow = {
	name: 'materialize',
	group: 'pipeline',
	summary: ['Run the DAG that produces an asset (Airflow 3)', '에셋을 생성하는 DAG 실행(Airflow 3)'],
	arguments: [
		{
			name: 'ASSET',
			kind: 'produced-asset',
			required: true,
			help: ['Name or URI of the asset', '에셋의 이름 또는 URI'],
		},
	],
	options: changing,
	changes: true,
	json: 'change',
	examples: [{ line: 'laketop materialize my_asset --dry-run', does: ['Preview the DAG run', 'DAG 실행 미리 보기'] }],
	load: () => import('./materialize.ts'),
};
