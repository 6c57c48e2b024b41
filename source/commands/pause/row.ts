import type { CommandRow } from '../command-row.ts';
import { changing } from '../shared-options.ts';

export const pauseRow: CommandRow = {
	name: 'pause',
	group: 'pipeline',
	summary: 'Pause DAGs: no run of them is started any more',
	arguments: [{ name: 'DAG', kind: 'dag', required: true, many: true, help: 'These' }],
	options: changing,
	changes: true,
	json: 'change',
	examples: [{ line: 'laketop pause ml_pipeline_end_to_end', does: 'Before a maintenance' }],
	load: () => import('./pause.ts'),
};

export const unpauseRow: CommandRow = {
	name: 'unpause',
	group: 'pipeline',
	summary: 'Let paused DAGs run again',
	arguments: [{ name: 'DAG', kind: 'dag', required: true, many: true, help: 'These' }],
	options: changing,
	changes: true,
	json: 'change',
	examples: [{ line: 'laketop unpause ml_pipeline_end_to_end --yes', does: 'And after it' }],
	load: () => import('./pause.ts'),
};
