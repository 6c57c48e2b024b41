import type { CommandRow } from '../command-row.ts';
import { json, oneService, watch } from '../shared-options.ts';

export const topRow: CommandRow = {
	name: 'top',
	group: 'look',
	summary: "A container's processes",
	arguments: [oneService],
	options: [json, watch],
	json: 'processes',
	examples: [{ line: 'laketop top airflow-worker', does: 'What the worker runs' }],
	load: () => import('./top.ts'),
};
