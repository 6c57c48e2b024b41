import type { CommandRow } from '../../command-line/rows/command-row.ts';
import { json, oneService, watch } from '../../command-line/rows/shared-options.ts';

export const topRow: CommandRow = {
	name: 'top',
	group: 'look',
	summary: ['Show the processes of a container', '컨테이너의 프로세스 보기'],
	arguments: [oneService],
	options: [json, watch],
	json: 'processes',
	examples: [
		{ line: 'laketop top airflow-worker', does: ['Show the processes of the worker', '워커의 프로세스 보기'] },
	],
	load: () => import('./top.ts'),
};
