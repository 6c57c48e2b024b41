import type { CommandRow } from '../command-row.ts';
import { json, watch } from '../shared-options.ts';

export const modelsRow: CommandRow = {
	name: 'models',
	group: 'look',
	summary: 'Registered model versions, newest first: aliases, stage, state',
	arguments: [{ name: 'MODEL', kind: 'text', help: 'Only this model' }],
	options: [json, watch],
	json: 'models',
	examples: [{ line: 'laketop models', does: 'All models' }],
	load: () => import('./models.ts'),
};
