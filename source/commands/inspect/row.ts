import type { CommandRow } from '../command-row.ts';
import { json, oneService } from '../shared-options.ts';

export const inspectRow: CommandRow = {
	name: 'inspect',
	group: 'look',
	summary: 'A container in detail: mounts, environment (secrets masked), ports, health probes, restart policy',
	arguments: [oneService],
	options: [json],
	json: 'inspection',
	examples: [{ line: 'laketop inspect airflow-scheduler', does: 'Where its DAG folder is mounted from, and more' }],
	load: () => import('./inspect.ts'),
};
