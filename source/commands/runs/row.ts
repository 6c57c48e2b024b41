import type { CommandRow } from '../command-row.ts';
import { anyDag, json, watch } from '../shared-options.ts';

export const runsRow: CommandRow = {
	name: 'runs',
	group: 'look',
	summary: "A DAG's runs, newest first",
	arguments: [anyDag],
	options: [
		{
			name: 'state',
			short: 's',
			value: { name: 'STATE', kind: 'choice', choices: ['queued', 'running', 'success', 'failed'] },
			many: true,
			help: 'Only runs in this state (several: any of them)',
		},
		{ name: 'limit', short: 'n', value: { name: 'N', kind: 'count' }, help: 'So many at the most (20)' },
		{
			name: 'since',
			value: { name: 'TIME', kind: 'moment' },
			help: 'Logical date from then on: 7d (ago), 2026-01-31',
		},
		{ name: 'until', value: { name: 'TIME', kind: 'moment' }, help: 'Logical date until then' },
		json,
		watch,
	],
	json: 'runs',
	examples: [
		{ line: 'laketop runs', does: 'Runs of the pipeline' },
		{ line: 'laketop runs --state running --state queued', does: 'Those under way' },
	],
	exits: ['0 also when runs have failed: a list of them is no verdict.'],
	load: () => import('./runs.ts'),
};
