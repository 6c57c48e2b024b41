import type { CommandRow } from '../command-row.ts';
import { anyDag, changing } from '../shared-options.ts';

export const reparseRow: CommandRow = {
	name: 'reparse',
	group: 'pipeline',
	summary: "Have a DAG's file read at once: restarts the scheduler, and waits until it has read it",
	arguments: [anyDag],
	options: changing,
	changes: true,
	json: 'change',
	examples: [{ line: 'laketop reparse', does: 'After an edit, instead of waiting half a minute' }],
	exits: ['4 also when the file has an import error.'],
	load: () => import('./reparse.ts'),
};
