import type { CommandRow } from '../command-row.ts';
import { json, watch } from '../shared-options.ts';

export const dagsRow: CommandRow = {
	name: 'dags',
	group: 'look',
	summary: 'The DAGs: paused or not, schedule, next and last run, tags, file',
	arguments: [{ name: 'FILTER', kind: 'text', help: 'Only DAGs with this in their id or a tag' }],
	options: [
		{
			name: 'sort',
			value: { name: 'BY', kind: 'choice', choices: ['id', 'next', 'last'] },
			help: 'By id; by the next run, soonest first; by the last run, newest first',
		},
		json,
		watch,
	],
	json: 'dags',
	examples: [
		{ line: 'laketop dags', does: 'All of them' },
		{ line: 'laketop dags lakehouse', does: 'Those whose id or tag has that in it' },
	],
	exits: ['0 all files can be imported, 1 one has an import error.'],
	load: () => import('./dags.ts'),
};
