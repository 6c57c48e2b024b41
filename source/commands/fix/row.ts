import type { CommandRow } from '../command-row.ts';
import { changing } from '../shared-options.ts';

export const fixRow: CommandRow = {
	name: 'fix',
	group: 'stack',
	summary: 'Run the fix of a finding, as laketop doctor names it',
	details: [
		'Without --fix the first that laketop can run by itself. It is the same as the key or command for it: it asks first, and is recorded.',
	],
	arguments: [{ name: 'FINDING', kind: 'text', help: 'Its id, its rule, or what it is about; without it the first' }],
	options: [{ name: 'fix', value: { name: 'N', kind: 'count' }, help: 'The fix of this number' }, ...changing],
	changes: true,
	json: 'change',
	examples: [
		{ line: 'laketop fix', does: 'What is worst, after a question' },
		{ line: 'laketop fix airflow-redis --dry-run', does: 'What would be done about it' },
	],
	exits: ['2 there is no such finding, 4 laketop has no fix that it could run.'],
	load: () => import('./fix.ts'),
};
