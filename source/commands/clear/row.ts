import type { CommandRow } from '../command-row.ts';
import { anyDag, changing, ofRun, tasks, timeout } from '../shared-options.ts';

export const clearRow: CommandRow = {
	name: 'clear',
	group: 'pipeline',
	summary: 'Let tasks of a run run again (retry)',
	details: [
		'Without --task: those that failed; with --all: all tasks of the run. With --task: the named ones, however they ended. Airflow is asked first what that would touch, and the list is in the question.',
	],
	arguments: [anyDag],
	options: [
		ofRun,
		tasks,
		{ name: 'downstream', short: 'd', help: 'Also what follows them' },
		{ name: 'all', short: 'a', help: 'Also those that succeeded' },
		{ name: 'wait', help: 'Wait until the run has ended' },
		timeout,
		...changing,
	],
	changes: true,
	json: 'change',
	examples: [
		{ line: 'laketop clear --run newest', does: 'What failed in the newest run' },
		{ line: 'laketop clear --run newest --task silver_to_gold --downstream', does: 'A task and what follows' },
		{ line: `laketop clear my_dag --run newest --task 'divide[7]'`, does: 'One instance of a mapped task' },
	],
	exits: ['With --wait: 0 the run succeeded, 1 it failed, 3 it had not ended in time.'],
	load: () => import('./clear.ts'),
};
