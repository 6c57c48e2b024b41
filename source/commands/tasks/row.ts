import type { CommandRow } from '../command-row.ts';
import { anyDag, inRun, json, watch } from '../shared-options.ts';

export const tasksRow: CommandRow = {
	name: 'tasks',
	group: 'look',
	summary: "A run's tasks in their order: state, time, tries, why one failed",
	arguments: [anyDag],
	options: [inRun, json, watch],
	json: 'tasks',
	examples: [
		{ line: 'laketop tasks', does: 'Of the newest run' },
		{ line: 'laketop tasks my_dag --run manual__2026-01-01T00:00:00+00:00', does: 'Of a certain one' },
	],
	exits: ['0 the run succeeded or is under way, 1 it failed.'],
	load: () => import('./tasks.ts'),
};
