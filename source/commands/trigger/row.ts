import type { CommandRow } from '../command-row.ts';
import { anyDag, changing, timeout } from '../shared-options.ts';

export const triggerRow: CommandRow = {
	name: 'trigger',
	group: 'pipeline',
	summary: 'Start a run of a DAG; unpauses it if it is paused',
	details: [
		"The conf is checked against the DAG's declared params before it is sent. The run has an id of laketop's own: a repeat of the request cannot start a second run.",
		'With --wait the exit code is that of the run. Ctrl-C ends the waiting, not the run.',
	],
	arguments: [anyDag],
	options: [
		{
			name: 'conf',
			value: { name: 'JSON', kind: 'text' },
			help: 'Conf of the run: a JSON object, @FILE, or - for the standard input',
		},
		{ name: 'run-id', value: { name: 'ID', kind: 'text' }, help: 'Its id; refused when there is one of that id' },
		{ name: 'wait', help: 'Wait until the run has ended' },
		timeout,
		...changing,
	],
	changes: true,
	json: 'change',
	examples: [
		{ line: 'laketop trigger --yes --wait', does: 'For cron: run the pipeline, and fail when it fails' },
		{ line: `laketop trigger --conf '{"rows": 5000}'`, does: 'With a conf, after a question' },
		{ line: 'laketop trigger --conf @conf.json --dry-run', does: 'What would be done' },
	],
	exits: [
		'With --wait: 0 the run succeeded, 1 it failed, 3 it had not ended in time. 4 also where the params of the DAG refuse the conf.',
	],
	load: () => import('./trigger.ts'),
};
