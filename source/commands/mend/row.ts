import type { CommandRow } from '../command-row.ts';
import { changing } from '../shared-options.ts';

export const mendRow: CommandRow = {
	name: 'mend',
	group: 'stack',
	summary: 'Run the remedy of a finding, as laketop doctor names it',
	details: [
		'Without --remedy the first that laketop can run by itself. It is the same as the key or command for it: it asks first, and is recorded.',
	],
	arguments: [{ name: 'FINDING', kind: 'text', help: 'Its id, its rule, or what it is about; without it the first' }],
	options: [{ name: 'remedy', value: { name: 'N', kind: 'count' }, help: 'The remedy of this number' }, ...changing],
	changes: true,
	json: 'change',
	examples: [
		{ line: 'laketop mend', does: 'What is worst, after a question' },
		{ line: 'laketop mend airflow-redis --dry-run', does: 'What would be done about it' },
	],
	exits: ['2 there is no such finding, 4 laketop has no remedy that it could run.'],
	load: () => import('./mend.ts'),
};
