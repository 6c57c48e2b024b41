import type { CommandRow } from '../command-row.ts';
import { json, watch } from '../shared-options.ts';

export const servicesRow: CommandRow = {
	name: 'services',
	group: 'look',
	summary: 'The containers: state, health, since when, CPU, memory, restarts',
	arguments: [{ name: 'SERVICE', kind: 'service', many: true, help: 'Only these; without any, those of the stack' }],
	options: [{ name: 'all', short: 'a', help: 'Also containers of other Compose projects, and of none' }, json, watch],
	json: 'services',
	examples: [
		{ line: 'laketop services', does: 'The stack' },
		{ line: 'laketop services --all --watch 5', does: 'All containers of the host, every five seconds' },
		{ line: 'laketop services airflow-worker --json', does: 'One, for a program' },
	],
	exits: ['0 all of them are up, 1 one is not.'],
	load: () => import('./services.ts'),
};
