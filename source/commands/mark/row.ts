import type { CommandRow } from '../command-row.ts';
import { anyDag, changing, ofRun, tasks } from '../shared-options.ts';

export const markRow: CommandRow = {
	name: 'mark',
	group: 'pipeline',
	summary: 'Mark a run, or tasks of it, success or failed without running anything',
	arguments: [anyDag],
	options: [
		ofRun,
		tasks,
		{
			name: 'state',
			short: 's',
			value: { name: 'STATE', kind: 'choice', choices: ['success', 'failed', 'skipped'] },
			required: true,
			help: 'success or failed; tasks also skipped',
		},
		...changing,
	],
	changes: true,
	json: 'change',
	examples: [{ line: 'laketop mark --run newest --task silver_to_gold --state success', does: 'Go on without it' }],
	load: () => import('./mark.ts'),
};

export const stopRunRow: CommandRow = {
	name: 'stop-run',
	group: 'pipeline',
	summary: 'Stop a run that is under way: Airflow marks it failed',
	arguments: [anyDag],
	options: [ofRun, ...changing],
	changes: true,
	json: 'change',
	examples: [{ line: 'laketop stop-run --run newest', does: 'The one that runs now' }],
	load: () => import('./mark.ts'),
};

export const noteRow: CommandRow = {
	name: 'note',
	group: 'pipeline',
	summary: 'Set the note on a run, or take it away',
	arguments: [anyDag],
	options: [
		ofRun,
		{ name: 'text', short: 't', value: { name: 'TEXT', kind: 'text' }, help: 'The note' },
		{ name: 'remove', help: 'Take it away' },
		...changing,
	],
	changes: true,
	json: 'change',
	examples: [{ line: 'laketop note --run newest --text "disk was full"', does: 'For those who come after' }],
	load: () => import('./mark.ts'),
};
