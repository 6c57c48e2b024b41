import type { CommandRow } from '../command-row.ts';
import { changing, namedServices, timeout, waitExits, whenHealthy } from '../shared-options.ts';

export const startRow: CommandRow = {
	name: 'start',
	group: 'stack',
	summary: 'Start stopped containers',
	arguments: [namedServices],
	options: [whenHealthy, timeout, ...changing],
	changes: true,
	json: 'change',
	examples: [{ line: 'laketop start airflow-worker', does: 'One that was stopped' }],
	exits: [waitExits],
	load: () => import('./start.ts'),
};

export const killRow: CommandRow = {
	name: 'kill',
	group: 'stack',
	summary: 'Kill containers at once (SIGKILL)',
	arguments: [namedServices],
	options: changing,
	changes: true,
	json: 'change',
	examples: [{ line: 'laketop kill airflow-worker', does: 'When it does not stop' }],
	load: () => import('./start.ts'),
};
