import type { CommandRow } from '../command-row.ts';
import { json } from '../shared-options.ts';

export const configRow: CommandRow = {
	name: 'config',
	group: 'laketop',
	summary: 'The configuration in force, and where each value came from; secrets masked',
	options: [json],
	json: 'config',
	examples: [
		{ line: 'laketop config', does: 'What is in force here' },
		{ line: 'laketop config --profile prod', does: 'What would be with another profile' },
	],
	load: () => import('./config.ts'),
};
