import type { CommandRow } from '../command-row.ts';
import { json, watch } from '../shared-options.ts';

export const metricsRow: CommandRow = {
	name: 'metrics',
	group: 'look',
	summary: 'Newest metrics of the experiment and how they changed; or all of one run',
	options: [
		{
			name: 'run',
			short: 'r',
			value: { name: 'ID', kind: 'run' },
			help: 'Parameters and metrics of this MLflow run (id or name), or of a DAG run',
		},
		json,
		watch,
	],
	json: 'metrics',
	examples: [
		{ line: 'laketop metrics', does: 'The latest value of each metric' },
		{ line: 'laketop metrics --run model_training', does: 'The newest MLflow run of that name' },
	],
	load: () => import('./metrics.ts'),
};
